"""How a stream's documents stand on the wire."""

import json

import pytest

from gateway.dialects.gemini.framing import Events, GrowingList, framing_of
from gateway.dialects.sse import SseParser
from gateway.errors import BadRequest

SOURCE = SseParser().feed(b'data: {"a": 1}\r\n\r\n')[0]


def test_events() -> None:
    framing = Events()
    assert framing.content_type.startswith("text/event-stream")
    assert framing.as_came(SOURCE) == b'data: {"a": 1}\r\n\r\n'
    assert framing.changed(SOURCE, b"{}") == b"data: {}\r\n\r\n"
    assert framing.own(b"{}") == b"data: {}\r\n\r\n"
    assert framing.end() == b""


def test_a_list() -> None:
    framing = GrowingList()
    assert framing.content_type == "application/json"
    raw = framing.as_came(SOURCE) + framing.changed(SOURCE, b"{}") + framing.own(b'{"error": 1}') + framing.end()
    assert raw == b'[{"a": 1}\n,\r\n{}\n,\r\n{"error": 1}\n]\n'
    assert json.loads(raw) == [{"a": 1}, {}, {"error": 1}]


def test_an_empty_list_is_a_list() -> None:
    assert json.loads(GrowingList().end()) == []


LISTS: list[dict[str, str]] = [{}, {"alt": "json"}, {"$alt": "json;enum-encoding=int"}, {"alt": ""}]


@pytest.mark.parametrize("query", LISTS)
def test_a_list_is_the_apis_own_choice(query: dict[str, str]) -> None:
    assert isinstance(framing_of(query), GrowingList)


def test_the_client_may_ask_for_events_or_for_nothing_else() -> None:
    assert isinstance(framing_of({"alt": "sse"}), Events)
    assert isinstance(framing_of({"$alt": "sse"}), Events)
    with pytest.raises(BadRequest):
        framing_of({"alt": "media"})
