"""A process that has all loaded forks for each piece of work; whatever becomes of a fork, the next finds no trace."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from detectors.isolation.warm import Warm
from tests.pace import within

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
MODULE = "piece_of_work"


@pytest.fixture
def warm() -> Iterator[Warm]:
    one = Warm(MODULE, 30)
    yield one
    one.close()


def times_started(home: Path) -> int:
    return len((home / "started").read_text())


def processes(warm: Warm) -> tuple[int, int]:
    fork, server = (warm.answer(b"", "process") or b"").split()
    return int(fork), int(server)


def is_alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2]
    except FileNotFoundError:
        return False


def forks(server: int) -> list[str]:
    return Path(f"/proc/{server}/task/{server}/children").read_text().split()


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_it_loads_once_and_forks_for_each(warm: Warm, home: Path) -> None:
    assert warm.answer(b"abc", "echo") == b"cba"
    (first, server), (second, same) = processes(warm), processes(warm)
    assert first != second
    assert server == same
    assert times_started(home) == 1


@pytest.mark.parametrize("size", [0, 1, 5_000_000])
def test_any_size_goes_and_comes(warm: Warm, size: int) -> None:
    assert warm.answer(b"x" * size, "echo") == b"x" * size


def test_arguments_are_any_texts(warm: Warm) -> None:
    assert warm.answer(b"", "arguments", 'a "b"', "ü\n", "") == 'a "b"|ü\n|'.encode()


def test_nothing_of_a_piece_is_there_for_the_next(warm: Warm) -> None:
    assert [warm.answer(b"a picture", "remember") for _ in range(3)] == [b"1"] * 3


def test_a_fork_has_its_own_connection_alone(warm: Warm) -> None:
    _, server = processes(warm)
    with ThreadPoolExecutor(1) as pool:
        sleeping = pool.submit(warm.answer, b"", "sleep")
        until(lambda: bool(forks(server)))
        assert len((warm.answer(b"", "open") or b"").split()) == 1
        warm.close()
        assert sleeping.result() is None


def test_it_is_told_no_secret_of_the_operators(monkeypatch: pytest.MonkeyPatch, warm: Warm) -> None:
    monkeypatch.setenv("AIRLOCK_SECRET", "a secret of the operator's")
    told = (warm.answer(b"", "told") or b"").decode().split()
    assert "PATH" in told
    assert "AIRLOCK_SECRET" not in told


@pytest.mark.parametrize("way", ["raise", "grow", "die", "half", "huge"])
def test_a_fork_that_fails_has_no_answer_and_does_no_harm(warm: Warm, home: Path, way: str) -> None:
    assert warm.answer(b"abc", "echo") == b"cba"
    assert warm.answer(b"", way) is None
    assert warm.answer(b"abc", "echo") == b"cba"
    assert times_started(home) == 1


@pytest.mark.parametrize("way", ["sleep", "spin"])
def test_one_that_takes_too_long_is_ended(way: str) -> None:
    warm = Warm(MODULE, 8)
    _, server = processes(warm)
    begun = time.monotonic()
    assert warm.answer(b"", way) is None
    assert time.monotonic() - begun < within(25)
    until(lambda: not is_alive(server) or not forks(server))
    warm.close()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_process_that_is_gone_or_stuck_is_replaced(home: Path, how: signal.Signals) -> None:
    warm = Warm(MODULE, 8)
    _, server = processes(warm)
    os.kill(server, how)
    answers = [warm.answer(b"abc", "echo") for _ in range(2)]
    assert answers[-1] == b"cba"
    assert times_started(home) == 2
    assert not is_alive(server)
    warm.close()


def test_a_fork_whose_process_was_killed_is_given_up(warm: Warm) -> None:
    _, server = processes(warm)
    with ThreadPoolExecutor(1) as pool:
        lost = pool.submit(warm.answer, b"", "orphan")
        until(lambda: not is_alive(server))
        assert warm.answer(b"abc", "echo") == b"cba"
        assert lost.result() is None


def test_rest_lets_all_go_until_there_is_work(warm: Warm, home: Path) -> None:
    _, server = processes(warm)
    warm.rest()
    assert not is_alive(server)
    assert warm.answer(b"abc", "echo") == b"cba"
    assert times_started(home) == 2


def test_closed_meanwhile(warm: Warm) -> None:
    _, server = processes(warm)
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(warm.answer, b"", "sleep")
        until(lambda: bool(forks(server)))
        fork = int(forks(server)[0])
        warm.close()
        assert under_way.result() is None
    assert warm.answer(b"abc", "echo") is None
    assert not is_alive(server)
    until(lambda: not is_alive(fork))


def test_a_module_that_does_not_load_has_no_answers() -> None:
    warm = Warm("no_such_module", 2)
    assert warm.answer(b"abc", "echo") is None
    warm.close()
