import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.settings import load
from tests.bench import options
from tests.bench.airlock import airlock, airlock_encoder
from tests.bench.fault import BenchError
from tests.bench.prompts import PROMPTS
from tests.bench.server import ROOT, Run, ask, free_port

# A stand-in for the command, so that the launcher is tested without what it launches. It answers as the provider does.
COMMAND = """\
#!{python}
import asyncio, pathlib, sys, yaml
sys.path.insert(0, {root!r})
match sys.argv[1]:
    case "init":
        config = {{"store": {{"url": "sqlite:///airlock.db"}}, "secret": {{"file": "secret"}}, "upstreams": []}}
        config["detectors"] = {{"cache_bytes": 4711}}
        pathlib.Path(sys.argv[2], "airlock.yaml").write_text(yaml.safe_dump(config))
    case "keys":
        print({printed!r})
    case "serve":
        from tests.bench.upstream import serve
        asyncio.run(serve(yaml.safe_load(pathlib.Path(sys.argv[3]).read_text())["listen"]["port"]))
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "run").mkdir()
    return Run(tmp_path / "run", tmp_path / "cache", free_port())


def install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, printed: str = "Key k1 made.\n  ak_abc.DEF-1\nKeep it."
) -> None:
    command = folder / "airlock"
    command.write_text(COMMAND.format(python=sys.executable, root=str(ROOT), printed=printed))
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(sys, "executable", str(folder / "python"))


def test_it_is_started_as_its_users_do(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    install(tmp_path, monkeypatch)
    with airlock(run) as server:
        assert server.headers == {"authorization": "Bearer ak_abc.DEF-1"}
        assert ask(server, PROMPTS["plain"]).status == 200
        settings = load(run.folder / "airlock/airlock.yaml")
    assert settings.listen.port == server.port
    assert [(upstream.base_url, upstream.models) for upstream in settings.upstreams] == [(run.base_url, ("*",))]


def detectors_of(run: Run, server: str) -> dict[str, object]:
    settings = load(run.folder / server / "airlock.yaml").detectors
    return settings.model_dump(exclude_unset=True)


def test_one_has_the_encoder_off_even_with_weights_in_the_tree(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    install(tmp_path, monkeypatch)
    with airlock(run) as server:
        assert server.detectors == {"patterns"}
    assert detectors_of(run, "airlock") == {"cache_bytes": 4711, "encoder": False}


def test_the_other_has_it_on_as_init_gives_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    install(tmp_path, monkeypatch)
    monkeypatch.setattr(options, "shipped_weights", lambda: tmp_path)
    with airlock_encoder(run) as server:
        assert (server.name, server.detectors) == ("airlock-encoder", {"patterns", "encoder"})
        assert server.features == "encoder, patterns, policy, ledger"
    assert detectors_of(run, "airlock-encoder") == {"cache_bytes": 4711}


def test_or_with_the_weights_that_the_run_names(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    install(tmp_path, monkeypatch)
    weights = tmp_path / "mine"
    weights.mkdir()
    with airlock_encoder(replace(run, weights=weights)):
        pass
    assert detectors_of(run, "airlock-encoder") == {"cache_bytes": 4711, "weights": weights}


def test_without_weights_there_is_no_encoder_to_run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(options, "shipped_weights", lambda: tmp_path / "none")
    with pytest.raises(BenchError, match="--weights DIR"):
        airlock_encoder(run)


def test_without_a_key_it_does_not_start(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    install(tmp_path, monkeypatch, printed="nothing")
    with pytest.raises(BenchError, match="printed no key"), airlock(run):
        pass


def test_a_missing_command_is_said_with_the_way_to_get_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(BenchError, match="pip install"), airlock(run):
        pass
