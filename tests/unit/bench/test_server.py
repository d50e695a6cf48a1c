import os
import sys
import time
from pathlib import Path

import pytest

from tests.bench.fault import BenchError
from tests.bench.peers import forwarder, provider
from tests.bench.prompts import PROMPTS
from tests.bench.server import Run, Server, ask, free_port, process


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_server_that_ends_by_itself_is_a_fault_with_the_end_of_its_log(tmp_path: Path):
    command = [sys.executable, "-c", "raise SystemExit('no such model')"]
    starting = process(Server("peer", free_port(), ""), command, tmp_path)
    with pytest.raises(BenchError, match=r"(?s)peer ended with code 1.*no such model"), starting:
        pass


def test_a_server_inherits_no_settings_of_the_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-reader")
    command = [sys.executable, "-c", "import os; raise SystemExit(str(sorted(os.environ)))"]
    with pytest.raises(BenchError) as ended, process(Server("peer", free_port(), ""), command, tmp_path, {"MINE": "1"}):
        pass
    assert "MINE" in str(ended.value)
    assert "OPENAI_API_KEY" not in str(ended.value)


def test_the_forwarder_forwards_every_prompt_and_all_processes_end(tmp_path: Path):
    run = Run(tmp_path, tmp_path, free_port())
    with provider(run) as direct, forwarder(run) as server:
        for prompt in PROMPTS.values():
            assert ask(server, prompt).body == ask(direct, prompt).body
    for port in (direct.port, server.port):
        with pytest.raises(ConnectionRefusedError):
            ask(Server("late", port, ""), PROMPTS["plain"])


def test_children_of_a_server_end_with_it(tmp_path: Path):
    # The parent leaves a child behind in its group, says the child's id, then answers as the provider does.
    script = (
        "import asyncio, subprocess, sys, pathlib\n"
        "from tests.bench.upstream import serve\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "pathlib.Path('child').write_text(str(child.pid))\n"
        "asyncio.run(serve(int(sys.argv[1])))\n"
    )
    server = Server("parent", free_port(), "")
    root = {"PYTHONPATH": str(Path(__file__).parents[3])}
    with process(server, [sys.executable, "-c", script, str(server.port)], tmp_path, root):
        pid = int((tmp_path / "child").read_text())
        assert not gone(pid)
    deadline = time.monotonic() + 5  # a killed process ends when the scheduler next looks at it
    while not (gone(pid) or Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
