"""Against the vectors that the Certificate Transparency implementations publish (the eight leaves of RFC 6962's Go,
C++ and Rust test suites)."""

from binascii import unhexlify as hexed
from itertools import pairwise

import pytest

from audit import merkle
from audit.errors import BadProof
from audit.merkle import Tree, check_consistency, check_inclusion, leaf_hash

LEAVES = [
    leaf_hash(hexed(entry))
    for entry in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    hexed(root)
    for root in (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
_A = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
_B = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
_C = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
_D = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
_E = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
_F = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
_G = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
_H = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
INCLUSION = [
    pytest.param(0, 1, [], id="the only leaf"),
    pytest.param(0, 8, [_F, _A, _G], id="first of eight"),
    pytest.param(5, 8, [_B, _C, _D], id="sixth of eight"),
    pytest.param(2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"], id="third of three"),
    pytest.param(1, 5, [_H, _A, _B], id="second of five"),
]
CONSISTENCY = [
    pytest.param(1, 1, [], id="one to one"),
    pytest.param(1, 8, [_F, _A, _G], id="one to eight"),
    pytest.param(6, 8, [_E, _C, _D], id="six to eight"),
    pytest.param(2, 5, [_A, _B], id="two to five"),
    pytest.param(6, 7, [_E, "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f", _D], id="six to seven"),
]


def test_the_growing_tree_has_the_published_roots() -> None:
    tree = Tree()
    for root, leaf in zip(ROOTS, [*LEAVES, b""], strict=True):
        assert tree.root() == root
        tree.append(leaf)


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_published_inclusion_proofs_hold(index: int, size: int, proof: list[str]) -> None:
    check_inclusion(LEAVES[index], index, size, list(map(hexed, proof)), ROOTS[size])


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_a_wrong_inclusion_proof_does_not_hold(index: int, size: int, proof: list[str]) -> None:
    good = list(map(hexed, proof))
    wrong = [
        (LEAVES[index], index + 1, size, good, ROOTS[size]),
        (LEAVES[index], index - 1, size, good, ROOTS[size]),
        (LEAVES[index], index ^ 2, size, good, ROOTS[size]),
        (LEAVES[index], index, size * 2, good, ROOTS[size]),
        (LEAVES[index], index, size // 2, good, ROOTS[size]),
        (LEAVES[(index + 1) % 8], index, size, good, ROOTS[size]),
        (LEAVES[index], index, size, good, merkle.EMPTY_ROOT),
        (LEAVES[index], index, size, [*good, ROOTS[size]], ROOTS[size]),
        (LEAVES[index], index, size, [ROOTS[size], *good], ROOTS[size]),
        (LEAVES[index], index, size, [*good, b""], ROOTS[size]),
        *((LEAVES[index], index, size, flipped, ROOTS[size]) for flipped in _each_flipped(good)),
    ]
    if good:
        wrong.append((LEAVES[index], index, size, good[:-1], ROOTS[size]))
    for arguments in wrong:
        with pytest.raises(BadProof):
            check_inclusion(*arguments)


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_published_consistency_proofs_hold(old: int, new: int, proof: list[str]) -> None:
    check_consistency(old, new, list(map(hexed, proof)), ROOTS[old], ROOTS[new])


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY[1:])
def test_a_wrong_consistency_proof_does_not_hold(old: int, new: int, proof: list[str]) -> None:
    good = list(map(hexed, proof))
    wrong = [
        (old + 1, new, good, ROOTS[old], ROOTS[new]),
        (old ^ 2, new, good, ROOTS[old], ROOTS[new]),
        (old, new * 2, good, ROOTS[old], ROOTS[new]),
        (old, new // 2, good, ROOTS[old], ROOTS[new]),
        (old, new, good, ROOTS[new], ROOTS[old]),
        (old, new, good, merkle.EMPTY_ROOT, ROOTS[new]),
        (old, new, [], ROOTS[old], ROOTS[new]),
        (old, new, good[:-1], ROOTS[old], ROOTS[new]),
        (old, new, [*good, ROOTS[old]], ROOTS[old], ROOTS[new]),
        (old, new, [good[0], *good], ROOTS[old], ROOTS[new]),
        *((old, new, flipped, ROOTS[old], ROOTS[new]) for flipped in _each_flipped(good)),
    ]
    for arguments in wrong:
        with pytest.raises(BadProof):
            check_consistency(*arguments)


@pytest.mark.parametrize(
    ("old", "new", "old_root", "new_root", "proof"),
    [
        pytest.param(0, 0, ROOTS[1], ROOTS[2], [], id="two roots for nothing"),
        pytest.param(1, 1, ROOTS[1], ROOTS[2], [], id="two roots for one leaf"),
        pytest.param(2, 1, ROOTS[2], ROOTS[1], [], id="back in time"),
        pytest.param(0, 1, ROOTS[3], ROOTS[1], [], id="nothing with a root of something"),
        pytest.param(1, 1, ROOTS[1], ROOTS[1], [ROOTS[1]], id="a proof where none is needed"),
    ],
)
def test_contradictions_are_not_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: list[bytes]
) -> None:
    with pytest.raises(BadProof):
        check_consistency(old, new, proof, old_root, new_root)


def test_a_tree_goes_on_from_its_peaks() -> None:
    whole, half = Tree(), Tree()
    for leaf in LEAVES[:5]:
        whole.append(leaf)
        half.append(leaf)
    rest = half.copy()
    for leaf in LEAVES[5:]:
        whole.append(leaf)
        rest.append(leaf)
    assert rest.root() == whole.root() == ROOTS[8]
    assert half.root() == ROOTS[5]


def test_a_tree_refuses_peaks_that_do_not_fit_its_size() -> None:
    with pytest.raises(BadProof):
        Tree(3, [LEAVES[0]])


def test_full_tiles_are_named_once_in_order() -> None:
    tree = Tree()
    for number in range(256 * 256 + 1):
        tree.append(LEAVES[number % 8])
    done = tree.take_completed()
    assert [node.number for node in done if node.level == 1] == list(range(256))
    assert [(node.level, node.number) for node in done if node.level != 1] == [(2, 0)]
    assert tree.take_completed() == []
    assert all(first.hash == second.hash for first, second in pairwise(done[:256]))


def _each_flipped(proof: list[bytes]) -> list[list[bytes]]:
    return [[*proof[:place], bytes([item[0] ^ 8]) + item[1:], *proof[place + 1 :]] for place, item in enumerate(proof)]
