"""What a file of lists says, and how much it may say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

EVERYONE: Final = "*"
"""In the place of a tenant's name: for all of them."""

LONGEST: Final = 64
"""Characters of the longest value, as listed and as a finding that is let go stands in a text.

A streamed reply is searched in windows that show 64 characters beyond what is released (`reach` in
`gateway/stream/limits.py`), so a value that begins in what is released is seen whole.
"""

MOST_VALUES: Final = 200_000
"""Values of all lists of a file together. A denied one takes some 300 bytes."""

MOST_BYTES: Final = 32 * 2**20

ANY: Final[frozenset[str]] = frozenset()
"""In the place of labels: an allowed value counts for all of them."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What is listed for one tenant, by values in normal form: the labels for which each counts."""

    allow: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    deny: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class ListsFile:
    """All of a file: what is listed for each tenant, and a digest that changes with its content."""

    tenants: Mapping[str, Entries] = field(repr=False)
    digest: str
