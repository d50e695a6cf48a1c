"""The detector of everything that has a pattern: personal identifiers and secrets, in one pass."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from detectors.content_cache import ContentCache
from detectors.encoder.offsets import View
from detectors.encodings import without_encodings
from detectors.escapes import readable
from detectors.finding import SECRET_PREFIX, Finding, Passage
from detectors.text.deadline import Deadline
from detectors.text.gates import Gate
from detectors.text.prefilter import Prefilter
from detectors.text.rules import Rule

PPM = 1_000_000

_Known = tuple[Finding, ...]
"""What was found in a text, in its order. The slot is that in which it was found first."""

_Hit = tuple[str, int, int, int]
"""Label, start, end, score in parts per million."""

_FINDING_BYTES: Final = 256


class PatternDetector:
    """Runs, on each passage, the rules whose gates fire in it, and all rules while the prefilter can't say.

    JSON's escapes are read as what they stand for (`escapes.py`), then encodings as well (`encodings.py`). Secrets are
    looked for in the text as it is, too: one may hold what looks like an escape.

    With `cache_bytes`, what was found in a text is remembered by its digest: a chat's history is not searched again.
    """

    name = "patterns"

    def __init__(
        self,
        rules: Sequence[Rule],
        prefilter: Prefilter,
        version: str,
        refs: Mapping[str, tuple[str, ...]],
        cache_bytes: int = 0,
    ) -> None:
        """Take rules and a prefilter made from `gates_of(rules)`. `refs` are the references of each label."""
        self.version = version
        self.labels = frozenset(rule.label for rule in rules)
        self._rules = tuple(rules)
        self._prefilter = prefilter
        self._refs = {label: refs.get(label, ()) for label in self.labels}
        self._known = ContentCache[_Known](cache_bytes, lambda found: _FINDING_BYTES * len(found))
        self._parts = [(number, part) for number, rule in enumerate(rules) for part in range(len(rule.gates))]

    def inspect(self, passages: Sequence[Passage], seconds: float) -> list[Finding]:
        """Find what any rule finds, passage by passage, in each in the order of the text.

        Raises:
            TimeoutError: it takes longer than `seconds`.
        """
        deadline = Deadline(seconds)
        findings: list[Finding] = []
        texts = [passage for passage in passages if passage.text]
        keys = [self._known.key(passage.text) for passage in texts]
        for passage, key, known in zip(texts, keys, self._known.get_all(keys), strict=True):
            found = self._search(passage, key, deadline) if known is None else known
            is_placed = not found or found[0].slot == passage.slot  # as in a chat, where messages keep their places
            findings += found if is_placed else self._placed(found, passage.slot)
        return findings

    def wait_ready(self, seconds: float) -> bool:
        """Wait until the prefilter is built, and say whether it is: for measurements and tests, not for serving."""
        return self._prefilter.wait(seconds)

    def close(self) -> None:
        """Stop building the prefilter, should it still be under way."""
        self._prefilter.close()

    def _search(self, passage: Passage, key: bytes, deadline: Deadline) -> _Known:
        deadline.seconds_left()
        known = self._known.get(key)  # the call may have it twice
        if known is None:
            known = tuple(self._finding(passage.slot, *hit) for hit in self._hits(passage.text, deadline))
            self._known.put(key, known)
        return known

    def _placed(self, found: _Known, slot: str) -> _Known:
        return tuple(self._finding(slot, one.label, one.start, one.end, one.score_ppm) for one in found)

    def _finding(self, slot: str, label: str, start: int, end: int, score_ppm: int) -> Finding:
        return Finding(self.name, self.version, label, slot, start, end, score_ppm, self._refs[label])

    def _hits(self, text: str, deadline: Deadline) -> Iterable[_Hit]:
        view = readable(text)
        plain = without_encodings(view)
        hits = self._hits_in(view, deadline)
        if plain.text != view.text:
            hits += self._hits_in(plain, deadline)
        if view.text != text:
            hits += self._hits_in(View(text), deadline, SECRET_PREFIX)
        hits = list(dict.fromkeys(hits))
        return sorted(hits, key=_place) if len(hits) > 1 else hits

    def _hits_in(self, view: View, deadline: Deadline, labels: str = "") -> list[_Hit]:
        """Find what the rules with `labels` find: those that begin so."""
        return [
            (rule.label, *view.origin(start, end), round(score * PPM))
            for rule, parts in self._to_run(self._prefilter.fired(view.text))
            if rule.label.startswith(labels)
            for start, end, score in rule.find(view.text, parts, deadline)
        ]

    def _to_run(self, fired: list[int] | None) -> Iterable[tuple[Rule, list[int]]]:
        if fired is None:
            return [(rule, list(range(len(rule.gates)))) for rule in self._rules]
        chosen = [self._parts[gate] for gate in sorted(fired)]
        return [(self._rules[number], [part for _, part in group]) for number, group in groupby(chosen, _number)]


def gates_of(rules: Iterable[Rule]) -> list[Gate]:
    """Give the gates of all rules in the order that the detector counts on."""
    return [gate for rule in rules for gate in rule.gates]


def _number(chosen: tuple[int, int]) -> int:
    return chosen[0]


def _place(hit: _Hit) -> tuple[int, int, str]:
    label, start, end, _ = hit
    return start, -end, label
