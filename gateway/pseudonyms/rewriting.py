"""Rewrite the texts of one call: what was found in them is replaced, all else stays."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from detectors.finding import Finding
from gateway.dialects.slot import Kind, Slot
from gateway.errors import InternalFault
from gateway.pseudonyms.one_way import left_blank
from gateway.pseudonyms.order import by_age
from gateway.pseudonyms.spans import Span, resolve
from gateway.pseudonyms.surrogates.restore import SurrogateRestorer
from gateway.pseudonyms.writer import Writer


class Stretch(NamedTuple):
    """What was replaced in a text, in code points with the end exclusive, and what stands there `instead`."""

    start: int
    end: int
    label: str
    instead: str

    def __repr__(self) -> str:
        """Show where it is and not what is there."""
        return f"Stretch({self.start}, {self.end}, {self.label})"


@dataclass(slots=True)
class Rewritten:
    """The new texts by slot id, and what changed in each, in its order.

    `counts` says how many spans were replaced, `unmaskable` how many can't be, by label.
    """

    texts: dict[str, str] = field(default_factory=dict)
    stretches: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    unmaskable: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text with surrogates, and what it must be with their values back in place."""

    slot: Slot
    spans: list[Span]
    restored: str


def rewrite(slots: Sequence[Slot], by_slot: dict[str, list[Finding]], writer: Writer) -> Rewritten:
    """Replace these findings, which must be those of the slots.

    Raises:
        InternalFault: a finding lies in no slot or outside its text, or no token could be found for a value.
    """
    new = Rewritten()
    drafts: list[_Draft] = []
    with_surrogates = writer.makes_surrogates
    for slot in by_age(slots):
        found = by_slot.pop(slot.id, None)
        if found is None:
            continue
        found = _in_text(slot, found)
        if slot.kind is Kind.KEY:
            new.unmaskable.update(finding.label for finding in found)
        elif found and slot.is_rewritable:
            spans = resolve(found)
            for span in spans:
                new.counts[span.label] += 1
            text, restored, stretches = _written(slot.text, spans, writer, with_surrogates=with_surrogates)
            new.texts[slot.id], new.stretches[slot.id] = text, stretches
            if with_surrogates:
                drafts.append(_Draft(slot, spans, restored))
    if by_slot:
        raise InternalFault("A finding names a slot that was not screened.")
    _check(new, drafts, writer)
    return new


def _check(new: Rewritten, drafts: list[_Draft], writer: Writer) -> None:
    """Have tokens in a text whose surrogates would not all be found again, whatever the reason."""
    surrogates = writer.surrogates.all()
    if not surrogates:
        return
    restorer = SurrogateRestorer(surrogates)
    for draft in drafts:
        if restorer.text(new.texts[draft.slot.id])[0] != draft.restored:
            text, _, stretches = _written(draft.slot.text, draft.spans, writer, with_surrogates=False)
            new.texts[draft.slot.id], new.stretches[draft.slot.id] = text, stretches


def _written(
    text: str, spans: list[Span], writer: Writer, *, with_surrogates: bool
) -> tuple[str, str, tuple[Stretch, ...]]:
    """Give the new text, the same with the values back in place of surrogates, and what was replaced."""
    writer.tokens.expect(text, spans)
    pieces: list[str] = []
    restored: list[str] = []
    stretches: list[Stretch] = []
    position = 0
    alone = _alone(text, spans) if with_surrogates else frozenset()
    for span in spans:
        start, end, label = span
        surface, between = text[start:end], text[position:start]
        surrogate = writer.surrogate(label, surface) if span in alone else None
        instead = surrogate or writer.other(label, surface)
        pieces += between, instead
        if alone:
            restored += between, surface if surrogate else instead
        stretches.append(Stretch(start, end, label, instead))
        position = end
    rest = text[position:]
    new = "".join([*pieces, rest])
    if not new.strip() and text.strip():
        blank = left_blank(spans[0].label)
        return blank, blank, (Stretch(0, len(text), spans[0].label, blank),)
    return new, "".join([*restored, rest]) if alone else new, tuple(stretches)


def _alone(text: str, spans: list[Span]) -> frozenset[Span]:
    """Give the spans that touch no other and no word: elsewhere a surrogate could not be found again."""
    edges = Counter(edge for span in spans for edge in (span.start, span.end))
    apart = (span for span in spans if edges[span.start] == edges[span.end] == 1)
    return frozenset(span for span in apart if not _is_in_word(text, span))


def _is_in_word(text: str, span: Span) -> bool:
    """Tell whether a surrogate in this place would run into a word."""
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return any(character.isalnum() or character == "_" for character in around)


def _in_text(slot: Slot, found: list[Finding]) -> list[Finding]:
    """Give the findings in offsets of the slot's text; what lies in the signs around it is none of the text."""
    lead, length = len(slot.lead), len(slot.text)
    for finding in found:
        if not 0 <= finding.start < finding.end <= lead + length + (lead > 0):
            raise InternalFault(f"A finding of {finding.detector} lies outside of its text.")
    if not lead:
        return found
    return [
        replace(finding, start=max(finding.start - lead, 0), end=min(finding.end - lead, length))
        for finding in found
        if finding.end > lead and finding.start < lead + length
    ]
