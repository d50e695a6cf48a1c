"""The circuit breaker, on a clock that only the test moves."""

import pytest

from detectors.breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(failures=3, pause_s=2.0, clock=clock)


def test_it_admits_until_failures_come_in_a_row(breaker):
    for _ in range(2):
        breaker.fail()
    breaker.succeed()
    for _ in range(2):
        breaker.fail()
    assert breaker.admits()
    breaker.fail()
    assert not breaker.admits()


def test_one_attempt_passes_every_pause(breaker, clock):
    for _ in range(3):
        breaker.fail()
    clock.now += 1.9
    assert not breaker.admits()
    clock.now += 0.1
    assert [breaker.admits() for _ in range(3)] == [True, False, False]
    clock.now += 2.0
    assert [breaker.admits() for _ in range(2)] == [True, False]


def test_success_closes_it(breaker, clock):
    for _ in range(3):
        breaker.fail()
    clock.now += 2.0
    assert breaker.admits()
    breaker.succeed()
    assert [breaker.admits() for _ in range(3)] == [True, True, True]


def test_a_failed_attempt_keeps_it_open(breaker, clock):
    for _ in range(3):
        breaker.fail()
    clock.now += 2.0
    assert breaker.admits()
    breaker.fail()
    clock.now += 1.0
    assert not breaker.admits()


def test_looking_whether_it_is_ready_takes_no_attempt(breaker, clock):
    assert breaker.is_ready
    for _ in range(3):
        breaker.fail()
    assert not breaker.is_ready
    clock.now += 2.0
    assert [breaker.is_ready, breaker.is_ready, breaker.admits(), breaker.is_ready] == [True, True, True, False]


def test_it_is_open_from_the_last_failure_until_a_success(breaker, clock):
    for _ in range(3):
        assert not breaker.is_open
        breaker.fail()
    clock.now += 2.0
    assert breaker.is_open
    assert breaker.admits()
    assert breaker.is_open
    breaker.succeed()
    assert not breaker.is_open
