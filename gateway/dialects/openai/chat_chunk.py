"""Chat Completions: read one chunk of a streamed reply.

Format: https://platform.openai.com/docs/api-reference/chat-streaming.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.event import Delta, Signal, StreamEvent
from gateway.dialects.members import Member, walk_time
from gateway.dialects.openai.chat_parts import walk_content
from gateway.dialects.openai.chat_reply import ENVELOPE, read_usage, walk_logprobs
from gateway.dialects.openai.errors import walk_error
from gateway.dialects.places import Places
from gateway.dialects.reading import name_or_none
from gateway.dialects.slot import Kind, Path
from gateway.dialects.sse import ServerEvent
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid

_ASSISTANT = places.ROLE["assistant"]
_TEXTS: Final = frozenset({"content", "refusal", "reasoning_content", "reasoning"})
_CHOICE: Final[dict[str, Member]] = {
    "finish_reason": Walk.label,
    "logprobs": walk_logprobs,
    "content_filter_results": Walk.options,
}
_DELTA: Final[dict[str, Member]] = {
    **dict.fromkeys(("refusal", "reasoning_content", "reasoning", "tool_calls", "function_call", "audio"), Walk.free),
    "role": Walk.label,
    "content": walk_content,
}
_NAMES: Final[dict[str, Member]] = dict.fromkeys(("id", "type", "name"), Walk.label)
_AUDIO: Final[dict[str, Member]] = {"id": Walk.label, "transcript": Walk.free, "expires_at": walk_time}
_TOP: Final[dict[str, Member]] = {**ENVELOPE, "error": walk_error, "obfuscation": Walk.label}
_SAME: Final = frozenset({"id", "object", "created", "model", "system_fingerprint", "service_tier", "provider"})

NameCall = Callable[[int, dict[str, Any], int], str]
"""Names the slot of a tool call from its choice, its piece and the piece's position."""


class ChunkReader:
    """Reads one chunk. `name_call` remembers which call a piece belongs to over the chunks of a stream.

    `plain` is a chunk before it that held nothing to screen around its choices: what is the same there is passed over.
    """

    __slots__ = ("_bare", "_choices", "_deltas", "_finished", "_held", "_name_call", "_plain", "_tools", "_walk")

    def __init__(self, name_call: NameCall, plain: Mapping[str, Any]) -> None:
        self._plain = plain
        self._name_call = name_call
        self._walk = Walk("x", reads_texts=False)  # a text of a chunk is restored as plain text
        self._choices: list[int] = []
        self._deltas: list[Delta] = []
        self._finished: list[tuple[int, str]] = []
        self._held: dict[str, None] = {}
        self._tools: list[tuple[str, str]] = []
        self._bare = True

    def read(self, source: ServerEvent, document: dict[str, Any], envelope: Mapping[str, Any]) -> StreamEvent:
        """Read a chunk's document; the `envelope` goes with the event if it speaks of a choice.

        Raises:
            UpstreamInvalid: it has another shape than a chunk or an error.
        """
        for key, value in document.items():
            if key == "choices":
                self._read_choices(value)
            elif not (key in _SAME and value == self._plain.get(key)):
                self._member(_TOP.get(key), key, value, (), places.OTHER)
        bare = self._bare and bool(self._held) and not (self._walk.unwalked or self._finished)
        bare = bare and all(slot.kind is Kind.LABEL for slot in self._walk.slots)
        return StreamEvent(
            source,
            Signal.ERROR if document.get("error") else Signal.NONE,
            tuple(self._choices),
            tuple(self._deltas),
            tuple(self._walk.slots),
            tuple(self._walk.unwalked),
            finished=tuple(self._finished),
            ends=tuple(str(choice) for choice, _ in self._finished),
            usage=read_usage(document.get("usage")),
            held=tuple(self._held),
            bare=bare,
            tools=tuple(self._tools),
            envelope=envelope if self._choices else None,
        )

    def _read_choices(self, value: Any) -> None:
        if not isinstance(value, list):
            raise UpstreamInvalid("A chunk of the provider's stream has choices that are no list.")
        for position, choice in enumerate(value):
            index = choice.get("index", 0) if isinstance(choice, dict) else None
            if type(index) is not int or index < 0:
                raise UpstreamInvalid("A chunk of the provider's stream has a choice without a proper index.")
            self._choices.append(index)
            self._read_choice(choice, index, ("choices", position))

    def _read_choice(self, choice: dict[str, Any], index: int, path: Path) -> None:
        for key, value in choice.items():
            if key == "delta" and isinstance(value, dict):
                self._read_delta(value, index, (*path, key))
            elif key != "index":
                self._member(_CHOICE.get(key), key, value, path, _ASSISTANT)
                if key == "finish_reason" and value is not None:
                    self._finished.append((index, name_or_none(value) or "unknown"))

    def _read_delta(self, delta: dict[str, Any], index: int, path: Path) -> None:
        for key, value in delta.items():
            here = (*path, key)
            if key in _TEXTS and isinstance(value, str):
                self._text(f"{index}.{key}", index, value, here)
            elif key == "tool_calls" and isinstance(value, list):
                for position, call in enumerate(value):
                    self._read_call(call, index, position, (*here, position))
            elif key == "function_call" and isinstance(value, dict):
                self._read_function(value, f"{index}.function_call", index, here)
            elif key == "audio" and isinstance(value, dict):
                self._read_audio(value, index, here)
            else:
                self._member(_DELTA.get(key), key, value, path, _ASSISTANT)

    def _member(self, member: Member | None, key: str, value: Any, path: Path, where: Places) -> None:
        """Walk a known member in its way, an unknown one with its key."""
        if member is None:
            self._walk.free({key: value}, path, where)
        elif value is not None:
            member(self._walk, value, (*path, key), where)

    def _text(self, slot: str, index: int, value: str, path: Path) -> None:
        if value:
            self._bare = False
            self._deltas.append(Delta(slot, index, Kind.TEXT, _ASSISTANT.text, value, path))

    def _read_call(self, call: Any, index: int, position: int, path: Path) -> None:
        if not isinstance(call, dict):
            raise UpstreamInvalid("A chunk of the provider's stream has a tool call that is no object.")
        slot = self._name_call(index, call, position)
        self._held[str(index)] = None
        for key, value in call.items():
            if key in ("function", "custom") and isinstance(value, dict):
                self._read_function(value, slot, index, (*path, key))
            elif key != "index":
                self._head(key, value, path)

    def _read_function(self, function: dict[str, Any], slot: str, index: int, path: Path) -> None:
        self._held[str(index)] = None
        for key, value in function.items():
            if key == "arguments" and isinstance(value, str):
                self._whole(slot, index, Kind.ARGUMENTS, value, (*path, key))
            elif key == "input" and isinstance(value, str):
                self._whole(slot, index, Kind.TEXT, value, (*path, key))
            else:
                self._head(key, value, path)
                if key == "name" and isinstance(value, str):
                    self._tools.append((slot, value))

    def _whole(self, slot: str, index: int, kind: Kind, value: str, path: Path) -> None:
        self._deltas.append(Delta(slot, index, kind, _ASSISTANT.arguments, value, path, whole=True))

    def _head(self, key: str, value: Any, path: Path) -> None:
        """Walk what names a tool call; a piece that has such a member must not be left out."""
        self._bare = self._bare and (value is None or value == "")
        if value != "":
            self._member(_NAMES.get(key), key, value, path, _ASSISTANT)

    def _read_audio(self, audio: dict[str, Any], index: int, path: Path) -> None:
        for key, value in audio.items():
            if key == "transcript" and isinstance(value, str):
                self._text(f"{index}.audio.transcript", index, value, (*path, key))
            elif key == "data":
                self._walk.skip(_ASSISTANT.text, "modality.audio")
            else:
                self._member(_AUDIO.get(key), key, value, path, _ASSISTANT)
