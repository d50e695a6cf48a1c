import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audit import merkle, tiles
from audit.errors import BadProof
from audit.merkle import Tree, check_consistency, check_inclusion, leaf_hash

SIZE = 700
LEAVES = [leaf_hash(number.to_bytes(4)) for number in range(SIZE)]
SIZES = st.integers(1, SIZE)


class Stored:
    def __init__(self) -> None:
        tree = Tree()
        for leaf in LEAVES:
            tree.append(leaf)
        self.levels = {0: LEAVES, 1: [node.hash for node in tree.take_completed() if node.level == 1]}

    def hashes(self, level: int, start: int, count: int) -> list[bytes]:
        return self.levels[level][start : start + count]


STORED = Stored()


def root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is written there."""
    if len(leaves) < 2:
        return leaves[0] if leaves else merkle.EMPTY_ROOT
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(root(leaves[:split]), root(leaves[split:]))


@given(SIZES)
def test_the_growing_tree_agrees_with_the_definition(size: int) -> None:
    tree = Tree()
    for leaf in LEAVES[:size]:
        tree.append(leaf)
    assert tree.root() == root(LEAVES[:size]) == tiles.load(STORED, size).root()


@given(SIZES, st.data())
def test_every_leaf_is_proven_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = tiles.prove_inclusion(STORED, index, size)
    check_inclusion(LEAVES[index], index, size, proof, root(LEAVES[:size]))
    other = data.draw(st.integers(0, size - 1))
    assume(other != index)
    with pytest.raises(BadProof):
        check_inclusion(LEAVES[other], index, size, proof, root(LEAVES[:size]))


@given(SIZES, SIZES)
def test_growth_is_proven_and_a_fork_is_not(one: int, two: int) -> None:
    old, new = sorted((one, two))
    proof = tiles.prove_consistency(STORED, old, new)
    check_consistency(old, new, proof, root(LEAVES[:old]), root(LEAVES[:new]))
    forked = root([leaf_hash(b"forged"), *LEAVES[1:old]])
    with pytest.raises(BadProof):
        check_consistency(old, new, proof, forked, root(LEAVES[:new]))
