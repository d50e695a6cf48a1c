"""What several workers share, and how they are told."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
import yaml

from detectors.serving.options import ServiceOptions
from gateway.commands.init import CONFIGURATION, write_secrets
from gateway.secret_source import SettingsError
from gateway.settings import Settings, parse
from gateway.workers.together import check, listening, shared_reading
from tests.unit.detectors.encoder.small_encoder import write_encoder

QUOTAS = [{"name": "all", "requests_per_minute": 10}]


def settings(folder: Path, **sections: Any) -> Settings:
    write_secrets(folder / ".airlock")
    values = yaml.safe_load(CONFIGURATION) | sections
    values["upstreams"][0]["headers"] = {"x-auth": {"env": "PROXY_AUTH"}, "x-plain": "yes"}
    values["prices"] = [{"models": ["llama*"], "input": 0.1, "output": 0.4}]
    values["models"] = {"fast": [{"upstream": "openai", "model": "gpt-4o-mini", "weight": 3}]}
    return parse(values, folder=folder)


def test_a_worker_hears_exactly_the_settings_that_it_is_told(tmp_path):
    told = settings(tmp_path, quotas=QUOTAS, redis={"url": {"env": "REDIS_URL"}})
    assert Settings.model_validate_json(told.model_dump_json()) == told


def test_an_encoder_is_read_with_in_one_process_for_all(tmp_path):
    write_encoder(tmp_path / "mine")
    place = tmp_path / "detectors.sock"
    given = settings(tmp_path, detectors={"weights": "mine", "threads": 2, "cache_bytes": 7})
    shared, reader = shared_reading(given, place)
    assert shared.detectors.by_meaning() == (ServiceOptions((f"unix:{place}",), cache_bytes=7),)
    assert Settings.model_validate_json(shared.model_dump_json()).detectors == shared.detectors
    assert reader is not None
    assert str(tmp_path / "mine") in reader.told


def test_workers_look_for_all_else_that_one_process_would(tmp_path):
    write_encoder(tmp_path / "mine")
    files = {"recognizers": "own.yaml", "lists": "lists.yaml"}
    given = settings(tmp_path, detectors={"weights": "mine", "threads": 2, "encoder": True, **files})
    shared, _ = shared_reading(given, tmp_path / "s")
    read_elsewhere = {"weights": None, "threads": None, "service": shared.detectors.service}
    assert shared.detectors == given.detectors.model_copy(update=read_elsewhere)
    heard = Settings.model_validate_json(shared.model_dump_json()).detectors
    assert (heard.recognizers, heard.lists) == (tmp_path / "own.yaml", tmp_path / "lists.yaml")


@pytest.mark.parametrize("detectors", [{"encoder": False}, {"service": {"url": "http://127.0.0.1:8791"}}])
def test_without_an_encoder_of_its_own_there_is_no_such_process(tmp_path, detectors):
    given = settings(tmp_path, detectors=detectors)
    assert shared_reading(given, tmp_path / "s") == (given, None)


def test_a_path_that_no_socket_can_have_is_named(tmp_path):
    given = settings(tmp_path, detectors={"weights": "mine"})
    with pytest.raises(SettingsError, match="longer than a socket's may be"):
        shared_reading(given, tmp_path / ("a" * 107))


def test_quotas_that_each_would_count_for_itself_are_refused(tmp_path):
    with pytest.raises(SettingsError, match="redis"):
        check(settings(tmp_path, quotas=QUOTAS))
    check(settings(tmp_path, quotas=QUOTAS, redis={"url": "redis://127.0.0.1"}))
    check(settings(tmp_path))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_port_that_is_taken_is_named(tmp_path, host):
    given = settings(tmp_path, listen={"host": host, "port": 0})
    with listening(given.listen) as port:
        taken = settings(tmp_path, listen={"host": host, "port": port.getsockname()[1]})
        with pytest.raises(SettingsError, match="can't be listened on"):
            listening(taken.listen)
        with socket.create_connection(port.getsockname()[:2]):
            assert os.get_inheritable(port.fileno()) is False
