"""The command line as people use it: from an empty folder to a verified log; and the guided demo."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import yaml

import detectors
from gateway.demo.canned import CannedModel

pytestmark = pytest.mark.integration

ENCODER = Path(detectors.__file__).parent / "weights" / "encoder.json"


def airlock(*arguments: str, folder: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "gateway.cli", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, check=check, capture_output=True, text=True, timeout=60)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_from_an_empty_folder_to_a_verified_log(tmp_path: Path, canned: CannedModel) -> None:
    assert "airlock keys create" in airlock("init", folder=tmp_path).stdout
    config = tmp_path / "airlock.yaml"
    values = yaml.safe_load(config.read_text())
    values["upstreams"] = [{"name": "canned", "base_url": f"{canned.base_url}/v1"}]
    config.write_text(yaml.safe_dump(values))
    key = json.loads(airlock("keys", "create", "--json", folder=tmp_path).stdout)["secret"]

    port = free_port()
    command = [sys.executable, "-m", "gateway.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        receipt = first_call(f"http://127.0.0.1:{port}", key)
        server.send_signal(signal.SIGINT)
        assert "all records are written" in server.communicate(timeout=30)[0]
        assert server.returncode == 0

    assert receipt in airlock("audit", "list", "--json", folder=tmp_path).stdout
    shown = airlock("audit", "show", receipt, folder=tmp_path).stdout
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert "1 x EMAIL_ADDRESS in user.text (by patterns)" in shown
    assert "Personal data was found (EMAIL_ADDRESS)." in shown
    proof = tmp_path / "receipt.json"
    proof.write_text(airlock("audit", "receipt", receipt, folder=tmp_path).stdout)
    airlock("audit", "verify", str(proof), "--key", ".airlock/log.key.pub", folder=tmp_path)
    assert "nothing changed" in airlock("audit", "verify", folder=tmp_path).stdout


def first_call(base_url: str, key: str) -> str:
    body = {"model": "canned-1", "messages": [{"role": "user", "content": "I am ann.lee@example.com"}]}
    deadline = time.monotonic() + 30
    while True:
        try:
            told = httpx.post(
                f"{base_url}/v1/chat/completions",
                json=body,
                headers={"authorization": f"Bearer {key}"},
                trust_env=False,
            )
        except httpx.TransportError:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            assert told.status_code == 200
            return told.headers["x-airlock-receipt"]


def test_it_tells_its_version(tmp_path: Path) -> None:
    assert re.fullmatch(r"airlock \d+\.\d+\.\d+\n", airlock("--version", folder=tmp_path).stdout)


def test_init_never_overwrites(tmp_path: Path) -> None:
    airlock("init", folder=tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = airlock("init", folder=tmp_path, check=False)
    assert again.returncode == 1
    assert "nothing was changed" in again.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_secrets_are_for_their_owner_only(tmp_path: Path) -> None:
    airlock("init", folder=tmp_path)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / ".airlock").iterdir()}
    assert (tmp_path / ".airlock").stat().st_mode & 0o777 == 0o700
    assert (modes["secret"], modes["log.key"]) == (0o600, 0o600)


FAULTS = {
    "no configuration": ({}, "airlock init"),
    "a broken one": ({"airlock.yaml": "upstreams: 3"}, "upstreams"),
    "no secret": (
        {"airlock.yaml": "secret: {env: NOT_SET}\nupstreams: [{name: a, base_url: 'http://127.0.0.1:1'}]"},
        "NOT_SET",
    ),
    "no signing key": (
        {"airlock.yaml": "secret: {file: s}\nupstreams: [{name: a, base_url: 'http://127.0.0.1:1'}]", "s": "x" * 40},
        "log.key",
    ),
    "a master secret that is too short": (
        {"airlock.yaml": "secret: {file: s}\nupstreams: [{name: a, base_url: 'http://127.0.0.1:1'}]", "s": "short"},
        "32",
    ),
}


@pytest.mark.parametrize(("files", "word"), FAULTS.values(), ids=FAULTS)
def test_what_serve_can_not_work_with_is_one_sentence(tmp_path: Path, files: dict[str, str], word: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    told = airlock("serve", folder=tmp_path, check=False)
    assert told.returncode == 2
    assert word in told.stderr
    assert "Traceback" not in told.stderr


def test_the_demo_shows_both_sides_of_every_call_at_80_columns(tmp_path: Path) -> None:
    port = free_port()
    told = airlock("demo", "--no-stay", "--port", str(port), folder=tmp_path)
    assert "Traceback" not in told.stderr
    assert max(len(line) for line in told.stdout.splitlines()) <= 80
    for word in ("the app sent", "the model saw", "the app got back", "ann.lee@example.com", "I am a canned model"):
        assert word in told.stdout
    assert re.search(r"<EMAIL_ADDRESS_\w{5}>", told.stdout)
    more = 0 if "The encoder is not loaded" in told.stdout else 5  # one passes, two replies and two requests don't
    assert bool(more) is ENCODER.exists()
    assert told.stdout.count("decision allow") == 8 + (more > 0)
    assert told.stdout.count("decision block") == 2 + 4 * (more > 0)
    assert told.stdout.count("nothing: the call never") == 2 + 2 * (more > 0)
    assert told.stdout.count("Earlier you wrote: Write") == 1  # the second turn's answer, whose words the app sees
    assert re.search(rf"^╭─ {10 + more}\. The second turn", told.stdout, re.MULTILINE)
    assert len(re.findall(r"receipt +[0-9a-f]{8}-", told.stdout)) == 10 + more


def test_the_demo_stays_up_and_tells_how_to_try_and_to_stop(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-u", "-m", "gateway.cli", "demo", "--port", str(port)]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as demo:
        try:
            text = read_until(demo, "Ctrl-C")
            key = re.search(r"API key +(ak_\S+)", text)
            assert key
            assert f"curl -i http://127.0.0.1:{port}/v1/chat/completions" in text
            for client in (f":{port}/v1  (OpenAI's SDKs)", f":{port}     (Anthropic's and Google's SDKs)"):
                assert client in text
            assert max(len(line) for line in text.splitlines() if " audit " not in line) <= 80
            assert first_call(f"http://127.0.0.1:{port}", key[1])
            demo.send_signal(signal.SIGINT)
            assert demo.wait(20) == 0
        finally:
            demo.kill()


def read_until(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdout
    text = ""
    while line := process.stdout.readline():
        text += line
        if word in line:
            return text
    raise AssertionError(f"it ended without saying {word}:\n{text}")


def test_the_demo_says_that_its_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = airlock("demo", "--port", str(taken.getsockname()[1]), folder=tmp_path, check=False)
    assert told.returncode == 1
    assert "in use" in told.stderr
