"""Headers cross the gateway only by name and shape."""

import pytest

from gateway.dialects.openai.api import OPENAI
from gateway.upstream.headers import to_client, to_upstream


def test_the_client_sends_only_what_the_provider_needs() -> None:
    client = [
        (b"authorization", b"Bearer ak_1"),
        (b"x-api-key", b"ak_1"),
        (b"cookie", b"a=b"),
        (b"x-forwarded-for", b"10.0.0.1"),
        (b"user-agent", b"me"),
        (b"content-length", b"12"),
        (b"openai-organization", b"org-1"),
        (b"openai-project", b"my ssn is 078-05-1121"),
        (b"idempotency-key", b"ann.lee@example.com"),
        (b"openai-beta", b"assistants=v2"),
    ]
    assert to_upstream(client, OPENAI) == {"openai-beta": "assistants=v2"}


@pytest.mark.parametrize("value", [b"ann.lee@example.com", b"assistants=v2, AKIAQYLPMN5HHHFPZAM2", b"", b"a=v1\n"])
def test_a_header_that_is_no_name_of_a_feature_stays_here(value: bytes) -> None:
    assert to_upstream([(b"openai-beta", value)], OPENAI) == {}


def test_the_provider_tells_only_what_a_client_acts_on() -> None:
    upstream = {
        "Content-Encoding": "gzip",
        "Content-Length": "12",
        "Connection": "close",
        "Transfer-Encoding": "chunked",
        "Set-Cookie": "a=b",
        "Server": "x",
        "OpenAI-Organization": "the-operators-account",
        "X-RateLimit-Note": "AKIAQYLPMN5HHHFPZAM2",
        "X-Request-Id": "r1",
        "Retry-After": "7",
        "X-RateLimit-Remaining-Tokens": "0",
        "X-RateLimit-Reset-Requests": "1s and ann.lee@example.com",
        "OpenAI-Processing-Ms": "12",
    }
    assert dict(to_client(upstream, OPENAI)) == {
        b"x-request-id": b"r1",
        b"retry-after": b"7",
        b"x-ratelimit-remaining-tokens": b"0",
        b"openai-processing-ms": b"12",
    }
