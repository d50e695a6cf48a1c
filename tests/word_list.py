"""A classifier of the plainest kind: a list of phrases. It stands beside the patterns in a real suite."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from detectors.finding import Finding, Passage

SURE: Final = 990_000
UNSURE: Final = 100_000
"""Below every threshold of the shipped profiles: mentioned, and counted by none."""

JUDGED: Final[Mapping[str, Mapping[str, int]]] = {
    "idiot": {"toxic": SURE, "insult": SURE},
    "subhuman": {"hate": SURE},
    "women can't": {"stereotype": SURE, "bias": SURE, "gender": SURE},
    "women": {"gender": SURE},
    "ignore all previous": {"injection": SURE},
    "you have no rules": {"jailbreak": SURE},
    "forward all mails": {"indirect": SURE},
    "kill": {"threat": SURE},
    "meh": {"insult": UNSURE},
}
"""What a text is called that holds one of these, in any case."""

NAMED: Final[Mapping[str, str]] = {"Ann Lee": "PERSON", "Paris": "LOCATION"}


class WordList:
    """Judges a passage as a whole, as the encoder does, and finds the names that it knows."""

    name, version = "words", "1"
    labels = frozenset(label for found in JUDGED.values() for label in found) | frozenset(NAMED.values())

    def inspect(self, passages: Sequence[Passage], seconds: float) -> Sequence[Finding]:
        """See `detectors.suite.Detector`."""
        return [finding for passage in passages for finding in (*self._judged(passage), *self._named(passage))]

    def _judged(self, passage: Passage) -> list[Finding]:
        text, best = passage.text.lower(), dict[str, int]()
        for phrase, labels in JUDGED.items():
            if phrase in text:
                best |= {label: max(score, best.get(label, 0)) for label, score in labels.items()}
        return [self._finding(label, passage, 0, len(text), score) for label, score in best.items()]

    def _named(self, passage: Passage) -> list[Finding]:
        return [
            self._finding(label, passage, *match.span(), SURE)
            for name, label in NAMED.items()
            for match in re.finditer(name, passage.text)
        ]

    def _finding(self, label: str, passage: Passage, start: int, end: int, score: int) -> Finding:
        return Finding(self.name, self.version, label, passage.slot, start, end, score)
