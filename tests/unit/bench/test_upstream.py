import asyncio

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench import answer
from tests.bench.prompts import PROMPTS, Prompt
from tests.bench.server import HOST, Server, ask
from tests.bench.upstream import Provider, respond


@given(st.text())
def test_the_plain_reply_quotes_any_prompt(text: str):
    _, _, reply = respond(Prompt("any", text).body).partition(b"\r\n\r\n")
    assert answer.said(reply) == f"You asked: {text}".strip()


@pytest.mark.parametrize("name", PROMPTS)
async def test_it_answers_over_a_real_connection(name: str):
    server = await asyncio.get_running_loop().create_server(Provider, HOST, 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        reply = await asyncio.to_thread(ask, Server("upstream", port, ""), PROMPTS[name])
    assert reply.status == 200
    assert answer.said(reply.body) == answer.said(expected(PROMPTS[name]))
    assert Provider.last == PROMPTS[name].body


def expected(prompt: Prompt) -> bytes:
    asked = orjson.dumps(prompt.text)[1:-1]
    return answer.stream(asked) if prompt.stream else answer.plain(asked)


def test_a_long_prompt_is_answered_by_a_word_that_depends_on_all_of_it():
    text = PROMPTS["long"].text
    told = answer.said(answer.plain(text.encode()))
    assert len(told) < 30
    assert not any(letter.isdigit() for letter in told)
    assert told != answer.said(answer.plain(text[:-1].encode() + b"x"))
    assert len(text) == 80_000


@pytest.mark.parametrize("prompt", ["plain", "stream"])
def test_a_prompt_has_about_seventy_characters(prompt: str):
    assert 65 <= len(PROMPTS[prompt].text) <= 75


def test_a_request_without_a_message_is_refused():
    assert respond(b"{}").startswith(b"HTTP/1.1 400")


def test_a_stream_that_was_cut_off_is_no_answer():
    whole = answer.stream(b"hello")
    with pytest.raises(ValueError, match="DONE"):
        answer.said(whole.removesuffix(answer.DONE))


def test_every_event_of_a_stream_is_a_chunk():
    lines = [line for line in answer.stream(b"one two").split(b"\n\n") if line]
    kinds = {orjson.loads(line.removeprefix(b"data: "))["object"] for line in lines[:-1]}
    assert kinds == {"chat.completion.chunk"}


def test_requests_that_arrive_in_one_piece_are_answered_in_turn():
    class Out:
        def __init__(self) -> None:
            self.written = b""

        def write(self, data: bytes) -> None:
            self.written += data

    out, connection = Out(), Provider()
    connection.connection_made(out)  # type: ignore[arg-type]
    body = PROMPTS["plain"].body
    connection.data_received(
        2 * (b"POST /v1/chat/completions HTTP/1.1\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body))
    )
    assert out.written == 2 * respond(body)
