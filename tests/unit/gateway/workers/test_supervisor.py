"""Real processes that are kept: started in their order, started again when they die, ended in the opposite order."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gateway.workers import supervisor
from gateway.workers.keeper import CanNotStart, Keeper
from gateway.workers.role import Role
from gateway.workers.supervisor import Supervisor

PATIENCE_S = 30


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log"
    path.touch()
    return path


@pytest.fixture(autouse=True)
def nobody_left(log: Path) -> Iterator[None]:
    yield
    left = [pid for pid in pids(log) if is_alive(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == []


def role(log: Path, name: str, how: str = "lives") -> Role:
    return Role(name, "tests.small_process", f"{name} is told", (str(log), name, how))


def lines(log: Path, name: str = "") -> list[str]:
    return [line for line in log.read_text().splitlines() if line.startswith(name)]


def pids(log: Path, name: str = "") -> list[int]:
    return [int(line.split()[1]) for line in lines(log, name) if line.endswith("told")]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def at_once() -> None:
    pass


async def test_a_process_is_told_what_to_do_and_asked_to_end(log):
    kept = Keeper(role(log, "one"))
    running = asyncio.ensure_future(kept.run())
    await until(lambda: pids(log))
    assert lines(log) == [f"one {kept.pid} one is told"]
    kept.stop()
    await running
    assert lines(log)[1:] == ["one term", "one end"]
    assert kept.pid is None


async def test_one_that_is_killed_is_started_again_and_its_name_is_told(log, caplog):
    kept = Keeper(role(log, "one"), 0.01)
    running = asyncio.ensure_future(kept.run())
    for number in (1, 2, 3):
        await until(lambda number=number: len(pids(log)) == number)
        os.kill(pids(log)[-1], signal.SIGKILL)
    await until(lambda: len(pids(log)) == 4)
    kept.stop()
    await running
    assert caplog.text.count("one has ended by signal 9") == 3
    assert len(set(pids(log))) == 4


async def test_one_that_keeps_dying_is_started_more_and_more_seldom(log, caplog):
    kept = Keeper(role(log, "one", "dies3"), 0.02)
    running = asyncio.ensure_future(kept.run())
    await until(lambda: kept.starts == 4)
    kept.stop()
    await running
    told = [record.getMessage() for record in caplog.records]
    assert told[:3] == [f"one has ended with code 3; it is started again in {pause} s." for pause in (0.02, 0.04, 0.08)]


async def test_one_that_can_not_work_with_what_it_is_told_ends_it(log):
    with pytest.raises(CanNotStart, match="one"):
        await Keeper(role(log, "one", "dies2")).run()
    assert len(pids(log)) == 1


async def test_a_stop_while_one_waits_to_be_started_again_takes_no_time(log):
    kept = Keeper(role(log, "one", "dies3"), 60)
    running = asyncio.ensure_future(kept.run())
    await until(lambda: kept.starts == 1 and kept.pid is None)
    kept.stop()
    await asyncio.wait_for(running, 5)


async def test_the_first_starts_before_the_others_and_ends_after_them(log):
    ready = asyncio.Event()
    kept = Supervisor(role(log, "first"), [role(log, "a"), role(log, "b")], 5, ready.wait)
    running = asyncio.ensure_future(kept.run())
    await until(lambda: pids(log, "first"))
    await asyncio.sleep(0.3)
    assert pids(log) == pids(log, "first")
    ready.set()
    await until(lambda: pids(log, "a") and pids(log, "b"))
    os.kill(os.getpid(), signal.SIGTERM)
    await running
    ends = [line for line in lines(log) if line.endswith(("end", "term"))]
    assert sorted(ends[:4]) == ["a end", "a term", "b end", "b term"]
    assert ends[4:] == ["first term", "first end"]


async def test_without_a_first_one_the_others_run(log):
    kept = Supervisor(None, [role(log, "a")], 5, at_once)
    running = asyncio.ensure_future(kept.run())
    await until(lambda: pids(log, "a"))
    os.kill(os.getpid(), signal.SIGINT)
    await running


@pytest.mark.parametrize(("first", "other"), [("dies2", "lives"), ("lives", "dies2")])
async def test_one_that_can_not_start_takes_all_along(log, first, other):
    kept = Supervisor(role(log, "first", first), [role(log, "a", other), role(log, "b")], 5, at_once)
    with pytest.raises(CanNotStart):
        await kept.run()


async def test_a_signal_before_the_first_is_ready_ends_it(log):
    kept = Supervisor(role(log, "first"), [role(log, "a")], 5, asyncio.Event().wait)
    running = asyncio.ensure_future(kept.run())
    await until(lambda: pids(log, "first"))
    os.kill(os.getpid(), signal.SIGTERM)
    await running
    assert pids(log, "a") == []


async def test_one_that_does_not_end_is_killed_in_the_end(log, monkeypatch, caplog):
    monkeypatch.setattr(supervisor, "GRACE_S", 0.2)
    kept = Supervisor(None, [role(log, "a", "stubborn"), role(log, "b")], 0.1, at_once)
    running = asyncio.ensure_future(kept.run())
    await until(lambda: len(pids(log)) == 2)
    os.kill(os.getpid(), signal.SIGTERM)
    await running
    assert lines(log, "a")[-1] == "a term"
    assert lines(log, "b")[-1] == "b end"
    assert "a did not end in time" in caplog.text


async def test_a_second_signal_kills(log):
    kept = Supervisor(None, [role(log, "a", "stubborn")], 60, at_once)
    running = asyncio.ensure_future(kept.run())
    await until(lambda: pids(log))
    os.kill(os.getpid(), signal.SIGTERM)
    await until(lambda: lines(log)[-1] == "a term")
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(running, PATIENCE_S)


def test_when_the_keeper_is_killed_its_processes_end(log):
    program = (
        "import asyncio, sys; from gateway.workers.role import Role; from gateway.workers.keeper import Keeper\n"
        "asyncio.run(Keeper(Role('one', 'tests.small_process', 'one is told', (sys.argv[1], 'one', 'lives'))).run())"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(log)]) as parent:
        deadline = time.monotonic() + PATIENCE_S
        while not pids(log):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        parent.kill()
    while lines(log)[-1] != "one end" or is_alive(pids(log)[0]):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert lines(log)[1:] == ["one abandoned", "one end"]
