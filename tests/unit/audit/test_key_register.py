import re
from pathlib import Path

import pytest

from audit import key_register
from audit.errors import NotFound, RecordRefused, StoreUnreadable
from audit.key_register import create, list_keys, lookup, revoke
from audit.reading import Filter, list_records
from audit.record import now_ms


def test_a_secret_has_256_bits_and_is_stored_nowhere(url: str, path: Path) -> None:
    secret, key = create(url, tenant="acme", use_case="support")
    shape = re.fullmatch(r"ak_([a-z0-9]{10})_([A-Za-z0-9_-]{43})", secret)
    assert shape is not None
    assert shape[1] == key.handle
    stored = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert key.handle.encode() in stored
    assert shape[2].encode() not in stored


def test_a_key_s_life_is_in_the_log_and_its_label_is_not(url: str) -> None:
    _, key = create(url, tenant="acme", use_case="support", roles=["app"], label="Anna's laptop")
    assert revoke(url, key.handle) is True
    assert revoke(url, key.handle) is False
    revoked, created = list_records(url, Filter(tenant="acme"))
    assert (created.type, created.body) == (
        "key.created",
        {"handle": key.handle, "roles": ["app"], "expires_ms": None},
    )
    assert (revoked.type, revoked.body) == ("key.revoked", {"handle": key.handle})


def test_the_list_shows_every_key_without_its_secret(url: str) -> None:
    keys = [create(url, tenant="acme", use_case=name, label=name)[1] for name in ("one", "two")]
    revoke(url, keys[0].handle)
    listed = {key.use_case: key for key in list_keys(url)}
    assert {name: key.handle for name, key in listed.items()} == {"one": keys[0].handle, "two": keys[1].handle}
    assert listed["one"].revoked_ms is not None
    assert listed["two"].revoked_ms is None
    assert "digest" not in key_register.RegisteredKey.__slots__


@pytest.mark.parametrize("state", ["valid", "revoked", "expired"])
def test_only_a_valid_key_is_found(url: str, state: str) -> None:
    secret, key = create(url, tenant="a", use_case="b", expires_ms=now_ms() - 1 if state == "expired" else None)
    if state == "revoked":
        revoke(url, key.handle)
    assert lookup(url, secret) == (key if state == "valid" else None)
    assert lookup(url, secret[:-1] + ("A" if secret[-1] != "A" else "B")) is None
    assert lookup(url, "nonsense") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"tenant": ""},
        {"use_case": "a\nb"},
        {"roles": [""]},
        {"roles": ["a\tb"]},
        {"label": "x" * 201},
        {"label": "\x1b"},
    ],
)
def test_names_that_can_t_be_recorded_make_no_key(url: str, wrong: dict[str, object]) -> None:
    create(url, tenant="acme", use_case="support")
    with pytest.raises(RecordRefused):
        create(url, **{"tenant": "acme", "use_case": "support", **wrong})
    assert len(list_keys(url)) == 1


def test_an_unknown_handle_is_said(url: str) -> None:
    with pytest.raises(StoreUnreadable):
        list_keys(url)
    with pytest.raises(NotFound, match="no key nothing"):
        revoke(url, "nothing")
