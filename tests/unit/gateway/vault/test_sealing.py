from collections.abc import Callable

import pytest

from gateway.vault.masters import LocalMaster, Masters
from gateway.vault.sealing import DataKey, KeyUnusable, SealBroken, seal, unseal

KEY = b"k" * 32
MASTER = LocalMaster(b"a secret of the tests, 32 bytes or more")


def test_what_was_sealed_opens_and_shows_nothing() -> None:
    sealed = seal(KEY, b"ann.lee@example.com", b"acme", b"resp_1")
    assert unseal(KEY, sealed, b"acme", b"resp_1") == b"ann.lee@example.com"
    assert b"ann" not in sealed
    assert seal(KEY, b"ann.lee@example.com", b"acme", b"resp_1") != sealed
    assert "kkk" not in repr(DataKey("s-1", KEY))


@pytest.mark.parametrize(
    ("key", "bound", "change"),
    [
        (b"x" * 32, (b"acme", b"resp_1"), lambda sealed: sealed),
        (KEY, (b"rival", b"resp_1"), lambda sealed: sealed),
        (KEY, (b"acme", b"resp_2"), lambda sealed: sealed),
        (KEY, (b"acmeresp", b"_1"), lambda sealed: sealed),
        (KEY, (b"acme", b"resp_1"), lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (KEY, (b"acme", b"resp_1"), lambda sealed: sealed[:20]),
        (KEY, (b"acme", b"resp_1"), lambda _sealed: b""),
    ],
    ids=["another key", "another tenant", "another name", "other borders", "one bit", "cut", "nothing"],
)
def test_nothing_else_opens(key: bytes, bound: tuple[bytes, ...], change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(SealBroken):
        unseal(key, change(seal(KEY, b"x" * 40, b"acme", b"resp_1")), *bound)


def test_a_key_unwraps_under_its_own_master_for_its_own_use_only() -> None:
    wrapped = MASTER.wrap(KEY, "acme", "s-1")
    assert MASTER.unwrap(wrapped, "acme", "s-1") == KEY
    assert KEY not in wrapped
    other = LocalMaster(b"a secret of the tests, 32 bytes or more!")
    assert other.id != MASTER.id
    for master, tenant, key_id in ((other, "acme", "s-1"), (MASTER, "rival", "s-1"), (MASTER, "acme", "s-2")):
        with pytest.raises(KeyUnusable):
            master.unwrap(wrapped, tenant, key_id)


def test_former_masters_unwrap_and_unknown_ones_are_named() -> None:
    other = LocalMaster(b"another secret of the tests, 32 bytes")
    wrapped = MASTER.wrap(KEY, "acme", "s-1")
    assert Masters(other, [MASTER]).unwrap(MASTER.id, wrapped, "acme", "s-1") == KEY
    with pytest.raises(KeyUnusable, match=MASTER.id):
        Masters(other).unwrap(MASTER.id, wrapped, "acme", "s-1")
