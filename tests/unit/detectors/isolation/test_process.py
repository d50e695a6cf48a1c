"""A piece of work has a process of its own; whatever becomes of that, the answer is there in time or there is none."""

import sys
import time
from pathlib import Path

import pytest

from detectors.isolation.process import answer_of

WORK = """
import sys, time
from detectors.isolation.limits import limit
limit(2**30, 20)
if sys.argv[1] == "told":
    import os
    sys.stdout.write(" ".join(os.environ))
elif sys.argv[1] == "echo":
    sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])
elif sys.argv[1] == "sleep":
    time.sleep(60)
elif sys.argv[1] == "grow":
    bytes(2**31)
else:
    raise SystemExit(3)
"""


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "piece_of_work.py").write_text(WORK)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path.cwd()}")


def test_it_answers() -> None:
    assert answer_of(30, b"abc", "piece_of_work", "echo") == b"cba"


@pytest.mark.parametrize(
    "way", ["fail", pytest.param("grow", marks=pytest.mark.skipif(sys.platform != "linux", reason="no such limit"))]
)
def test_one_that_dies_has_no_answer(way: str) -> None:
    assert answer_of(30, b"", "piece_of_work", way) is None


def test_nobody_waits_longer_than_agreed() -> None:
    begun = time.monotonic()
    assert answer_of(0.5, b"", "piece_of_work", "sleep") is None
    assert time.monotonic() - begun < 20


def test_it_is_told_no_secret_of_the_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRLOCK_SECRET", "a secret of the operator's")
    told = (answer_of(30, b"", "piece_of_work", "told") or b"").decode().split()
    assert "PATH" in told
    assert "AIRLOCK_SECRET" not in told
