"""The chunk that most of a streamed chat is made of: one choice grows by some text, and nothing else is new.

It is read here at a third of the price. What this doesn't take for one, however small the difference, is read by
`chat_chunk.py`; a test has both read the same chunks.
"""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects.event import Delta, StreamEvent
from gateway.dialects.openai.choice_chunk import ASSISTANT, SAME
from gateway.dialects.slot import Kind
from gateway.dialects.sse import ServerEvent

_PATH: Final = ("choices", 0, "delta", "content")
_MAY_BE_NULL: Final = frozenset({"finish_reason", "logprobs"})


def plain_piece(
    source: ServerEvent, document: dict[str, Any], plain: Mapping[str, Any], envelope: Mapping[str, Any]
) -> StreamEvent | None:
    """Read such a chunk, None for any other; `plain` and `envelope` are as for `ChoiceReader`."""
    for key, value in document.items():
        if key != "choices" and not (key in SAME and value == plain.get(key)) and (key, value) != ("usage", None):
            return None
    choices = document.get("choices")
    choice = choices[0] if type(choices) is list and len(choices) == 1 else None
    if type(choice) is not dict:
        return None
    index, text = _grown(choice)
    if not text:
        return None
    delta = Delta(f"{index}.content", index, Kind.TEXT, ASSISTANT.text, text, _PATH)
    return StreamEvent(source, choices=(index,), deltas=(delta,), envelope=envelope)


def _grown(choice: dict[str, Any]) -> tuple[int, str]:
    """Give a choice's index and the text that it grows by; "" if there may be anything else in it."""
    index, text = 0, ""
    for key, value in choice.items():
        if key == "delta" and type(value) is dict and len(value) == 1 and type(value.get("content")) is str:
            text = value["content"]
        elif key == "index" and type(value) is int and value >= 0:
            index = value
        elif not (value is None and key in _MAY_BE_NULL):
            return 0, ""
    return index, text
