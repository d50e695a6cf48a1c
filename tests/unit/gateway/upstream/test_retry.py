"""Whether the same provider is asked again, and after how long."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from gateway.errors import UpstreamFault, UpstreamInvalid, UpstreamTimeout, UpstreamUnreachable
from gateway.upstream.retry import is_fault, pause
from gateway.upstream.target import Retries
from tests.answers import Told

RETRIES = Retries(attempts=3, base_s=1.0, cap_s=4.0)


def told(status: int, **headers: str) -> Told:
    return Told(status, {name.replace("_", "-"): value for name, value in headers.items()})


RESULTS = {
    "no connection": (UpstreamUnreachable(""), True, True),
    "no answer in time: it may have been billed": (UpstreamTimeout(""), True, False),
    "something that is not HTTP": (UpstreamInvalid(""), True, False),
    "the gateway's key is refused": (UpstreamFault("", code="upstream.refused"), True, False),
    "success": (told(200), False, False),
    "a bad request": (told(400), False, False),
    "an unknown model": (told(404), False, False),
    "a time-out of the provider's own": (told(408), True, True),
    "a conflict": (told(409), True, True),
    "a request it can't process": (told(422), False, False),
    "too many requests": (told(429), True, True),
    "a fault": (told(500), True, True),
    "overloaded": (told(529), True, True),
    "a fault that trying again can't mend": (told(500, x_should_retry="false"), True, False),
    "a bad request that trying again may mend": (told(400, x_should_retry="true"), False, True),
    "too many requests for an hour": (told(429, retry_after="3600"), True, False),
}


@pytest.mark.parametrize(("result", "goes_on", "repeats"), RESULTS.values(), ids=RESULTS)
def test_what_an_attempt_came_to_decides(result: UpstreamFault | Told, goes_on: bool, repeats: bool) -> None:
    assert is_fault(result) == goes_on
    assert (pause(result, 1, RETRIES, lambda: 0.5) is not None) == repeats


@pytest.mark.parametrize(("attempt", "longest"), [(1, 1.0), (2, 2.0), (3, None)])
def test_waits_are_chance_up_to_twice_as_much_each_time(attempt: int, longest: float | None) -> None:
    assert pause(told(500), attempt, RETRIES, lambda: 1.0) == longest
    assert pause(told(500), attempt, RETRIES, lambda: 0.0) == (None if longest is None else 0.0)


def test_no_wait_is_longer_than_the_cap() -> None:
    assert pause(told(500), 9, Retries(attempts=10, base_s=1, cap_s=4), lambda: 1.0) == 4


def test_one_attempt_is_no_retry() -> None:
    assert pause(told(500), 1, Retries(attempts=1), lambda: 0.5) is None


ADVICE: dict[str, tuple[Mapping[str, str], float]] = {
    "seconds": ({"retry-after": "2"}, 2.0),
    "milliseconds count before seconds": ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
    "nonsense": ({"retry-after": "soon"}, 0.0),
    "a moment that has passed": ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
    "less than nothing": ({"retry-after-ms": "-5"}, 0.0),
}


@pytest.mark.parametrize(("headers", "seconds"), ADVICE.values(), ids=ADVICE)
def test_a_provider_that_asks_to_wait_is_heard(headers: Mapping[str, str], seconds: float) -> None:
    assert pause(Told(429, headers), 1, RETRIES, lambda: 0.0) == seconds
    assert pause(Told(429, headers), 1, RETRIES, lambda: 1.0) == seconds + 1.0


def test_a_moment_to_come_is_waited_for() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=3), usegmt=True)
    assert 1.5 < (pause(told(429, retry_after=moment), 1, RETRIES, lambda: 0.0) or 0) <= 3
