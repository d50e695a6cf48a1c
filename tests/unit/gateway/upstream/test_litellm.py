"""Providers through the library: what holds without one."""

import sys

import pytest

from gateway.secret_source import SettingsError
from gateway.upstream.litellm import LibraryClient


async def test_a_library_that_is_not_installed_is_told_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "litellm", None)
    with pytest.raises(SettingsError, match=r"pip install 'airlock-gateway\[providers\]'"):
        await LibraryClient.start()
