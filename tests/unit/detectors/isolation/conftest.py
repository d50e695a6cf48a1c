"""A kind of work for tests: it does what its first argument says."""

from pathlib import Path

import pytest

WORK = """
import os, signal, time
from pathlib import Path

MEMORY = 2**29
SECONDS = 20
LEFT = []


def warm():
    with Path(os.environ["HOME"], "started").open("a") as file:
        file.write("x")


def work(data, way="echo", *more):
    match way:
        case "echo":
            return data[::-1]
        case "process":
            return f"{os.getpid()} {os.getppid()}".encode()
        case "told":
            return " ".join(os.environ).encode()
        case "arguments":
            return "|".join(more).encode()
        case "remember":
            LEFT.append(data)
            return str(len(LEFT)).encode()
        case "open":
            return " ".join(sockets()).encode()
        case "sleep":
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "grow":
            bytes(2**30)
        case "huge":
            return bytes(70_000_000)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "orphan":
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
        case "half":
            os.write(int(sockets()[0]), (99).to_bytes(8) + b"half")
            os._exit(0)
        case _:
            raise ValueError(way)


def sockets():
    return [one.name for one in Path("/proc/self/fd").iterdir() if "socket" in str(one.resolve())]
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "piece_of_work.py").write_text(WORK)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path.cwd()}")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path
