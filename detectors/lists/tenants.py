"""The lists of all tenants, and what the lists of one make of what was found in its texts.

Findings of a text are shared by tenants (`content_cache.py`); lists are applied after that, and what is remembered of
them is remembered for each tenant by itself.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from detectors.content_cache import ContentCache
from detectors.finding import Finding, Passage, Screening
from detectors.lists.allow import AllowList
from detectors.lists.deny import DenyList
from detectors.lists.entries import EVERYONE, ListsFile
from detectors.lists.normal_form import readings
from detectors.references import refs_of
from detectors.text.deadline import Deadline

NAME: Final = "lists"
VERSION: Final = "1"
CACHE_BYTES: Final = 8 * 2**20
"""Room for what lists say of some twenty thousand messages."""

_SURE: Final = 1_000_000
_HIT_BYTES: Final = 192

_Known = tuple[tuple[str, int, int], ...]
"""The values that were found in a text: label, start, end."""


class ListsOfOne:
    """The lists that are in force for one tenant: a detector of denied values, and what lets allowed ones go."""

    name = NAME

    def __init__(
        self,
        whose: str,
        version: str,
        denied: Sequence[DenyList],
        allowed: Sequence[AllowList],
        known: ContentCache[_Known],
    ) -> None:
        """Take the lists; `known` remembers findings, and is shared by all for whom it is another name, `whose`."""
        self.version = version
        self.labels = frozenset(label for one in denied for label in one.labels)
        self._denied = [one for one in denied if one.labels]
        self._allowed = [one for one in allowed if one]
        self._known = known
        self._whose = whose.encode()

    def inspect(self, passages: Sequence[Passage], seconds: float) -> list[Finding]:
        """Find the denied values.

        Raises:
            TimeoutError: it takes longer than `seconds`.
        """
        if not self._denied:
            return []
        deadline = Deadline(seconds)
        return [
            Finding(NAME, self.version, label, passage.slot, start, end, _SURE, refs_of(label))
            for passage in passages
            for label, start, end in self._search(passage.text, deadline)
        ]

    def applied(self, screening: Screening, passages: Sequence[Passage]) -> Screening:
        """Leave out the findings that are allowed, and count them by label. Denied values stay whatever is allowed."""
        if not (self._allowed and screening.findings):
            return screening
        texts = {passage.slot: passage for passage in passages}
        lets = [self._lets(one, texts.get(one.slot)) for one in screening.findings]
        if not any(lets):
            return screening
        kept = [one for one, is_let in zip(screening.findings, lets, strict=True) if not is_let]
        counts = Counter(one.label for one, is_let in zip(screening.findings, lets, strict=True) if is_let)
        return replace(screening, findings=kept, allowed=counts)

    def _lets(self, found: Finding, passage: Passage | None) -> bool:
        # What begins with a passage may be the end of something that began before it.
        if found.detector == NAME or passage is None or (passage.before and not found.start):
            return False
        surface = passage.text[found.start : found.end]
        return any(one.lets(found.label, surface) for one in self._allowed)

    def _search(self, text: str, deadline: Deadline) -> _Known:
        deadline.seconds_left()
        key = self._known.key_of(self._whose, text.encode("utf-8", "surrogatepass"))
        hits = self._known.get(key)
        if hits is None:
            read = readings(text)
            hits = tuple(hit for one in self._denied for hit in one.find(read, deadline))
            self._known.put(key, hits)
        return hits


class TenantLists:
    """All that a file says, ready to be asked for the lists of a tenant."""

    def __init__(self, file: ListsFile) -> None:
        self.version = f"{VERSION}+{file.digest}"
        self._known = ContentCache[_Known](CACHE_BYTES, lambda hits: _HIT_BYTES * len(hits))
        both = {tenant: (DenyList(said.deny), AllowList(said.allow)) for tenant, said in file.tenants.items()}
        shared = [both.pop(EVERYONE)] if EVERYONE in both else []
        self._everyone = self._of_one(EVERYONE, shared)
        self._own = {tenant: self._of_one(tenant, [*shared, own]) for tenant, own in both.items()}

    def of(self, tenant: str) -> ListsOfOne:
        """Give the lists that are in force for a tenant: its own and those for all."""
        return self._own.get(tenant, self._everyone)

    def _of_one(self, whose: str, lists: Sequence[tuple[DenyList, AllowList]]) -> ListsOfOne:
        denied, allowed = [deny for deny, _ in lists], [allow for _, allow in lists]
        return ListsOfOne(whose, self.version, denied, allowed, self._known)
