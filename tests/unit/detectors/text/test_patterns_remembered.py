"""A text that comes again is not searched again, and what is found in it is the same wherever it stands."""

from dataclasses import replace

import pytest

from detectors.finding import Passage
from detectors.text.patterns import PatternDetector, gates_of
from detectors.text.prefilter import Prefilter
from detectors.text.rule_choice import rule_of
from detectors.text.secrets.kind import SecretRecognizer


class Searches:
    """A detector of "b"s that counts how often it searches."""

    def __init__(self, cache_bytes: int, pattern: str = "b") -> None:
        rules = [rule_of(SecretRecognizer("A", {pattern: 0.5}))]
        prefilter = Prefilter(gates_of(rules), None)
        self.detector = PatternDetector(rules, prefilter, "1", {}, cache_bytes)
        self.count = 0
        search = self.detector._hits

        def counted(*arguments):
            self.count += 1
            return search(*arguments)

        self.detector._hits = counted


def test_the_same_text_is_searched_once_and_found_in_every_slot():
    searches = Searches(cache_bytes=10_000)
    first, *others = searches.detector.inspect([Passage(slot, "abab") for slot in ("s", "t")], 5)
    assert [(one.slot, one.start) for one in (first, *others)] == [("s", 1), ("s", 3), ("t", 1), ("t", 3)]
    assert others[1] == replace(first, slot="t")
    assert searches.detector.inspect([Passage("u", "nothing")] * 2, 5) == []
    assert searches.count == 2


def test_without_room_it_is_searched_each_time():
    searches = Searches(cache_bytes=0)
    assert len(searches.detector.inspect([Passage("s", "ab")] * 3, 5)) == 3
    assert searches.count == 3


def test_what_took_too_long_is_not_remembered_as_empty():
    searches = Searches(cache_bytes=10_000, pattern=r"(?:a|aa)+$")
    for _ in range(2):
        with pytest.raises(TimeoutError):
            searches.detector.inspect([Passage("s", "a" * 60 + "b")], 0.1)
    assert searches.count == 2
