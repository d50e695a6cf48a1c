"""An app with the Azure flavour of OpenAI's SDK: the deployment is in the path, the key in a header of its own."""

from collections.abc import Iterator

import openai
import pytest
from openai import AzureOpenAI

from gateway.demo.canned import CannedModel
from gateway.demo.wording import MODEL
from tests.gateways import Gateway

pytestmark = pytest.mark.integration

SAID = "Write to ann.lee@example.com"
MESSAGES = [{"role": "user", "content": SAID}]


@pytest.fixture
def sdk(gateway: Gateway) -> Iterator[AzureOpenAI]:
    with AzureOpenAI(
        azure_endpoint=gateway.base_url, api_key=gateway.key(), api_version="2024-10-21", timeout=20
    ) as client:
        yield client


def test_a_deployment_is_the_model(sdk: AzureOpenAI, canned: CannedModel) -> None:
    got = sdk.chat.completions.create(model=MODEL, messages=MESSAGES)
    assert SAID in got.choices[0].message.content
    assert canned.seen[-1]["model"] == MODEL
    assert "ann.lee" not in str(canned.seen[-1])


def test_a_deployment_that_only_the_path_names(sdk: AzureOpenAI, canned: CannedModel) -> None:
    path = f"/deployments/{MODEL}/chat/completions"
    got = sdk.post(path, body={"messages": MESSAGES}, cast_to=openai.types.chat.ChatCompletion)
    assert SAID in got.choices[0].message.content
    assert canned.seen[-1]["model"] == MODEL


def test_a_stream(sdk: AzureOpenAI) -> None:
    events = sdk.chat.completions.create(model=MODEL, messages=MESSAGES, stream=True)
    assert SAID in "".join(event.choices[0].delta.content or "" for event in events)


def test_the_path_without_a_deployment(gateway: Gateway) -> None:
    with gateway.http() as client:
        told = client.post("/openai/v1/chat/completions", json={"model": MODEL, "messages": MESSAGES})
    assert SAID in told.json()["choices"][0]["message"]["content"]


def test_a_blocked_call_is_the_sdks_own_error(sdk: AzureOpenAI, canned: CannedModel) -> None:
    before = list(canned.seen)
    with pytest.raises(openai.PermissionDeniedError) as caught:
        sdk.chat.completions.create(
            model=MODEL, messages=[{"role": "user", "content": "Is AKIAQYLPMN5HHHFPZAM2 still active?"}]
        )
    assert caught.value.code == "secret.detected"
    assert canned.seen == before
