"""A process for tests of who keeps processes: `python -m tests.small_process LOG NAME HOW`. It notes what it lives."""

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from gateway.workers.role import hear, when_abandoned


def main(log: str, name: str, how: str) -> None:
    ended = threading.Event()

    def note(what: str) -> None:
        with Path(log).open("a") as file:
            file.write(f"{name} {what}\n")

    def on_signal(*_: Any) -> None:
        note("term")
        if how != "stubborn":
            ended.set()

    signal.signal(signal.SIGTERM, on_signal)
    told = hear().strip()
    note(f"{os.getpid()} {told}")
    if how.startswith("dies"):
        sys.exit(int(how.removeprefix("dies")))
    when_abandoned(lambda: (note("abandoned"), ended.set()))
    while not ended.wait(0.05):
        pass
    note("end")


if __name__ == "__main__":
    main(*sys.argv[1:])
