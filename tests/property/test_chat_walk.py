"""No string of a request escapes the walker: it is a slot, a mere name in a known place, or told as unread."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gateway.dialects.leaves import is_telling
from gateway.dialects.message import Inbound
from gateway.dialects.openai.chat import OpenAIChat
from gateway.dialects.openai.chat_parts import MODALITY
from gateway.dialects.places import ALL
from gateway.dialects.rewrite import value_at
from gateway.dialects.slot import Kind
from gateway.errors import UpstreamInvalid

CHAT = OpenAIChat()
names = st.sampled_from(["auto", "gpt-4o", "AKIAIOSFODNN7EXAMPLE", "415-555-0132"])
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=8).map(lambda text: f"say {text}!")
free = st.recursive(
    texts | names | st.none() | st.booleans() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts | st.sampled_from(["a", "type", "name"]), inner, max_size=3)
    ),
    max_leaves=6,
)
documents = (st.lists(free, max_size=3) | st.dictionaries(texts | names, free, max_size=3)).map(json.dumps)
parts = st.one_of(
    st.builds(
        lambda text, more: {"type": "text", "text": text, **more}, texts, st.dictionaries(texts, free, max_size=1)
    ),
    st.builds(lambda kind, value: {"type": kind, kind: value}, st.sampled_from(list(MODALITY)), free),
    st.dictionaries(st.sampled_from(["type", "text", "x"]), free, max_size=3),
)
calls = st.builds(
    lambda name, arguments: {"id": "call_1", "type": "function", "function": {"name": name, "arguments": arguments}},
    texts,
    free.map(json.dumps) | texts | free,
)
messages = st.builds(
    lambda role, content, tools, more: {**more, "role": role, "content": content, "tool_calls": tools},
    st.sampled_from(["system", "user", "assistant", "tool"]) | texts,
    texts | documents | st.lists(parts, max_size=2) | st.none(),
    st.lists(calls, max_size=2) | st.none(),
    st.dictionaries(st.sampled_from(["name", "refusal", "audio", "reasoning", "other"]), free, max_size=2),
)
requests = st.builds(
    lambda said, more: {**more, "model": "m", "messages": said},
    st.lists(messages, min_size=1, max_size=2),
    st.dictionaries(
        st.sampled_from(
            ["user", "metadata", "stop", "tool_choice", "response_format", "prediction", "x", "audio", "seed"]
        ),
        free,
        max_size=3,
    ),
)


def is_short_name(text: str) -> bool:
    """Tell whether a text may go unscreened where names or numbers are expected."""
    return not is_telling(text.removeprefix("-"))


def strings(value: Any) -> set[str]:
    """Give every string in a value, keys too, and those of documents inside strings."""
    if isinstance(value, str):
        try:
            inner = json.loads(value)
        except ValueError:
            return {value}
        return strings(inner) if isinstance(inner, dict | list | str) else {value}
    if isinstance(value, dict):
        return {found for key, child in value.items() for found in {key} | strings(child)}
    return {found for child in value for found in strings(child)} if isinstance(value, list) else set()


@given(requests)
def test_each_string_is_a_slot_or_looks_like_a_name(document: dict[str, Any]) -> None:
    content = CHAT.read_request(Inbound(json.dumps(document).encode())).content
    screened = {slot.text for slot in content.slots}
    for text in strings(document) - screened - {""}:
        whole = any(text in seen for seen in screened)  # inside a document that was taken whole
        assert is_short_name(text) or whole


@given(requests)
def test_slots_lead_back_to_their_text(document: dict[str, Any]) -> None:
    content = CHAT.read_request(Inbound(json.dumps(document).encode())).content
    for slot in content.slots:
        assert slot.place in ALL
        assert (slot.kind is Kind.KEY) == slot.place.endswith(".key")
        assert (slot.kind is Kind.LABEL) == slot.place.endswith(".id")
        if slot.is_rewritable:
            value = value_at(document, slot.path)
            assert slot.text == str(value if slot.inner is None else value_at(json.loads(value), slot.inner))


@given(requests, st.data())
def test_rewriting_changes_the_chosen_slots_and_nothing_else(document: dict[str, Any], data: st.DataObject) -> None:
    raw = json.dumps(document).encode()
    request = CHAT.read_request(Inbound(raw))
    writable = [slot.id for slot in request.content.slots if slot.is_rewritable]
    chosen = data.draw(st.sets(st.sampled_from(writable))) if writable else set()
    new = CHAT.read_request(Inbound(CHAT.rewrite_request(request, {slot: f"new {slot}" for slot in chosen}).body))
    before = [
        (s.place, s.path, s.inner, f"new {s.id}" if s.id in chosen else s.text)
        for s in request.content.slots
        if s.is_rewritable
    ]
    after = [(s.place, s.path, s.inner, s.text) for s in new.content.slots if s.is_rewritable]
    assert after == before


messages_back = st.dictionaries(
    st.sampled_from(["content", "refusal", "tool_calls", "audio", "x", "say it!"]), free, max_size=4
)
choices = st.dictionaries(st.sampled_from(["finish_reason", "logprobs", "x", "say it!"]), free, max_size=2)
around = st.dictionaries(st.sampled_from(["id", "model", "usage", "error", "x", "say it!"]), free, max_size=3)


@given(st.lists(st.tuples(messages_back, choices), max_size=2), around)
def test_each_string_of_a_reply_is_a_slot_or_looks_like_a_name(said: list[Any], more: dict[str, Any]) -> None:
    document = {**more, "choices": [{**choice, "message": message} for message, choice in said]}
    content = CHAT.read_reply(json.dumps(document).encode()).content
    assert_screened(document, [slot.text for slot in content.slots])


@given(st.lists(st.tuples(messages_back, choices), max_size=2), around)
def test_each_string_of_a_chunk_is_a_delta_or_screened_by_itself(said: list[Any], more: dict[str, Any]) -> None:
    document = {**more, "choices": [{**choice, "delta": delta} for delta, choice in said]}
    stream = CHAT.stream(CHAT.read_request(Inbound(b'{"model":"m","messages":[{"role":"user"}]}')))
    try:
        (event,) = stream.feed(b"data: " + json.dumps(document).encode() + b"\n\n")
    except UpstreamInvalid:
        return
    texts = [delta.text for delta in event.deltas] + [extra.text for extra in event.extras]
    assert_screened(document, texts)


def assert_screened(document: Any, screened: list[str]) -> None:
    for text in strings(document) - set(screened) - {""}:
        assert is_short_name(text) or any(text in seen for seen in screened)
