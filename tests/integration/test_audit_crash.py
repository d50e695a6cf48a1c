"""kill -9 in the middle of everything: what was promised is there, and the log verifies."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audit.checkpoint import create_signer
from audit.source import open_source
from tests.unit.audit.logbook import check, sequence

pytestmark = pytest.mark.integration
WRITER = """
import asyncio, sys
from pathlib import Path
from audit.checkpoint import load_signer
from audit.ledger import Ledger
from tests.unit.audit.logbook import closed, opened

async def call(book):
    while True:
        await book.append(one := opened())
        print(one.id, flush=True)
        book.enqueue(closed(one))

async def main():
    book = await Ledger.start(sys.argv[1], load_signer(Path(sys.argv[2])), interval_s=0.02)
    await asyncio.gather(*(call(book) for _ in range(8)))

asyncio.run(main())
"""


@pytest.mark.parametrize("after_s", [0.05, 0.2, 0.5])
def test_a_killed_writer_keeps_its_promises(tmp_path: Path, after_s: float) -> None:
    url, key = f"sqlite:///{tmp_path}/store/airlock.db", tmp_path / "log.key"
    signer = create_signer(key, "log.example")
    promised: list[str] = []
    for _ in range(3):  # each life goes on where the last one was cut off
        promised += _live_and_die(url, key, after_s)
    sequence(url, signer)
    report = check(url, signer.verifier())
    with open_source(url) as source:
        stored = {entry.record_id for entry in source.entries()}
    assert report.ok
    assert (report.pending, report.signed) == (0, len(stored))
    assert len(promised) > 10
    assert set(promised) <= stored


def _live_and_die(url: str, key: Path, after_s: float) -> list[str]:
    command = [sys.executable, "-c", WRITER, url, str(key)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
    # A line that was cut off in the middle was not a promise yet.
    return [line for line in (first + rest).split("\n")[:-1] if len(line) == 36]
