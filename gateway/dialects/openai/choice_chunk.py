"""Read one chunk of a stream that tells the pieces of its choices.

Formats: https://platform.openai.com/docs/api-reference/chat-streaming and `/completions`; they differ in their choices.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.event import Delta, Signal, StreamEvent
from gateway.dialects.members import Member
from gateway.dialects.openai.chat_reply import CHOICE, ENVELOPE, read_usage
from gateway.dialects.openai.errors import walk_error
from gateway.dialects.places import Places
from gateway.dialects.reading import name_or_none
from gateway.dialects.slot import Kind, Path
from gateway.dialects.sse import ServerEvent
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid

ASSISTANT: Final = places.ROLE["assistant"]
_TOP: Final[dict[str, Member]] = {**ENVELOPE, "error": walk_error, "obfuscation": Walk.label}
SAME: Final = frozenset({"id", "object", "created", "model", "system_fingerprint", "service_tier", "provider"})
"""The members around the choices that a provider repeats with every chunk."""


class ChoiceReader(ABC):
    """Reads one chunk; what a choice holds of its own is the format's (`_read_own`).

    `plain` is a chunk before it that held nothing to screen around its choices: what is the same there is passed over.
    """

    __slots__ = ("_bare", "_choices", "_deltas", "_finished", "_held", "_plain", "_tools", "_walk")

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self._plain = plain
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
            elif not (key in SAME and value == self._plain.get(key)):
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
            if key != "index" and not self._read_own(key, value, index, path):
                self._member(CHOICE.get(key), key, value, path, ASSISTANT)
                if key == "finish_reason" and value is not None:
                    self._finished.append((index, name_or_none(value) or "unknown"))

    @abstractmethod
    def _read_own(self, key: str, value: Any, index: int, path: Path) -> bool:
        """Read a member in which the choice with this index, found at this path, grows; tell whether it is one."""

    def _member(self, member: Member | None, key: str, value: Any, path: Path, where: Places) -> None:
        """Walk a known member in its way, an unknown one with its key: a piece with such a one must not be left out."""
        if member is None:
            self._bare = False
            self._walk.free({key: value}, path, where)
        elif value is not None:
            member(self._walk, value, (*path, key), where)

    def _text(self, slot: str, index: int, value: str, path: Path) -> None:
        if value:
            self._bare = False
            self._deltas.append(Delta(slot, index, Kind.TEXT, ASSISTANT.text, value, path))
