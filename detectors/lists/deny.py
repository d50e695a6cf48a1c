"""Values that always are personal data: found as whole words in one pass, however many there are.

Each value is looked up by its longest word. Where that stands in a text, the stretches that a value with this word
could take are looked up among all values: as many as there are lengths, not as there are values.
"""

from collections.abc import Iterable, Iterator, Mapping

from detectors.lists.normal_form import Reading
from detectors.lists.words import is_whole, keys, placed_keys
from detectors.text.deadline import Deadline


class DenyList:
    """Finds the values of one list. `values` are in normal form, each with its labels."""

    def __init__(self, values: Mapping[str, Iterable[str]]) -> None:
        self._labels = {value: tuple(labels) for value, labels in values.items()}
        stretches: dict[str, set[tuple[int, int]]] = {}
        for value in self._labels:
            before, key = max(placed_keys(value, keys(value)), key=_weight)
            stretches.setdefault(key, set()).add((before, len(value)))
        self._stretches = {key: tuple(sorted(found)) for key, found in stretches.items()}

    @property
    def labels(self) -> frozenset[str]:
        """The labels of all values."""
        return frozenset(label for labels in self._labels.values() for label in labels)

    def find(self, readings: Iterable[Reading], deadline: Deadline) -> Iterator[tuple[str, int, int]]:
        """Give the label and the place of each value, in the order of the text; none within another of its label.

        Raises:
            TimeoutError: the time is up.
        """
        found = {hit for reading in readings for hit in self._hits(reading, deadline)}
        reached: dict[str, int] = {}
        for start, end, label in sorted(found, key=_place):
            if end > reached.get(label, 0):
                reached[label] = end
                yield label, start, end

    def _hits(self, reading: Reading, deadline: Deadline) -> Iterator[tuple[int, int, str]]:
        text = reading.text
        if self._stretches.keys().isdisjoint(keys(text)):
            return
        for at, key in placed_keys(text, self._stretches):
            for before, length in self._stretches[key]:
                start, end = at - before, at - before + length
                labels = self._labels.get(text[start:end], ()) if start >= 0 and end <= len(text) else ()
                if labels and is_whole(text, start, end):
                    deadline.seconds_left()
                    yield from ((*reading.origin(start, end), label) for label in labels)


def _weight(placed: tuple[int, str]) -> tuple[int, int]:
    """Prefer what is rarer: the longest, then the last, as names of families are."""
    at, key = placed
    return len(key), at


def _place(hit: tuple[int, int, str]) -> tuple[int, int, str]:
    start, end, label = hit
    return start, -end, label
