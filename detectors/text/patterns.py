"""The detector of everything that has a pattern: personal identifiers and secrets, in one pass."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from detectors.finding import Finding, Passage
from detectors.text.deadline import Deadline
from detectors.text.gates import Gate
from detectors.text.prefilter import Prefilter
from detectors.text.rules import Rule

PPM = 1_000_000


class PatternDetector:
    """Runs, on each passage, the rules whose gates fire in it, and all rules while the prefilter can't say."""

    name = "patterns"

    def __init__(
        self, rules: Sequence[Rule], prefilter: Prefilter, version: str, refs: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Take rules and a prefilter made from `gates_of(rules)`. `refs` are the references of each label."""
        self.version = version
        self.labels = frozenset(rule.label for rule in rules)
        self._rules = tuple(rules)
        self._prefilter = prefilter
        self._refs = {label: refs.get(label, ()) for label in self.labels}
        self._parts = [(number, part) for number, rule in enumerate(rules) for part in range(len(rule.gates))]

    def inspect(self, passages: Sequence[Passage], seconds: float) -> list[Finding]:
        """Find what any rule finds, passage by passage, in each in the order of the text.

        Raises:
            TimeoutError: it takes longer than `seconds`.
        """
        deadline = Deadline(seconds)
        findings: list[Finding] = []
        for passage in passages:
            if passage.text:
                deadline.seconds_left()
                findings += self._search(passage, deadline)
        return findings

    def wait_ready(self, seconds: float) -> bool:
        """Wait until the prefilter is built, and say whether it is: for measurements and tests, not for serving."""
        return self._prefilter.wait(seconds)

    def close(self) -> None:
        """Stop building the prefilter, should it still be under way."""
        self._prefilter.close()

    def _search(self, passage: Passage, deadline: Deadline) -> list[Finding]:
        text = passage.text
        fired = self._prefilter.fired(text)
        findings = [
            self._finding(passage.slot, rule.label, *hit)
            for rule, parts in self._to_run(fired)
            for hit in rule.find(text, parts, deadline)
        ]
        if len(findings) > 1:
            findings.sort(key=_place)
        return findings

    def _to_run(self, fired: list[int] | None) -> Iterable[tuple[Rule, list[int]]]:
        if fired is None:
            return [(rule, list(range(len(rule.gates)))) for rule in self._rules]
        chosen = [self._parts[gate] for gate in sorted(fired)]
        return [(self._rules[number], [part for _, part in group]) for number, group in groupby(chosen, _number)]

    def _finding(self, slot: str, label: str, start: int, end: int, score: float) -> Finding:
        return Finding(self.name, self.version, label, slot, start, end, round(score * PPM), self._refs[label])


def gates_of(rules: Iterable[Rule]) -> list[Gate]:
    """Give the gates of all rules in the order that the detector counts on."""
    return [gate for rule in rules for gate in rule.gates]


def _number(chosen: tuple[int, int]) -> int:
    return chosen[0]


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.start, -finding.end, finding.label
