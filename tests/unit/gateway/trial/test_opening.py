"""The configuration of a trial, its key, and the use cases to choose from."""

from pathlib import Path

import pytest

from gateway.secret_source import SettingsError
from gateway.trial.opening import KEY_FILE, own_key, read_source, use_cases_in


def test_without_a_configuration_it_says_that_what_is_shipped_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AIRLOCK_CONFIG", raising=False)
    source = read_source(None)
    assert (source.settings, source.file) == (None, "")
    assert "shipped" in source.notes[0]


def test_a_configuration_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be read"):
        read_source(tmp_path / "none.yaml")


def test_a_key_is_kept_for_its_user_alone_so_that_replies_can_follow(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    key = own_key(folder)
    assert own_key(folder) == key
    assert (folder / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_a_key_that_can_not_be_kept_is_a_new_one_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (None, tmp_path / "file" / "below"):
        assert own_key(folder) != own_key(folder)


USE_CASES = {
    "all of them": (b'{"use_cases": {"b": {}, "a": {}}, "tenants": {"t": {"use_cases": ["*"]}}}', ("a", "b")),
    "its own": (b'{"use_cases": {"b": {}, "a": {}}, "tenants": {"t": {"use_cases": ["b", "c"]}}}', ("b",)),
    "an unknown tenant's": (b'{"use_cases": {"a": {}}, "tenants": {}}', ()),
    "data of another layout": (b'{"customers": []}', ()),
    "no object at all": (b"[]", ()),
}


@pytest.mark.parametrize("name", USE_CASES)
def test_use_cases_of_a_tenant(name: str) -> None:
    data, use_cases = USE_CASES[name]
    assert use_cases_in(data, "t") == use_cases
