import pytest

from gateway.pseudonyms.vault import SealBroken, Sealer

MASTER = b"a secret of the tests, 32 bytes or more"


def test_what_was_sealed_opens_and_shows_nothing() -> None:
    sealer = Sealer(MASTER)
    sealed = sealer.seal("acme", "resp_1", b"ann.lee@example.com")
    assert sealer.open("acme", "resp_1", sealed) == b"ann.lee@example.com"
    assert Sealer(MASTER).open("acme", "resp_1", sealed) == b"ann.lee@example.com"
    assert b"ann" not in sealed
    assert sealer.seal("acme", "resp_1", b"ann.lee@example.com") != sealed
    assert "secret" not in repr(sealer)


@pytest.mark.parametrize(
    ("master", "tenant", "name", "change"),
    [
        (MASTER + b"!", "acme", "resp_1", lambda sealed: sealed),
        (MASTER, "rival", "resp_1", lambda sealed: sealed),
        (MASTER, "acme", "resp_2", lambda sealed: sealed),
        (MASTER, "acmeresp", "_1", lambda sealed: sealed),
        (MASTER, "acme", "resp_1", lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (MASTER, "acme", "resp_1", lambda sealed: sealed[:20]),
        (MASTER, "acme", "resp_1", lambda _sealed: b""),
    ],
    ids=["another secret", "another tenant", "another name", "other borders", "one bit", "cut", "nothing"],
)
def test_nothing_else_opens(master: bytes, tenant: str, name: str, change: object) -> None:
    sealed = Sealer(MASTER).seal("acme", "resp_1", b"x" * 40)
    with pytest.raises(SealBroken):
        Sealer(master).open(tenant, name, change(sealed))  # type: ignore[operator]
