"""`airlock vault` beside a gateway that runs: keys change and values are erased, and conversations go on."""

import re
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest
import yaml
from typer.testing import CliRunner

from gateway.cli import app
from gateway.demo.background import Background
from tests.gateways import Gateway, running
from tests.responses_model import MODEL, ResponsesModel

pytestmark = pytest.mark.integration

MAIL, PHONE = "ann.lee@example.com", "+44 20 7946 0958"


@pytest.fixture(scope="module")
def model() -> Iterator[ResponsesModel]:
    model = ResponsesModel()
    with Background(model.app, model.app) as server:
        model.base_url = server.base_url
        yield model


def airlock(gateway: Gateway, *arguments: str, said: str = "") -> str:
    result = CliRunner().invoke(app, ["vault", *arguments, "-c", str(gateway.config)], input=said)
    assert result.exit_code == 0, result.stderr
    return " ".join(result.output.split())


def go_on(sdk: openai.OpenAI, earlier: str | None, text: str) -> openai.types.responses.Response:
    return sdk.responses.create(model=MODEL, input=text, previous_response_id=earlier)


def test_keys_are_renewed_while_a_conversation_goes_on(model: ResponsesModel, tmp_path: Path) -> None:
    with running(tmp_path, model.base_url) as gateway:
        sdk = gateway.sdk()
        first = go_on(sdk, None, f"I am {MAIL}")
        table = airlock(gateway, "status")
        assert table.count("default") == 2
        (master,) = set(re.findall(r"local-\w+", table))
        assert "1 made, 1 deleted. States: 2 sealed anew." in airlock(gateway, "rotate")
        second = go_on(sdk, first.id, f"call {PHONE}")
        assert second.output_text == f"You said: I am {MAIL} / call {PHONE}"

    (tmp_path / "master").write_text("a master key of the tests, of its own\n")
    vault = {"master": {"file": "master"}, "former": [{"file": ".airlock/secret"}]}
    with running(tmp_path, model.base_url, vault=vault) as gateway:
        sdk = gateway.sdk()
        assert MAIL in go_on(sdk, second.id, "still there?").output_text
        assert "2 wrapped under the current master key" in airlock(gateway, "rotate", "--only-master")
        assert master not in airlock(gateway, "status")

    with running(tmp_path, model.base_url, vault={"master": {"file": "master"}}) as gateway:
        assert f"I am {MAIL} / call {PHONE}" in go_on(gateway.sdk(), second.id, "and now?").output_text

    with running(tmp_path, model.base_url, vault={}) as gateway:  # back under the gateway's own secret: nothing opens
        sdk = gateway.sdk().with_options(max_retries=0)
        with pytest.raises(openai.APIStatusError) as raised:
            go_on(sdk, second.id, "and here?")
        assert (raised.value.status_code, raised.value.code) == (503, "vault.unavailable")


def test_somebody_is_erased_while_the_gateway_runs(model: ResponsesModel, tmp_path: Path) -> None:
    with running(tmp_path, model.base_url) as gateway:
        sdk = gateway.sdk()
        first = go_on(sdk, None, f"I am {MAIL}, call {PHONE}")
        told = airlock(gateway, "erase", "--tenant", "default", said=f"{MAIL.upper()}\n\n")
        assert told == "Values erased for default: 1. States changed: 2."
        said = go_on(sdk, first.id, "who am I?").output_text
        assert MAIL not in said
        assert PHONE in said
        told = airlock(gateway, "erase", "--tenant", "default", "--everything")
        assert re.match(r"States of default deleted: [1-9]\d*\. So are the keys", told)
        with pytest.raises(openai.BadRequestError, match="not found"):
            go_on(sdk, first.id, "who am I?")
        assert go_on(sdk, None, f"I am {MAIL}").output_text == f"You said: I am {MAIL}"


def test_what_can_not_be_done_is_a_sentence(model: ResponsesModel, tmp_path: Path) -> None:
    with running(tmp_path, model.base_url) as gateway:
        nothing = CliRunner().invoke(app, ["vault", "erase", "--tenant", "default", "-c", str(gateway.config)])
        assert nothing.exit_code == 2
        assert "standard input" in nothing.stderr
    values = yaml.safe_load(gateway.config.read_text())
    gateway.config.write_text(yaml.safe_dump({**values, "vault": {"master": {"env": "AIRLOCK_NO_SUCH_MASTER"}}}))
    result = CliRunner().invoke(app, ["vault", "rotate", "-c", str(gateway.config)])
    assert "AIRLOCK_NO_SUCH_MASTER" in str(result.exception)
