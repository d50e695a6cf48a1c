import itertools
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest

from tests.bench import cpu, turns
from tests.bench.turns_table import Ends, Turn, as_markdown


def test_a_chat_brings_its_history_and_something_new_each_time():
    bodies = [orjson.loads(body)["messages"] for body in turns.chat(3)]
    assert [len(messages) for messages in bodies] == list(range(1, 2 * turns.TURNS, 2))
    for before, after in itertools.pairwise(bodies):
        assert after[: len(before)] == before
    said = [
        messages[-1]["content"]
        for number in (1, 2)
        for messages in (orjson.loads(b)["messages"] for b in turns.chat(number))
    ]
    assert len(set(said)) == 2 * turns.TURNS


def ends(first: float, last: float) -> Ends:
    return Ends([Turn(first, 1.0), Turn(first, 2.0), Turn(9.0, 3.0)], [Turn(last, 4.0)])


def test_the_ends_are_medians_by_each_measure():
    assert ends(2.0, 3.0).medians(0) == (2.0, 3.0)
    assert ends(2.0, 3.0).medians(1) == (2.0, 4.0)


def test_the_table_says_what_was_missed():
    figures = {"forwarder": ends(1.0, 3.0), "airlock": ends(2.0, 2.6), "airlock-encoder": ends(2.0, 2.7)}
    table = as_markdown(figures, "2 chats", 3)
    assert "| airlock | 2.00 | 2.60 | 1.30 | 2.00 | 4.00 | 2.00 |" in table
    assert "held: airlock, at most 1.3 times" in table
    assert "MISSED: airlock-encoder" in table
    assert "MISSED: forwarder" not in table


def test_the_processor_time_of_a_process_is_that_of_all_its_threads():
    before = cpu.seconds(os.getpid())
    until = time.process_time() + 0.05
    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(lambda _: _busy(until), range(2)))
    assert cpu.seconds(os.getpid()) - before >= 0.05


def test_a_process_that_is_gone_has_no_clock():
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    with pytest.raises(OSError, match="process"):
        cpu.seconds(gone.pid)


def _busy(until: float) -> bool:
    while time.process_time() < until:
        pass
    return True
