"""`airlock detectors serve` as an operator runs it, in a process of its own."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gateway.cli import main
from gateway.commands.detectors import app
from gateway.secret_source import SettingsError
from tests.detector_service import client
from tests.encoder_service import until
from tests.unit.detectors.encoder.small_encoder import write_encoder

pytestmark = pytest.mark.integration

NASTY = {"texts": ["so you are nasty"]}


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_encoder(tmp_path_factory.mktemp("weights"))


@contextmanager
def running(command: list[str], **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run it, and give its address as it says it."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **environment}
    with subprocess.Popen(command, env=environment, text=True, **pipes) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said.startswith("The detector service is at "), process.communicate(timeout=20)
            yield said.split()[5], process
        finally:
            process.kill()


def served(weights: Path, *arguments: str, **environment: str) -> AbstractContextManager[tuple[str, Any]]:
    """Run it with the small encoder."""
    command = [sys.executable, "-m", "gateway.cli", "detectors", "serve", "--weights", str(weights), *arguments]
    return running(command, **environment)


def test_it_serves_on_a_port_until_it_is_told_to_stop(weights):
    with served(weights, "--port", "0", "--queue-seconds", "2", "--keys-env", "SOME_KEYS", SOME_KEYS="ak_1\nak_2") as (
        url,
        process,
    ):
        with client(url) as http:
            assert http.post("/v1/screen", json=NASTY).status_code == 401
            got = http.post("/v1/screen", json=NASTY, headers={"authorization": "Bearer ak_2"})
            assert {span[2] for span in got.json()["readings"][0]["spans"]} == {"toxic", "insult"}
            assert http.get("/health").json()["models"]["encoder"]["ready"] is True
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "The detector service has stopped.\n", "")


def test_it_serves_at_a_socket_for_its_own_group_and_leaves_nothing_behind(weights, tmp_path):
    path = tmp_path / "detectors.sock"
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(path))
    with served(weights, "--socket", str(path)) as (url, process):
        assert url == f"unix:{path}"
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
        with client(url) as http:
            assert http.post("/v1/screen", json=NASTY).status_code == 200
        second = CliRunner().invoke(app, ["serve", "--weights", str(weights), "--socket", str(path)])
        assert isinstance(second.exception, SettingsError)
        assert "in use by another process" in str(second.exception)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert not path.exists()


def test_it_serves_the_models_of_a_configuration_and_takes_up_changes(weights, tmp_path):
    file = tmp_path / "detectors.yaml"

    def configure(*names: str) -> None:
        models = "".join(f"  {name}: {{kind: encoder, source: {weights}}}\n" for name in names)
        file.write_text(f"models:\n{models}")

    configure("one", "two")
    command = [sys.executable, "-m", "gateway.cli", "detectors", "serve", "-c", str(file), "--port", "0"]
    with running(command) as (url, _), client(url) as http:
        for name in ("one", "two", ""):
            assert http.post("/v1/screen", json=NASTY | {"model": name}).status_code == 200
        assert http.post("/v1/screen", json=NASTY | {"model": "three"}).status_code == 404
        configure("three")
        until(lambda: http.post("/v1/screen", json=NASTY | {"model": "three"}).status_code == 200)
        assert http.post("/v1/screen", json=NASTY | {"model": "one"}).status_code == 404
        assert [*http.get("/health").json()["models"]] == ["three"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--weights", "nowhere"), "is no folder"),
        (("--device", "tpu"), "--device is cpu, cuda"),
        (("--keys-file", "nowhere"), "the file"),
        (("--keys-env", "NOT_SET_AT_ALL"), "NOT_SET_AT_ALL is missing or empty"),
        (("--keys-env", "A", "--keys-file", "b"), "name one of"),
        (("--config", "nowhere"), "leave out --weights"),
        (("--host", "256.0.0.1"), "can't be listened on"),
        (("--socket", "missing/folder/socket"), "can't be listened on"),
        (("--socket", "x" * 200), "can't be listened on"),
    ],
)
def test_what_can_be_mended_is_one_sentence(weights, tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        sys, "argv", ["airlock", "detectors", "serve", "--weights", str(weights), "--port", "0", *arguments]
    )
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err
