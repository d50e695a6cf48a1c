"""Values that are no personal data for a tenant."""

from collections.abc import Mapping

from detectors.lists.entries import LONGEST
from detectors.lists.labels import is_allowable
from detectors.lists.normal_form import normal


class AllowList:
    """What is let go. `values` are in normal form, each with the labels for which it counts, or none for any."""

    def __init__(self, values: Mapping[str, frozenset[str]]) -> None:
        self._values = dict(values)

    def __bool__(self) -> bool:
        return bool(self._values)

    def lets(self, label: str, surface: str) -> bool:
        """Tell whether a finding of this label, with exactly this text, is no personal data."""
        if len(surface) > LONGEST or not is_allowable(label):
            return False
        labels = self._values.get(normal(surface))
        return labels is not None and (not labels or label in labels)
