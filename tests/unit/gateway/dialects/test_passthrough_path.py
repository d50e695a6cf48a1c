"""A path is forwarded only if every server would read it alike."""

import re

import pytest

from gateway.dialects.message import Inbound
from gateway.dialects.passthrough_path import where
from gateway.errors import BadRequest

PREFIX = re.compile("/v1")


def forwarded(path: str, *pairs: tuple[str, str]) -> str:
    return where(Inbound(b"", path=path, pairs=pairs), PREFIX).path


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/v1/files", "/files"),
        ("/v1/files/file-abc123/content", "/files/file-abc123/content"),
        ("/v1/models/gemini:run", "/models/gemini:run"),
        ("/v1/a%20b", "/a%20b"),
        ("/v1/%66iles", "/files"),
        ("/v1/gr%C3%BC%C3%9Fe", "/gr%C3%BC%C3%9Fe"),
        ("/v1/a%3Fb%23c", "/a%3Fb%23c"),
        ("/v1/...", "/..."),
        ("/other/x", "/other/x"),
    ],
)
def test_a_plain_path_is_written_in_one_way(path: str, sent: str) -> None:
    assert forwarded(path) == sent


@pytest.mark.parametrize(
    "path",
    [
        "/v1/../admin",
        "/v1/files/..",
        "/v1/./files",
        "/v1/%2e%2e/admin",
        "/v1/.%2E/admin",
        "/v1/files%2f..%2fadmin",
        "/v1/files%5C..",
        "/v1/a\\b",
        "/v1//evil.example/x",
        "/v1/http://evil.example",
        "/v1/files/",
        "/v1/",
        "/v1",
        "",
        "/v1/%00",
        "/v1/a%0d%0ahost:x",
        "/v1/%252e%252e",
        "/v1/%ff",
        "/v1" + "/a" * 33,
    ],
)
def test_a_path_that_could_be_read_in_two_ways_is_refused(path: str) -> None:
    with pytest.raises(BadRequest) as caught:
        forwarded(path)
    assert caught.value.code == "invalid_path"


def test_a_query_is_written_anew_with_all_its_pairs() -> None:
    sent = forwarded("/v1/files", ("include[]", "a b"), ("include[]", "c&d=e"), ("after", ""))
    assert sent == "/files?include%5B%5D=a+b&include%5B%5D=c%26d%3De&after="


def test_a_query_without_end_is_refused() -> None:
    with pytest.raises(BadRequest):
        forwarded("/v1/files", *[("a", "b")] * 65)
