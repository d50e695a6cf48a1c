"""The demo, tried as it says: each vendor's own SDK with the base URL and the key that the demo prints."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from anthropic import Anthropic
from google import genai
from google.genai.types import HttpOptions
from openai import BadRequestError, OpenAI

pytestmark = pytest.mark.integration

MODEL = "canned-1"
SAID = "I am ann.lee@example.com"
ANSWER = f"I am a canned model. You wrote: {SAID}"


@dataclass(frozen=True, slots=True)
class Printed:
    """What the demo told its user."""

    openai_url: str
    other_url: str
    key: str


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-u", "-m", "gateway.cli", "demo", "--port", str(port)]
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    folder = tmp_path_factory.mktemp("demo")
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as demo:
        try:
            text = "".join(_until(demo, "Ctrl-C"))
            urls, key = re.findall(r"(http\S+) +\(", text), re.search(r"API key +(\S+)", text)
            assert key
            yield Printed(*urls, key[1])
        finally:
            demo.terminate()
            assert demo.wait(20) == 0


def _until(process: subprocess.Popen[str], word: str) -> Iterator[str]:
    assert process.stdout
    for line in process.stdout:
        yield line
        if word in line:
            return


@pytest.fixture
def openai(printed: Printed) -> Iterator[OpenAI]:
    with OpenAI(base_url=printed.openai_url, api_key=printed.key, timeout=20) as client:
        yield client


@pytest.fixture
def anthropic(printed: Printed) -> Iterator[Anthropic]:
    with Anthropic(base_url=printed.other_url, api_key=printed.key, timeout=20) as client:
        yield client


@pytest.fixture
def google(printed: Printed) -> Iterator[genai.Client]:
    options = HttpOptions(base_url=printed.other_url)
    with closing(genai.Client(api_key=printed.key, http_options=options)) as client:
        yield client


def test_responses_go_on_from_each_other(openai: OpenAI) -> None:
    first = openai.responses.create(model=MODEL, input=SAID)
    assert first.output_text == ANSWER
    with openai.responses.stream(model=MODEL, input="Again?", previous_response_id=first.id) as stream:
        second = stream.get_final_response()
    assert second.output_text == f"I am a canned model. Earlier you wrote: {SAID} You wrote: Again?"
    third = openai.responses.create(model=MODEL, input="And?", previous_response_id=second.id)
    assert f"{SAID} / Again? You wrote: And?" in third.output_text


def test_a_response_that_was_not_to_be_stored_is_not_kept(openai: OpenAI) -> None:
    first = openai.responses.create(model=MODEL, input=SAID, store=False)
    with pytest.raises(BadRequestError):
        openai.responses.create(model=MODEL, input="Again?", previous_response_id=first.id)


def test_embeddings(openai: OpenAI) -> None:
    told = openai.embeddings.create(model=MODEL, input=["one", "two", "one"], dimensions=4)
    one, two, again = (entry.embedding for entry in told.data)
    assert (one == again, one == two, len(one)) == (True, False, 4)


def test_messages(anthropic: Anthropic) -> None:
    told = anthropic.messages.create(model=MODEL, max_tokens=99, messages=[{"role": "user", "content": SAID}])
    assert [block.text for block in told.content if block.type == "text"] == [ANSWER]
    with anthropic.messages.stream(model=MODEL, max_tokens=99, messages=[{"role": "user", "content": SAID}]) as stream:
        assert stream.get_final_text() == ANSWER
    counted = anthropic.messages.count_tokens(model=MODEL, messages=[{"role": "user", "content": SAID}])
    assert counted.input_tokens == 3


def test_generate_content(google: genai.Client) -> None:
    assert google.models.generate_content(model=MODEL, contents=SAID).text == ANSWER
    pieces = google.models.generate_content_stream(model=MODEL, contents=SAID)
    assert "".join(piece.text or "" for piece in pieces) == ANSWER
    assert google.models.count_tokens(model=MODEL, contents=SAID).total_tokens == 3


def test_each_lists_its_model(openai: OpenAI, anthropic: Anthropic, google: genai.Client) -> None:
    assert [model.id for model in openai.models.list()] == [MODEL]
    assert [model.id for model in anthropic.models.list()] == [MODEL]
    assert [model.name for model in google.models.list()] == [f"models/{MODEL}"]
