"""Completions, the legacy endpoint that many servers of open models still have: prompts in, texts out.

Format: https://platform.openai.com/docs/api-reference/completions.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.json_dialect import JsonDialect
from gateway.dialects.members import Member, objects_of, walk_text
from gateway.dialects.message import Reply, Request
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.chat_reply import CHOICE, ENVELOPE, read_usage
from gateway.dialects.openai.chat_request import check_choices, max_output
from gateway.dialects.openai.choice_chunk import ASSISTANT, ChoiceReader
from gateway.dialects.openai.choice_stream import ChoiceStream
from gateway.dialects.openai.errors import read_error
from gateway.dialects.openai.outbound import with_usage
from gateway.dialects.openai.prompt import prompt_count, walk_prompt
from gateway.dialects.places import Places
from gateway.dialects.reading import MAX_COUNT, name_or_none, refuse
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid

_MAX_CHOICES: Final = 2048
"""Most choices of a reply: as many as prompts that servers take at once."""


class CompletionReader(ChoiceReader):
    """Reads one chunk: its choices grow by their member `text`."""

    __slots__ = ()

    def _read_own(self, key: str, value: Any, index: int, path: Path) -> bool:
        if key == "text" and isinstance(value, str):
            self._text(f"{index}.text", index, value, (*path, key))
            return True
        return False


class CompletionStream(ChoiceStream):
    """One streamed reply."""

    __slots__ = ()

    def is_answer(self, slot: str) -> bool:
        """Say yes: there is nothing beside the answer."""
        return slot.endswith(".text")

    def _reader(self, plain: Mapping[str, Any]) -> ChoiceReader:
        return CompletionReader(plain)

    def _piece(self, grown: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"text": "", **grown}


def _check(document: Mapping[str, Any]) -> None:
    if not isinstance(document.get("prompt"), str | list | None):
        refuse("prompt", "a string or an array")
    check_choices(document)


def _complete(request: Request) -> Request:
    """Add how many answers there will be: the asked number for each prompt."""
    document = request.document
    options = document.get("stream_options")
    prompts = prompt_count(document.get("prompt"))
    limit = max_output(document)
    return replace(
        request,
        choices=(document.get("n") or 1) * prompts,
        max_output=limit and min(limit * prompts, MAX_COUNT),
        usage_asked=options is not None and options.get("include_usage") is True,
    )


def _finish(raw: bytes, request: Request) -> bytes:
    return with_usage(raw, request) if request.stream and not request.usage_asked else raw


def _check_reply(document: Mapping[str, Any]) -> None:
    choices = document.get("choices")
    if not (isinstance(choices, list) and all(isinstance(choice, dict) for choice in choices)):
        raise UpstreamInvalid("The provider's reply has no list of choices.")
    if len(choices) > _MAX_CHOICES:
        raise UpstreamInvalid(f"The provider's reply has more than {_MAX_CHOICES} choices.")


def _complete_reply(reply: Reply) -> Reply:
    reasons = (name_or_none(choice.get("finish_reason")) for choice in reply.document["choices"])
    return replace(reply, finish_reasons=tuple(reasons))


def _choices(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    _walk_choices(walk, value, path, ASSISTANT)


def _suffix(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk_text(walk, value, path, places.ROLE["user"])


def _user(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk.free(value, path, places.METADATA)


_walk_choices: Final = objects_of({**CHOICE, "index": Walk.options, "text": walk_text})
_SETTINGS: Final = (
    "model", "stream", "stream_options", "n", "best_of", "echo", "temperature", "top_p", "max_tokens", "logprobs",
    "frequency_penalty", "presence_penalty", "logit_bias", "seed",
)  # fmt: skip
_ASKS: Final[dict[str, Member]] = {
    **dict.fromkeys(_SETTINGS, Walk.options),
    "prompt": walk_prompt,
    "suffix": _suffix,
    "user": _user,
}
_ANSWERS: Final[dict[str, Member]] = {**ENVELOPE, "choices": _choices}

COMPLETIONS: Final = JsonDialect(
    name="openai.completions",
    api=OPENAI,
    path="/completions",
    asks=_ASKS,
    answers=_ANSWERS,
    check=_check,
    check_reply=_check_reply,
    usage=lambda document: read_usage(document.get("usage")),
    complete=_complete,
    complete_reply=_complete_reply,
    finish=_finish,
    read_errors=read_error,
    streams=lambda request: CompletionStream(usage_asked=request.usage_asked),
)
