"""Chat Completions: read a streamed reply."""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects.event import StreamEvent
from gateway.dialects.openai.chat_chunk import ChunkReader
from gateway.dialects.openai.choice_stream import ChoiceStream
from gateway.dialects.openai.plain_piece import plain_piece
from gateway.dialects.sse import ServerEvent
from gateway.errors import UpstreamInvalid

MAX_CALLS: Final = 128
"""Most tool calls of a stream, over all its choices; the API allows 128 tools."""


class ChatStream(ChoiceStream):
    """One streamed reply. It remembers the tool calls that its chunks are pieces of."""

    __slots__ = ("_call_count", "_calls")

    def __init__(self, *, usage_asked: bool) -> None:
        super().__init__(usage_asked=usage_asked)
        self._calls: dict[tuple[int, int], tuple[str, int]] = {}
        self._call_count = 0

    def is_answer(self, slot: str) -> bool:
        """Tell whether a growing text is the answer itself, not reasoning or a refusal."""
        return slot.endswith(".content")

    def _read(self, source: ServerEvent, document: dict[str, Any]) -> StreamEvent:
        event = plain_piece(source, document, self._envelopes.plain, self._envelopes.of(document))
        return self._note(event, document) if event else super()._read(source, document)

    def _reader(self, plain: Mapping[str, Any]) -> ChunkReader:
        return ChunkReader(self._name_call, plain)

    def _piece(self, grown: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"delta": grown}

    def _name_call(self, choice: int, call: Mapping[str, Any], position: int) -> str:
        """Name a call's slot by its index; a new id under an old index is another call, as some providers send it."""
        index = call.get("index", position)
        if type(index) is not int:
            raise UpstreamInvalid("A chunk of the provider's stream has a tool call without a proper index.")
        call_id = call.get("id") or ""
        entry = self._calls.get((choice, index))
        known, serial = entry or ("", 0)
        is_other = bool(call_id and known and call_id != known)
        if entry is None or is_other:
            serial += is_other
            self._call_count += 1
            if self._call_count > MAX_CALLS:
                raise UpstreamInvalid(f"The provider's stream has more than {MAX_CALLS} tool calls.")
        self._calls[choice, index] = (call_id or known, serial)
        return f"{choice}.tool{index}.{serial}"
