"""Proofs out of stored hashes, reading only what they need.

The database keeps the hashes in the layout of C2SP tlog-tiles: level 0 are the leaves' hashes, and each hash at level
L + 1 is the root of 256 at level L. A proof in a tree of a million leaves reads some twenty short runs of them.
"""

from typing import Protocol

from audit import merkle
from audit.errors import BadProof, LogDamaged


class HashReader(Protocol):
    """Where hashes are stored."""

    def hashes(self, level: int, start: int, count: int) -> list[bytes]:
        """Give up to `count` consecutive hashes of a level, from index `start`."""


def subtree(reader: HashReader, height: int, index: int) -> bytes:
    """Give the root of a perfect subtree: leaves `index << height` to `(index + 1) << height`.

    Raises:
        LogDamaged: Stored hashes are missing.
    """
    level, inner = divmod(height, merkle.TILE_HEIGHT)
    start, count = index << inner, 1 << inner
    found = reader.hashes(level, start, count)
    if len(found) != count:
        raise LogDamaged(f"level {level} of the tree lacks hashes between {start} and {start + count - 1}")
    return merkle.fold(found)


def range_root(reader: HashReader, start: int, end: int) -> bytes:
    """Give the root over leaves `start` to `end` (exclusive); `start` is where a subtree of that size may begin."""
    root, peaks = b"", merkle.peak_spans(end - start)
    for height, index in reversed(peaks):
        peak = subtree(reader, height, (start >> height) + index)
        root = merkle.node_hash(peak, root) if root else peak
    return root


def load(reader: HashReader, size: int) -> merkle.Tree:
    """Restore the growing tree at a size."""
    return merkle.Tree(size, [subtree(reader, height, index) for height, index in merkle.peak_spans(size)])


def prove_inclusion(reader: HashReader, index: int, size: int) -> list[bytes]:
    """Build the proof that `audit.merkle.check_inclusion` checks.

    Raises:
        BadProof: The tree of this size has no such leaf.
        LogDamaged: Stored hashes are missing.
    """
    if not 0 <= index < size:
        raise BadProof(f"a tree of {size} leaves has no leaf {index}")
    return [range_root(reader, start, end) for start, end in merkle.inclusion_ranges(index, size)]


def prove_consistency(reader: HashReader, old: int, new: int) -> list[bytes]:
    """Build the proof that `audit.merkle.check_consistency` checks.

    Raises:
        BadProof: The newer tree is smaller.
        LogDamaged: Stored hashes are missing.
    """
    if not 0 <= old <= new:
        raise BadProof(f"a tree of {new} leaves can't have grown from one of {old}")
    return [range_root(reader, start, end) for start, end in merkle.consistency_ranges(old, new)] if old else []
