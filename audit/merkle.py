"""The Merkle tree of RFC 6962, section 2.1: leaves, roots, and proofs that a stranger can check.

Only SHA-256 over 32-byte hashes happens here; where hashes are stored is `audit.tiles`' matter.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from audit.errors import BadProof

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
TILE_HEIGHT = 8  # C2SP tlog-tiles: 2^8 hashes a tile


class Node(NamedTuple):
    """The root of a full tile: `hash` covers the leaves from `number * 256^level` to `(number + 1) * 256^level`."""

    level: int
    number: int
    hash: bytes


def leaf_hash(entry: bytes) -> bytes:
    """Hash an entry: SHA256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees: SHA256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """Give the root of a perfect tree over 2^k hashes, k >= 0."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


class Tree:
    """A tree that only grows. It keeps the roots of its perfect subtrees (at most 64 hashes), not its leaves.

    `peaks` are these roots from left to right, as `peak_spans` lists their places; `completed` collects the roots of
    tiles that have become full, until `take_completed` is called.
    """

    __slots__ = ("_completed", "_peaks", "size")

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if len(peaks) != size.bit_count():
            raise BadProof(f"a tree of {size} leaves has {size.bit_count()} perfect subtrees, not {len(peaks)}")
        self.size = size
        self._peaks = list(peaks)
        self._completed: list[Node] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf's hash."""
        height, carry = 0, self.size
        while carry & 1:
            leaf = sha256(b"\x01" + self._peaks.pop() + leaf).digest()
            carry >>= 1
            height += 1
            if not height % TILE_HEIGHT:
                self._completed.append(Node(height // TILE_HEIGHT, carry, leaf))
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Give the root over all leaves so far; SHA256 of nothing when there are none."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def take_completed(self) -> list[Node]:
        """Give the tiles' roots that became full since the last call."""
        done, self._completed = self._completed, []
        return done

    def copy(self) -> "Tree":
        """Give a tree that grows on its own."""
        return Tree(self.size, self._peaks)


def peak_spans(size: int) -> list[tuple[int, int]]:
    """List (height, index) of the perfect subtrees of a tree, left to right."""
    spans, start = [], 0
    for height in range(size.bit_length() - 1, -1, -1):
        if size >> height & 1:
            spans.append((height, start >> height))
            start += 1 << height
    return spans


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """List the leaf ranges whose roots prove a leaf, nearest first (RFC 6962, section 2.1.1). 0 <= index < size."""
    start, end, ranges = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(old: int, new: int) -> list[tuple[int, int]]:
    """List the leaf ranges whose roots prove that one tree grew from another (section 2.1.2). 0 < old <= new."""
    start, end, ranges, whole = 0, new, [], True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, whole = middle, False
    if not whole:
        ranges.append((start, end))
    return ranges[::-1]


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf is in a tree (RFC 9162, section 2.1.3.2).

    Raises:
        BadProof: It is not proven.
    """
    if not 0 <= index < size or any(len(item) != HASH_BYTES for item in (leaf, root, *proof)):
        raise BadProof("the proof's index, size or hashes are malformed")
    last = size - 1
    for sibling in proof:
        if last == 0:
            raise BadProof("the proof is too long")
        if index & 1 or index == last:
            leaf = node_hash(sibling, leaf)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = node_hash(leaf, sibling)
        index, last = index >> 1, last >> 1
    if last or leaf != root:
        raise BadProof("the leaf is not under this root")


def check_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Check that the tree of `new` leaves begins with the tree of `old` leaves (RFC 9162, section 2.1.4.2).

    Raises:
        BadProof: It is not proven.
    """
    if not 0 <= old <= new or any(len(item) != HASH_BYTES for item in (old_root, new_root, *proof)):
        raise BadProof("the proof's sizes or hashes are malformed")
    if old in (0, new):
        if proof or (old == new and old_root != new_root) or (old == 0 and old_root != EMPTY_ROOT):
            raise BadProof("the two roots contradict each other")
        return
    if _grown(old, new, proof, old_root) != (old_root, new_root):
        raise BadProof("the newer tree does not begin with the older one")


def _grown(old: int, new: int, proof: Sequence[bytes], old_root: bytes) -> tuple[bytes, bytes]:
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        raise BadProof("the proof is empty")
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise BadProof("the proof is too long")
        if node & 1 or node == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise BadProof("the proof is too short")
    return before, after


def _split(size: int) -> int:
    """Give the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
