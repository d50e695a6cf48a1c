"""Who is answered by the page."""

import pytest

from gateway.trial.page import is_local

CALLS: dict[tuple[str, str | None], bool] = {
    ("127.0.0.1:8792", None): True,
    ("localhost:8792", "http://localhost:8792"): True,
    ("[::1]:8792", "http://[::1]:8792"): True,
    ("localhost", None): True,
    ("127.0.0.1:8792", "http://localhost:8792"): False,
    ("127.0.0.1:8792", "http://127.0.0.1:9999"): False,
    ("127.0.0.1:8792", "https://evil.example"): False,
    ("127.0.0.1:8792", "null"): False,
    ("evil.example", None): False,
    ("evil.example:8792", "http://evil.example:8792"): False,
    ("127.0.0.1.evil.example:80", None): False,
    ("", None): False,
}


@pytest.mark.parametrize(("host", "origin"), CALLS)
def test_only_a_page_of_this_very_address_on_this_machine(host: str, origin: str | None) -> None:
    assert is_local(host, origin) is CALLS[host, origin]
