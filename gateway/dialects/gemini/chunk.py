"""Gemini: read one chunk of a streamed reply. A chunk has the shape of a whole reply, with a piece of each text.

A candidate's text comes in runs: thoughts, then an answer, perhaps a call of a tool, then more of either. Each run is a
growing text of its own, so that what restoring holds back of it leaves before the next one begins.
"""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.event import Delta, Signal, StreamEvent
from gateway.dialects.gemini.errors import walk_error
from gateway.dialects.gemini.parts import KINDS, walk_part
from gateway.dialects.gemini.reply import CANDIDATE, ENVELOPE, MAX_CANDIDATES, candidates_of, read_usage, refusal_of
from gateway.dialects.gemini.spelling import both_names, member
from gateway.dialects.gemini.tools import listed, name_of
from gateway.dialects.members import Member
from gateway.dialects.message import ToolCall
from gateway.dialects.places import Places
from gateway.dialects.reading import name_or_none, written
from gateway.dialects.rewrite import value_at
from gateway.dialects.slot import Kind, Path
from gateway.dialects.sse import ServerEvent
from gateway.dialects.walk import UNKNOWN_PART, Walk
from gateway.errors import UpstreamInvalid

MAX_RUNS: Final = 1024
"""Most runs of text in a stream, over all its candidates; models take turns some dozen times."""

ANSWER, THOUGHT = "text", "thought"

_ASSISTANT: Final = places.ROLE["assistant"]
_TOP: Final[dict[str, Member]] = {**ENVELOPE, "error": walk_error}
_SAME: Final = both_names("modelVersion", "responseId")


class Runs:
    """The runs of a stream's texts. A slot is `<candidate>.<number of the run>.<text or thought>`."""

    __slots__ = ("_count", "_now")

    def __init__(self) -> None:
        self._count = 0
        self._now: dict[int, tuple[str, str]] = {}

    def go_on(self, candidate: int, kind: str) -> tuple[str, str | None]:
        """Give the slot of a piece, and the group that its coming ends.

        Raises:
            UpstreamInvalid: there are more than `MAX_RUNS`.
        """
        known = self._now.get(candidate)
        if known and known[1] == kind:
            return f"{known[0]}.{kind}", None
        self._count += 1
        if self._count > MAX_RUNS:
            raise UpstreamInvalid(f"The provider's stream has more than {MAX_RUNS} runs of text.")
        run = f"{candidate}.{self._count - 1}"
        self._now[candidate] = (run, kind)
        return f"{run}.{kind}", known[0] if known else None

    def interrupt(self, candidate: int) -> str | None:
        """Note that something else follows; give the group that this ends."""
        known = self._now.pop(candidate, None)
        return known[0] if known else None


class ChunkReader:
    """Reads one chunk. `runs` lasts over the chunks of a stream.

    `plain` is the envelope of a chunk before it that held nothing to screen: what is the same there is passed over.
    """

    __slots__ = ("_calls", "_choices", "_deltas", "_ends", "_finished", "_plain", "_runs", "_walk")

    def __init__(self, runs: Runs, plain: Mapping[str, Any]) -> None:
        self._runs = runs
        self._plain = plain
        self._walk = Walk("x")
        self._choices: list[int] = []
        self._deltas: list[Delta] = []
        self._finished: list[tuple[int, str]] = []
        self._ends: list[str] = []
        self._calls: list[ToolCall] = []

    def read(self, source: ServerEvent, document: dict[str, Any], envelope: Mapping[str, Any]) -> StreamEvent:
        """Read a chunk's document; the `envelope` goes with the event if it speaks of a candidate.

        Raises:
            UpstreamInvalid: it has another shape than a chunk or an error.
        """
        for position, candidate in enumerate(candidates_of(document)):
            self._read_candidate(candidate, ("candidates", position))
        for key, value in document.items():
            if not (key == "candidates" or (key in _SAME and value == self._plain.get(key))):
                self._member(_TOP.get(key), key, value, (), places.OTHER)
        refused = None if self._choices else refusal_of(document)
        if refused:
            self._finished.append((0, refused))
        return StreamEvent(
            source,
            Signal.ERROR if document.get("error") else Signal.NONE,
            tuple(self._choices),
            tuple(self._deltas),
            tuple(self._walk.slots),
            tuple(self._walk.unwalked),
            documents=self._documents(document),
            finished=tuple(self._finished),
            ends=tuple(self._ends),
            usage=read_usage(document),
            calls=tuple(self._calls),
            envelope=envelope if self._choices else None,
        )

    def _read_candidate(self, candidate: dict[str, Any], path: Path) -> None:
        index = candidate.get("index", 0)
        if type(index) is not int or not 0 <= index < MAX_CANDIDATES or index in self._choices:
            raise UpstreamInvalid("A chunk of the provider's stream has a candidate without a proper index.")
        self._choices.append(index)
        for key, value in candidate.items():
            if key == "content" and isinstance(value, dict):
                self._read_content(value, index, (*path, key))
            else:
                self._member(CANDIDATE.get(key), key, value, path, _ASSISTANT)
        reason = member(candidate, "finishReason")
        if reason is not None:
            self._finished.append((index, name_or_none(reason) or "unknown"))

    def _read_content(self, content: dict[str, Any], index: int, path: Path) -> None:
        for key, value in content.items():
            here = (*path, key)
            if key != "parts":
                self._member(Walk.label if key == "role" else None, key, value, path, _ASSISTANT)
            elif isinstance(value, list):
                for position, part in enumerate(value):
                    self._read_part(part, index, (*here, position))
            else:
                for part in listed(value):
                    self._read_part(part, index, here)

    def _read_part(self, part: Any, index: int, path: Path) -> None:
        rest = part
        if isinstance(part, dict) and isinstance(part.get("text"), str):
            rest = {key: value for key, value in part.items() if key != "text"}
            if part["text"]:
                self._text(part["text"], THOUGHT if part.get("thought") is True else ANSWER, index, (*path, "text"))
        if not isinstance(rest, dict) or rest.keys() & KINDS:
            self._end(self._runs.interrupt(index))
        if rest:
            self._note_call(rest)
            walk_part(self._walk, rest, path, _ASSISTANT)

    def _text(self, text: str, kind: str, index: int, path: Path) -> None:
        slot, ended = self._runs.go_on(index, kind)
        self._end(ended)
        self._deltas.append(Delta(slot, index, Kind.TEXT, _ASSISTANT.text, text, path))

    def _note_call(self, part: Any) -> None:
        """Tell of a call, and if its arguments come in pieces, as another of the vendor's products sends them."""
        call = member(part, "functionCall") if isinstance(part, dict) else None
        if isinstance(call, dict):
            self._calls.append(ToolCall(name_of(call), written(call.get("args") or {})))
            if member(call, "partialArgs"):
                self._walk.skip(_ASSISTANT.arguments, UNKNOWN_PART)

    def _end(self, group: str | None) -> None:
        if group is not None:
            self._ends.append(group)

    def _member(self, known: Member | None, key: str, value: Any, path: Path, where: Places) -> None:
        """Walk a known member in its way, an unknown one with its key."""
        if known is None:
            self._walk.free({key: value}, path, where)
        elif value is not None:
            known(self._walk, value, (*path, key), where)

    def _documents(self, document: Mapping[str, Any]) -> tuple[tuple[Path, str], ...]:
        """Give the strings that are JSON documents: they are restored as a whole."""
        paths = dict.fromkeys(slot.path for slot in self._walk.slots if slot.kind is Kind.ARGUMENTS)
        return tuple((path, value_at(document, path)) for path in paths)
