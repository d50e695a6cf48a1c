"""Whether to ask the same provider again, and when.

Only before the first byte of an answer, and only where the provider surely or very likely did nothing: no connection,
a connection that closed without a word, or a status that says so. A call that got no answer in time is not repeated:
the provider may have done, and billed, the work. It may still go on to the next candidate, since the app is waiting.

Statuses and advice are read as the vendors' own SDKs do, so that a gateway changes nothing for a provider.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from gateway.errors import UpstreamFault, UpstreamUnreachable
from gateway.upstream.ports import Answer
from gateway.upstream.target import Retries

Result = Answer | UpstreamFault
"""What one attempt came to."""

_BUSY: Final = frozenset({408, 409, 429})  # time-out, conflict of locks, too many requests
_SERVER_FAULT: Final = 500
_ADVICE: Final[Mapping[str, bool]] = {"true": True, "false": False}


def is_fault(result: Result) -> bool:
    """Tell whether another candidate might do better: there is no answer, or it is not about the request."""
    return isinstance(result, UpstreamFault) or result.status in _BUSY or result.status >= _SERVER_FAULT


def pause(result: Result, attempt: int, retries: Retries, chance: Callable[[], float]) -> float | None:
    """Give the seconds to wait before the next attempt at the same provider, None for no further attempt.

    `attempt` counts from 1. The wait is full jitter on top of what the provider asks for, see
    https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/.
    """
    if attempt >= retries.attempts or not _may_repeat(result):
        return None
    asked = 0.0 if isinstance(result, UpstreamFault) else _asked(result.headers)
    if asked > retries.cap_s:
        return None
    return asked + chance() * min(retries.cap_s, retries.base_s * 2.0 ** (attempt - 1))


def _may_repeat(result: Result) -> bool:
    if isinstance(result, UpstreamFault):
        return isinstance(result, UpstreamUnreachable)
    return _ADVICE.get(result.headers.get("x-should-retry", ""), is_fault(result))


def _asked(headers: Mapping[str, str]) -> float:
    """Give the seconds that a provider asks to wait for; 0 if it asks for none or can't be understood."""
    try:
        if "retry-after-ms" in headers:
            return max(float(headers["retry-after-ms"]) / 1000, 0.0)
        value = headers.get("retry-after", "0")
        return max(float(value) if value.strip()[:1].isdigit() else _until(value), 0.0)
    except ValueError:
        return 0.0


def _until(moment: str) -> float:
    return (parsedate_to_datetime(moment).astimezone(UTC) - datetime.now(UTC)).total_seconds()
