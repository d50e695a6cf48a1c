"""What of a stream must be screened: passages handed out, and what becomes cleared when they come back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from detectors.finding import Finding, Passage
from gateway.dialects.event import Delta, is_in
from gateway.dialects.places import ROLE
from gateway.dialects.slot import Slot, Unwalked
from gateway.stream.limits import Limits
from gateway.stream.queue import Pending
from gateway.stream.whole import WholeText
from gateway.stream.windows import GrowingWindow

KNOWN_TEXTS: Final = 256
"""Extra texts remembered as cleared, each of at most this many characters: providers repeat them in each event."""

_NAMES: Final = ".id"  # how the places of names and ids end, see `dialects/places.py`


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What a passage that is out stands for: a `window`, a `whole`, or an `extra` (place, text) of these events.

    `lead` is how many characters of the passage stand before the text.
    """

    slot: str
    lead: int = 0
    window: GrowingWindow | None = None
    whole: WholeText | None = None
    extra: tuple[str, str] | None = None
    pending: list[Pending] = field(default_factory=list)


class Screening:
    """Hands out passages and keeps account of them. A passage's `slot` is used once in a stream.

    `findings` are those in cleared text, each once however many windows showed it: its `slot` is that of the text, its
    offsets count from the start of that text. `has_cleared_text`: something is cleared that is no mere name or id.
    """

    __slots__ = (
        "_asked",
        "_known",
        "_limits",
        "_new",
        "_out",
        "_places",
        "_serial",
        "_touched",
        "_windows",
        "findings",
        "has_cleared_text",
    )

    def __init__(self, limits: Limits) -> None:
        self.findings: list[Finding] = []
        self.has_cleared_text = False
        self._limits = limits
        self._windows: dict[str, GrowingWindow] = {}
        self._touched: dict[str, GrowingWindow] = {}
        self._new: list[Passage] = []
        self._out: dict[str, _Ticket] = {}
        self._places: dict[str, str] = {}
        self._known: set[tuple[str, str]] = set()
        self._asked: dict[tuple[str, str], _Ticket] = {}
        self._serial = 0

    @property
    def is_settled(self) -> bool:
        """Whether all texts are complete, screened and cleared."""
        return not self._out and all(window.is_settled for window in self._windows.values())

    def place(self, slot: str) -> str:
        """Name the place of a passage that is out, or of a finding."""
        return self._places[slot]

    def add(self, delta: Delta) -> GrowingWindow:
        """Add a piece to its growing text."""
        window = self._windows.get(delta.slot)
        if window is None:
            window = self._windows[delta.slot] = GrowingWindow(self._limits)
            self._places[delta.slot] = delta.place
        window.append(delta.text)
        self._touched[delta.slot] = window
        return window

    def close(self, groups: Iterable[str] | None) -> None:
        """Note that the growing texts of these groups (None: all of them) are complete."""
        names = None if groups is None else frozenset(groups)
        for slot, window in self._windows.items():
            if names is None or is_in(slot, names):
                window.close()
                self._touched[slot] = window

    def add_extras(self, extras: Iterable[Slot], pending: Pending) -> None:
        """Have texts screened that stand in one event alone; the event waits for them."""
        for extra in extras:
            text = (extra.place, extra.screened)
            if text in self._known:
                continue
            pending.extras += 1
            ticket = self._asked.get(text)
            if ticket is None:
                self._serial += 1
                slot = f"x{self._serial}"
                ticket = self._asked[text] = _Ticket(slot, len(extra.lead), extra=text)
                self._hand_out(slot, *text, ticket)
            ticket.pending.append(pending)

    def add_whole(self, whole: WholeText) -> Sequence[Unwalked]:
        """Have a text screened that is complete; give the parts of it that can't be."""
        content = whole.content()
        for slot in content.slots:
            self._hand_out_whole(whole, slot.id, slot.place, slot.screened, len(slot.lead))
        if not content.slots:
            self._hand_out_call(whole)
        return content.unwalked

    def add_calls(self, wholes: Iterable[WholeText]) -> None:
        """Have the calls among these decided on that stand in one event alone."""
        for whole in wholes:
            if whole.is_alone:
                self._hand_out_call(whole)

    def wholes(self, passages: Iterable[Passage]) -> list[WholeText]:
        """Give the complete texts that these passages are of, each once.

        Raises:
            ValueError: a passage is not out for screening.
        """
        found = {whole.slot: whole for one in passages if (whole := self._ticket(one).whole) is not None}
        return list(found.values())

    def passages(self, *, force: bool = False) -> list[Passage]:
        """Give what is new to screen; each stretch once, but for the context that windows share.

        Raises:
            OverflowError: a growing text has too long a run without white space, and not `force`.
        """
        touched, self._touched = self._touched, {}
        for slot, window in touched.items():
            new = window.next(force=force)
            if new is not None:
                self._serial += 1
                name = f"{slot}@{self._serial}"
                self._hand_out(name, self._places[slot], new.text, _Ticket(slot, window=window), new.before)
        passages, self._new = self._new, []
        return passages

    def fresh(self, passages: Iterable[Passage], findings: Iterable[Finding]) -> list[Finding]:
        """Give what clearing these passages with these findings will add to `findings`.

        Raises:
            ValueError: a passage is not out for screening, or a finding is in none of them.
        """
        fresh: list[Finding] = []
        for passage, ours in _with_findings(passages, findings):
            ticket = self._ticket(passage)
            fresh += _placed(ticket, ticket.window.fresh(ours) if ticket.window else ours)
        return fresh

    def clear(self, passages: Iterable[Passage], findings: Iterable[Finding]) -> None:
        """Note that these passages may leave, with what was found in them.

        Raises:
            ValueError: a passage is not out for screening, or a finding is in none of them.
        """
        for passage, ours in _with_findings(passages, findings):
            ticket = self._ticket(passage)
            self.has_cleared_text = self.has_cleared_text or not self._places[passage.slot].endswith(_NAMES)
            del self._out[passage.slot]
            self._settle(ticket, passage, ours)

    def _ticket(self, passage: Passage) -> _Ticket:
        ticket = self._out.get(passage.slot)
        if ticket is None:
            raise ValueError("a passage was given back that is not out for screening")
        return ticket

    def _hand_out_call(self, whole: WholeText) -> None:
        """Hand out a call that has no text to screen by itself: its passage is empty."""
        self._hand_out_whole(whole, f"{whole.slot}#", ROLE["assistant"].arguments, "", 0)

    def _hand_out_whole(self, whole: WholeText, name: str, place: str, text: str, lead: int) -> None:
        whole.waiting += 1
        self._hand_out(name, place, text, _Ticket(name, lead, whole=whole))

    def _hand_out(self, name: str, place: str, text: str, ticket: _Ticket, before: str = "") -> None:
        self._places[name] = place
        self._out[name] = ticket
        self._new.append(Passage(name, text, before))

    def _settle(self, ticket: _Ticket, passage: Passage, found: Sequence[Finding]) -> None:
        if ticket.window is not None:
            self.findings += _placed(ticket, ticket.window.clear(found))
            self._touched[ticket.slot] = ticket.window
            del self._places[passage.slot]
            return
        self.findings += _placed(ticket, found)
        if ticket.whole is not None:
            ticket.whole.waiting -= 1
        if ticket.extra is not None:
            self._settle_extra(ticket, ticket.extra)
        if not found:
            del self._places[passage.slot]

    def _settle_extra(self, ticket: _Ticket, text: tuple[str, str]) -> None:
        del self._asked[text]
        for pending in ticket.pending:
            pending.extras -= 1
        if len(text[1]) <= KNOWN_TEXTS and len(self._known) < KNOWN_TEXTS:
            self._known.add(text)


def _with_findings(
    passages: Iterable[Passage], findings: Iterable[Finding]
) -> Iterator[tuple[Passage, Sequence[Finding]]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.slot, []).append(finding)
    passages = list(passages)
    if not found.keys() <= {passage.slot for passage in passages}:
        raise ValueError("a finding is in no passage that was given back")
    return ((passage, found.get(passage.slot, ())) for passage in passages)


def _placed(ticket: _Ticket, found: Iterable[Finding]) -> list[Finding]:
    """Name the text of these findings; those in what stands before it are none of the text's."""
    slot, lead = ticket.slot, ticket.lead
    return [
        replace(one, slot=slot, start=max(0, one.start - lead), end=one.end - lead) for one in found if one.end > lead
    ]
