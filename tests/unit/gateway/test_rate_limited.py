"""A call over a limit: what SDKs are told, and how each vendor's own clients see the quota."""

import pytest

from gateway.dialects.anthropic.api import ANTHROPIC
from gateway.dialects.api import Allowance, Api
from gateway.dialects.gemini.api import GEMINI
from gateway.dialects.openai.api import OPENAI
from gateway.errors import RateLimited

ADVICE = {  # how long to wait: seconds told, whether an SDK may try again by itself
    0: ("0", "true"),
    1: ("1", "true"),
    1_000: ("1", "true"),
    1_001: ("2", "true"),
    60_000: ("60", "true"),
    60_001: ("61", "false"),
    40_000_000: ("40000", "false"),
}


@pytest.mark.parametrize(("wait_ms", "told"), ADVICE.items())
def test_what_an_sdk_is_told(wait_ms: int, told: tuple[str, str]) -> None:
    advice = RateLimited("no", code="limit.tokens", wait_ms=wait_ms).advice
    assert (advice["retry-after"], advice["x-should-retry"]) == told
    assert advice["retry-after-ms"] == str(wait_ms)


def test_nobody_waits_for_what_never_comes() -> None:
    assert RateLimited("no", code="limit.tokens", wait_ms=None).advice == {"x-should-retry": "false"}


ALLOWANCES = (
    Allowance("requests", 60, 59, 59_100, 1_767_268_859_100),
    Allowance("tokens", 1000, 0, 43_200_000, 1_767_312_000_000),
)
HEADERS: dict[str, tuple[Api, dict[str, str]]] = {
    "openai": (
        OPENAI,
        {
            "x-ratelimit-limit-requests": "60",
            "x-ratelimit-remaining-requests": "59",
            "x-ratelimit-reset-requests": "1m0s",
            "x-ratelimit-limit-tokens": "1000",
            "x-ratelimit-remaining-tokens": "0",
            "x-ratelimit-reset-tokens": "12h0m0s",
        },
    ),
    "anthropic": (
        ANTHROPIC,
        {
            "anthropic-ratelimit-requests-limit": "60",
            "anthropic-ratelimit-requests-remaining": "59",
            "anthropic-ratelimit-requests-reset": "2026-01-01T12:01:00Z",
            "anthropic-ratelimit-tokens-limit": "1000",
            "anthropic-ratelimit-tokens-remaining": "0",
            "anthropic-ratelimit-tokens-reset": "2026-01-02T00:00:00Z",
        },
    ),
    "gemini": (GEMINI, {}),
}


@pytest.mark.parametrize(("api", "headers"), HEADERS.values(), ids=HEADERS)
def test_how_a_vendors_own_clients_see_the_quota(api: Api, headers: dict[str, str]) -> None:
    assert api.allowance_headers(ALLOWANCES) == headers
    assert all("ratelimit" in name for name in headers)


def test_short_times_are_told_in_milliseconds() -> None:
    told = OPENAI.allowance_headers([Allowance("requests", 1, 1, 20, 0)])
    assert told["x-ratelimit-reset-requests"] == "20ms"
