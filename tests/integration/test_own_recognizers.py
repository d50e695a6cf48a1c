"""An operator's own recognisers at a gateway: the upstream never sees a value of theirs, and the app gets it back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.app import create_app
from gateway.secret_source import SettingsError
from gateway.settings import load
from tests.gateways import Gateway, configure, running
from tests.integration.test_gateway_strategies import ask, echo
from tests.scripted import Scripted, scripted

pytestmark = pytest.mark.integration

FILE = r"""
recognizers:
  - name: Employees
    supported_entity: EMPLOYEE_NUMBER
    patterns: [{name: number, regex: '\bEMP-\d{6}\b', score: 0.9}]
  - {name: Projects, supported_entity: PROJECT, deny_list: [Blue Heron]}
  - {name: Doors, supported_entity: SECRET_DOOR_CODE, patterns: [{name: code, regex: 'door-\d{4}', score: 0.9}]}
"""
VALUES = ("EMP-123456", "Blue Heron", "EMP-654321")
TEXT = "EMP-123456 moves to Blue Heron, as EMP-654321 did."


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        started.answer(echo)
        yield started


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    (folder / "own.yaml").write_text(FILE)
    with running(folder, upstream.base_url, detectors={"encoder": "off", "recognizers": "own.yaml"}) as started:
        yield started


def test_their_values_leave_as_pseudonyms_and_come_back(gateway: Gateway, upstream: Scripted) -> None:
    assert ask(gateway, "default", TEXT) == TEXT
    sent = upstream.bodies[-1].decode()
    assert not [value for value in VALUES if value in sent]
    assert "<EMPLOYEE_NUMBER_" in sent
    assert "<PROJECT_" in sent


def test_a_stream_gives_them_back(gateway: Gateway, upstream: Scripted) -> None:
    asked = [{"role": "user", "content": TEXT}]
    chunks = gateway.sdk().chat.completions.create(model="m", messages=asked, stream=True)  # type: ignore[call-overload]
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == TEXT
    assert not [value for value in VALUES if value in upstream.bodies[-1].decode()]


def test_a_secret_of_their_own_does_not_leave(gateway: Gateway, upstream: Scripted) -> None:
    before = len(upstream.bodies)
    with gateway.http() as client:
        asked = {"model": "m", "messages": [{"role": "user", "content": "It opens with door-1234."}]}
        refused = client.post("/v1/chat/completions", json=asked)
    assert refused.status_code >= 400
    assert "SECRET_DOOR_CODE" in json.dumps(refused.json())
    assert len(upstream.bodies) == before


async def test_a_gateway_whose_file_is_wrong_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(FILE.replace("EMPLOYEE_NUMBER", "EMAIL_ADDRESS"))
    config = configure(tmp_path, "http://127.0.0.1:9", detectors={"encoder": "off", "recognizers": "own.yaml"})
    app = create_app(load(config)).framework
    with pytest.raises(SettingsError, match=r"detectors.recognizers: .*own.yaml: recognizers.0: the label EMAIL_ADD"):
        async with app.router.lifespan_context(app):
            pass
