"""How the demo reads what goes and comes: the same texts from a whole reply and from a stream."""

from collections.abc import Iterable
from typing import Any

import pytest

from gateway.demo import canned_chat, canned_gemini, canned_messages, canned_responses
from gateway.demo.way import CHAT, GEMINI, MESSAGES, RESPONSES, Way

ANSWER = "I am a canned model. You wrote: hello"
CHATTED = {"messages": [{"role": "user", "content": "hello"}]}
TYPED = {"input": "hello"}
PARTED = {"contents": [{"role": "user", "parts": [{"text": "hello"}]}]}
WAYS: dict[str, tuple[Way, dict[str, Any], dict[str, Any], Iterable[dict[str, Any]]]] = {
    "chat": (CHAT, CHATTED, canned_chat.completion(CHATTED), canned_chat.events(CHATTED)),
    "responses": (RESPONSES, TYPED, canned_responses.response(TYPED, 1), canned_responses.events(TYPED, 1)),
    "messages": (MESSAGES, CHATTED, canned_messages.message(CHATTED), canned_messages.events(CHATTED)),
    "gemini": (GEMINI, PARTED, canned_gemini.answer(PARTED), canned_gemini.chunks(PARTED)),
}


@pytest.mark.parametrize(("way", "asked", "whole", "stream"), WAYS.values(), ids=WAYS)
def test_a_stream_reads_like_a_whole_reply(
    way: Way, asked: dict[str, Any], whole: dict[str, Any], stream: Iterable[dict[str, Any]]
) -> None:
    assert way.said(asked) == "hello"
    assert "".join(way.texts(whole)) == ANSWER
    assert "".join(text for event in stream for text in way.texts(event)) == ANSWER


def test_a_tool_call_is_shown_as_one() -> None:
    tool = {"type": "function", "function": {"name": "look_up"}}
    assert 'look_up({"text": "hello"})' in "".join(CHAT.texts(canned_chat.completion({**CHATTED, "tools": [tool]})))


def test_a_second_turn_shows_which_it_goes_on_from() -> None:
    assert RESPONSES.said({**TYPED, "previous_response_id": "resp_1"}) == "hello\n\n(previous_response_id: resp_1)"
