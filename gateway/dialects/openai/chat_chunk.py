"""Chat Completions: read one chunk of a streamed reply.

Format: https://platform.openai.com/docs/api-reference/chat-streaming.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from gateway.dialects.event import Delta
from gateway.dialects.members import Member, walk_time
from gateway.dialects.openai.chat_parts import walk_content
from gateway.dialects.openai.choice_chunk import ASSISTANT, ChoiceReader
from gateway.dialects.slot import Kind, Path
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid

_TEXTS: Final = frozenset({"content", "refusal", "reasoning_content", "reasoning"})
_DELTA: Final[dict[str, Member]] = {
    **dict.fromkeys(("refusal", "reasoning_content", "reasoning", "tool_calls", "function_call", "audio"), Walk.free),
    "role": Walk.label,
    "content": walk_content,
}
_NAMES: Final[dict[str, Member]] = dict.fromkeys(("id", "type", "name"), Walk.label)
_AUDIO: Final[dict[str, Member]] = {"id": Walk.label, "transcript": Walk.free, "expires_at": walk_time}
NameCall = Callable[[int, dict[str, Any], int], str]
"""Names the slot of a tool call from its choice, its piece and the piece's position."""


class ChunkReader(ChoiceReader):
    """Reads one chunk. `name_call` remembers which call a piece belongs to over the chunks of a stream."""

    __slots__ = ("_name_call",)

    def __init__(self, name_call: NameCall, plain: Mapping[str, Any]) -> None:
        super().__init__(plain)
        self._name_call = name_call

    def _read_own(self, key: str, value: Any, index: int, path: Path) -> bool:
        if key == "delta" and isinstance(value, dict):
            self._read_delta(value, index, (*path, key))
            return True
        return False

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
                self._member(_DELTA.get(key), key, value, path, ASSISTANT)

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
        self._deltas.append(Delta(slot, index, kind, ASSISTANT.arguments, value, path, whole=True))

    def _head(self, key: str, value: Any, path: Path) -> None:
        """Walk what names a tool call; a piece that says such a member, or has an unknown one, must not be left out."""
        self._bare = self._bare and key in _NAMES and (value is None or value == "")
        if value != "":
            self._member(_NAMES.get(key), key, value, path, ASSISTANT)

    def _read_audio(self, audio: dict[str, Any], index: int, path: Path) -> None:
        for key, value in audio.items():
            if key == "transcript" and isinstance(value, str):
                self._text(f"{index}.audio.transcript", index, value, (*path, key))
            elif key == "data":
                self._walk.skip(ASSISTANT.text, "modality.audio")
            else:
                self._member(_AUDIO.get(key), key, value, path, ASSISTANT)
