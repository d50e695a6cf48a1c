import pytest

from audit import merkle, tiles
from audit.errors import BadProof, LogDamaged
from audit.merkle import Tree, leaf_hash


class Stored:
    """Hashes as the database keeps them; counts what is read."""

    def __init__(self, size: int) -> None:
        self.roots: list[bytes] = [merkle.EMPTY_ROOT]
        self.levels: dict[int, list[bytes]] = {0: []}
        self.read = 0
        tree = Tree()
        for number in range(size):
            leaf = leaf_hash(number.to_bytes(8))
            self.levels[0].append(leaf)
            tree.append(leaf)
            self.roots.append(tree.root())
        for node in tree.take_completed():
            self.levels.setdefault(node.level, []).append(node.hash)

    def hashes(self, level: int, start: int, count: int) -> list[bytes]:
        found = self.levels.get(level, [])[start : start + count]
        self.read += len(found)
        return found


@pytest.fixture(scope="module")
def stored() -> Stored:
    return Stored(70_000)


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 511, 65_535, 65_536, 65_537, 70_000])
def test_every_leaf_that_matters_is_proven(stored: Stored, size: int) -> None:
    for index in {0, size // 3, size // 2, size - 1}:
        proof = tiles.prove_inclusion(stored, index, size)
        merkle.check_inclusion(stored.levels[0][index], index, size, proof, stored.roots[size])


@pytest.mark.parametrize(
    ("old", "new"), [(1, 2), (3, 7), (255, 257), (256, 512), (300, 65_536), (65_536, 65_537), (69_999, 70_000), (5, 5)]
)
def test_growth_is_proven(stored: Stored, old: int, new: int) -> None:
    proof = tiles.prove_consistency(stored, old, new)
    merkle.check_consistency(old, new, proof, stored.roots[old], stored.roots[new])


def test_a_proof_reads_a_few_tiles_not_the_log(stored: Stored) -> None:
    stored.read = 0
    tiles.prove_inclusion(stored, 12_345, 70_000)
    assert stored.read <= 3 * 256


@pytest.mark.parametrize("size", [0, 1, 255, 256, 65_537, 70_000])
def test_the_growing_tree_is_restored(stored: Stored, size: int) -> None:
    assert tiles.load(stored, size).root() == stored.roots[size]


def test_missing_hashes_are_damage() -> None:
    broken = Stored(600)
    del broken.levels[1][1]
    with pytest.raises(LogDamaged):
        tiles.load(broken, 600)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_there_is_no_proof_of_what_is_not_there(stored: Stored, index: int, size: int) -> None:
    with pytest.raises(BadProof):
        tiles.prove_inclusion(stored, index, size)
