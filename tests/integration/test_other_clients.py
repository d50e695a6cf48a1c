"""Clients that are no vendor's own SDK, unmodified: LangChain, LiteLLM as a client, and plain curl."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # its prices come with it; it would fetch newer ones otherwise

import litellm

from tests.parts import missing
from tests.scripted import Script
from tests.vendors.catalog import vendors
from tests.vendors.stage import Stage, stage
from tests.vendors.vendor import Ended, Vendor
from tests.vendors.ways import ADDRESS, SECRET, TOKEN, answer, call_answer
from tests.vendors.words import LONG

pytestmark = pytest.mark.integration

VENDORS = {vendor.name: vendor for vendor in vendors()}
CHAT = VENDORS["openai.chat"]
PROMPT = f"Write to {ADDRESS} now."
REPLY = f"I wrote to {ADDRESS}, as you asked: größer, 你好."


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("clients"), first_byte_s=10, idle_s=10) as set_up:
        yield set_up


def token_in(body: bytes) -> str:
    """Give the pseudonym that the upstream saw, after a look at whether it saw nothing else."""
    assert ADDRESS.encode() not in body
    found = re.search(TOKEN.pattern.encode(), body)
    return found[0].decode() if found else "nobody"


def repeat(staged: Stage, vendor: Vendor, *, stream: bool) -> None:
    """Have the upstream say the reply with the pseudonym that it saw."""
    staged.upstream.answer(lambda body: answer(vendor, stream, REPLY.replace(ADDRESS, token_in(body))))


def langchain(staged: Stage, **more: Any) -> ChatOpenAI:
    base = f"{staged.gateway.base_url}/v1"
    return ChatOpenAI(model="gpt-4o", base_url=base, api_key=staged.gateway.key(), max_retries=0, timeout=20, **more)


class TestLangChain:
    def test_invoke(self, staged: Stage) -> None:
        repeat(staged, CHAT, stream=False)
        told = langchain(staged).invoke(PROMPT)
        assert told.content == REPLY
        assert told.usage_metadata is not None
        assert told.usage_metadata["input_tokens"] == 19

    def test_stream(self, staged: Stage) -> None:
        repeat(staged, CHAT, stream=True)
        chunks = list(langchain(staged).stream(PROMPT))
        assert "".join(str(chunk.content) for chunk in chunks) == REPLY
        assert len(chunks) > 3

    @pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
    def test_tools(self, staged: Stage, stream: bool) -> None:
        @tool
        def get_current_weather(location: str) -> str:
            """Tell the weather at a place."""
            return f"{location}: fine"

        def call(body: bytes) -> Script:
            return call_answer(CHAT, stream, {"location": token_in(body)})

        staged.upstream.answer(call)
        model = langchain(staged, streaming=stream).bind_tools([get_current_weather])
        told = model.invoke([HumanMessage(PROMPT)])
        (called,) = told.tool_calls
        assert (called["name"], called["args"]) == ("get_current_weather", {"location": ADDRESS})

        repeat(staged, CHAT, stream=stream)
        result = get_current_weather.invoke(called)
        assert isinstance(result, ToolMessage)
        assert result.content == f"{ADDRESS}: fine"
        assert model.invoke([HumanMessage(PROMPT), told, result]).content == REPLY

    @pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
    def test_responses(self, staged: Stage, stream: bool) -> None:
        repeat(staged, VENDORS["openai.responses"], stream=stream)
        told = langchain(staged, use_responses_api=True, streaming=stream).invoke(PROMPT)
        assert isinstance(told, AIMessage)
        assert told.text == REPLY

    def test_a_block_is_its_own_error(self, staged: Stage) -> None:
        with pytest.raises(Exception, match="secret") as caught:
            langchain(staged).invoke(f"Is {SECRET} active?")
        assert getattr(caught.value, "status_code", None) == 403
        assert SECRET not in str(caught.value)


def completion(staged: Stage, text: str, *, stream: bool = False, model: str = "openai/gpt-4o") -> Any:
    base = staged.gateway.base_url + ("/v1" if model.startswith("openai/") else "")
    messages = [{"role": "user", "content": text}]
    return litellm.completion(
        model=model, messages=messages, api_base=base, api_key=staged.gateway.key(), stream=stream, timeout=20
    )


@pytest.mark.filterwarnings("ignore:Items? .* on TypedDict class .* `ReadOnly`:UserWarning")  # types of LiteLLM's own
class TestLiteLLM:
    def test_plain(self, staged: Stage) -> None:
        repeat(staged, CHAT, stream=False)
        told = completion(staged, PROMPT)
        assert told.choices[0].message.content == REPLY
        assert told.usage.total_tokens == 29

    def test_streamed(self, staged: Stage) -> None:
        repeat(staged, CHAT, stream=True)
        chunks = list(completion(staged, PROMPT, stream=True))
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == REPLY

    @pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
    def test_in_anthropics_dialect(self, staged: Stage, stream: bool) -> None:
        repeat(staged, VENDORS["anthropic.messages"], stream=stream)
        told = completion(staged, PROMPT, stream=stream, model="anthropic/claude-sonnet-4-20250514")
        if stream:
            assert "".join(chunk.choices[0].delta.content or "" for chunk in told) == REPLY
        else:
            assert told.choices[0].message.content == REPLY

    def test_a_block_is_its_own_error(self, staged: Stage) -> None:
        with pytest.raises(litellm.exceptions.APIError, match="secret") as caught:
            completion(staged, f"Is {SECRET} active?")
        assert caught.value.status_code == 403


def curl(staged: Stage, vendor: Vendor, body: bytes, *options: str, stream: bool = False) -> bytes:
    if shutil.which("curl") is None:
        missing("The `curl` command", "Debian: `apt install curl`.")
    lines = [f"{name}: {value}" for name, value in vendor.headers(staged.gateway.key()).items()]
    headers = [part for line in lines for part in ("-H", line)]
    url = staged.gateway.base_url + vendor.gateway_path(stream)
    command = ["curl", "-sS", "--noproxy", "*", "--max-time", "20", *options, *headers, "--data-binary", "@-", url]
    return subprocess.run(command, input=body, capture_output=True, check=True).stdout


SPEAKING = pytest.mark.parametrize("vendor", [v for v in vendors() if v.speaks and v.streams], ids=repr)


@SPEAKING
class TestCurl:
    def test_plain(self, staged: Stage, vendor: Vendor) -> None:
        repeat(staged, vendor, stream=False)
        assert vendor.said(curl(staged, vendor, vendor.request(PROMPT))) == REPLY

    def test_streamed(self, staged: Stage, vendor: Vendor) -> None:
        repeat(staged, vendor, stream=True)
        raw = curl(staged, vendor, vendor.request(PROMPT, stream=True), "-N", stream=True)
        assert (vendor.said_in_stream(raw), vendor.ended(raw)) == (REPLY, Ended.COMPLETE)

    def test_over_http_1_0(self, staged: Stage, vendor: Vendor) -> None:
        """Without chunks, the connection's end is the stream's."""
        staged.upstream.play(*answer(vendor, True, LONG))
        raw = curl(staged, vendor, vendor.request("Go on.", stream=True), "-N", "--http1.0", stream=True)
        assert (vendor.said_in_stream(raw), vendor.ended(raw)) == (LONG, Ended.COMPLETE)

    def test_a_block(self, staged: Stage, vendor: Vendor) -> None:
        told = curl(staged, vendor, vendor.request(f"Is {SECRET} active?"), "-w", "\n%{http_code}")
        body, _, status = told.rpartition(b"\n")
        assert status == b"403"
        assert vendor.refusal(body).message
        assert json.loads(body)
