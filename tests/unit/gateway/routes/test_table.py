"""Which endpoint answers which path."""

from collections.abc import Mapping

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.routes.table import Table


def endpoint() -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("a table finds endpoints and calls none")

    return answer


EXACT, NAMED, WORDED = endpoint(), endpoint(), endpoint()
TABLE = Table()
TABLE.add("POST", "/v1/chat", EXACT)
TABLE.add("POST", "/v1/models/{model}:say", NAMED)
TABLE.add("POST", "/{version:v1|v1beta}/{model}:{method:count|embed}", WORDED)

FOUND: dict[str, tuple[ASGIApp | None, Mapping[str, str]]] = {
    "/v1/chat": (EXACT, {}),
    "/v1/models/a.b:say": (NAMED, {"model": "a.b"}),
    "/v1/models/a:b:say": (NAMED, {"model": "a:b"}),
    "/v1beta/m:count": (WORDED, {"version": "v1beta", "model": "m", "method": "count"}),
    "/v1/m:embed": (WORDED, {"version": "v1", "model": "m", "method": "embed"}),
    "/v2/m:embed": (None, {}),
    "/v1/m:counts": (None, {}),
    "/v1/m/n:count": (None, {}),
    "/v1/:count": (None, {}),
    "/v1/chat/": (None, {}),
}


@pytest.mark.parametrize("path", FOUND)
def test_a_path_finds_its_endpoint(path: str) -> None:
    expected, params = FOUND[path]
    assert TABLE.find("POST", path) == (None if expected is None else (expected, params))
    assert TABLE.find("GET", path) is None


def test_what_no_template_matches_is_found_below_its_prefix_for_these_methods_alone() -> None:
    table, below, inner = Table(), endpoint(), endpoint()
    table.add("POST", "/v1/chat", EXACT)
    table.add_below({"GET"}, "/v1/inner/", inner)
    table.add_below({"GET", "POST"}, "/v1/", below)
    assert table.find("POST", "/v1/chat") == (EXACT, {})
    assert table.find("GET", "/v1/chat") == (below, {})
    assert table.find("GET", "/v1/inner/x/y") == (inner, {})
    assert table.find("POST", "/v1/inner/x/y") == (below, {})
    assert table.find("HEAD", "/v1/chat") is None
    assert table.find("GET", "/v2/chat") is None
