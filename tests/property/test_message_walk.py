"""No string of a Messages request, reply or event escapes the walker: it is a slot, a mere name, or told as unread."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gateway.dialects.anthropic.blocks import BLOCKS
from gateway.dialects.anthropic.messages import AnthropicMessages
from gateway.dialects.anthropic.pieces import DELTAS
from gateway.dialects.anthropic.stream import MessageStream
from gateway.dialects.leaves import is_telling
from gateway.dialects.message import Inbound
from gateway.dialects.places import ALL
from gateway.dialects.rewrite import value_at
from gateway.dialects.slot import Content, Kind
from gateway.errors import UpstreamInvalid
from tests.message_streams import START, begin, call, told

MESSAGES = AnthropicMessages()
_MEMBERS = sorted({member for table in BLOCKS.values() for member in table} | {"type", "x"})
_BYTES = {"data", "signature", "encrypted_content", "encrypted_stdout", "encrypted_index", "url"}
"""Members that may hold what nobody reads: a medium's bytes, or what a provider wrote for itself."""

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=8).map(lambda text: f"say {text}!")
free = st.recursive(
    texts | st.sampled_from(["auto", "AKIAIOSFODNN7EXAMPLE"]) | st.none() | st.booleans() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "type", "say"]), inner, max_size=3)
    ),
    max_leaves=6,
)
kinds = st.sampled_from(sorted(BLOCKS)) | texts
blocks = st.recursive(
    st.dictionaries(st.sampled_from(_MEMBERS), free, max_size=4),
    lambda inner: st.builds(
        lambda kind, content, more: {**more, "type": kind, "content": content},
        kinds,
        st.lists(inner, max_size=2) | inner | texts,
        st.dictionaries(st.sampled_from(_MEMBERS), free, max_size=3),
    ),
    max_leaves=4,
)
messages = st.builds(
    lambda role, content, more: {**more, "role": role, "content": content},
    st.sampled_from(["system", "user", "assistant"]) | texts,
    texts | st.lists(blocks, max_size=3),
    st.dictionaries(st.sampled_from(["clear_at", "output_config", "x"]), free, max_size=2),
)
_AROUND = ["metadata", "stop_sequences", "tool_choice", "output_config", "mcp_servers", "container", "x", "top_k"]
requests = st.builds(
    lambda said, more: {**more, "model": "m", "max_tokens": 1, "messages": said},
    st.lists(messages, min_size=1, max_size=2),
    st.dictionaries(st.sampled_from(_AROUND), free, max_size=3),
)


def strings(value: Any, member: str = "") -> set[str]:
    """Give every string in a value, but for those of members that hold what nobody reads."""
    if isinstance(value, str):
        return set() if member in _BYTES else {value}
    if isinstance(value, dict):
        return {found for key, child in value.items() for found in strings(child, key)}
    return {found for child in value for found in strings(child, member)} if isinstance(value, list) else set()


def assert_all_told(document: Any, content: Content) -> None:
    screened = [slot.text for slot in content.slots]
    for text in strings(document) - set(screened) - {""}:
        assert not is_telling(text) or any(text in seen for seen in screened), text


@given(requests)
def test_each_string_of_a_request_is_a_slot_or_looks_like_a_name(document: dict[str, Any]) -> None:
    assert_all_told(document, MESSAGES.read_request(Inbound(json.dumps(document).encode())).content)


@given(requests)
def test_slots_lead_back_to_their_text(document: dict[str, Any]) -> None:
    for slot in MESSAGES.read_request(Inbound(json.dumps(document).encode())).content.slots:
        assert slot.place in ALL
        for kind in (Kind.KEY, Kind.SEALED):
            assert (slot.kind is kind) == slot.place.endswith(f".{kind}")
        assert (slot.kind is Kind.LABEL) == slot.place.endswith(".id")
        if slot.is_rewritable:
            value = value_at(document, slot.path)
            assert slot.text == str(value if slot.inner is None else value_at(json.loads(value), slot.inner))


@given(st.lists(blocks, max_size=3), st.dictionaries(st.sampled_from(["stop_details", "usage", "x"]), free, max_size=2))
def test_each_string_of_a_reply_is_a_slot_or_looks_like_a_name(content: list[Any], more: dict[str, Any]) -> None:
    document = {**more, "content": content}
    assert_all_told(document, MESSAGES.read_reply(json.dumps(document).encode()).content)


_EVENTS = ["message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta",
           "message_stop", "error", "message_note"]  # fmt: skip
deltas = st.builds(
    lambda kind, more: {**more, "type": kind},
    st.sampled_from(sorted(DELTAS)) | texts,
    st.dictionaries(
        st.sampled_from(["text", "thinking", "partial_json", "citation", "content", "x"]), free, max_size=3
    ),
)
events = st.builds(
    lambda kind, index, block, delta, more: {
        **more, "type": kind, "index": index, "content_block": block, "delta": delta,
    },
    st.sampled_from(_EVENTS), st.sampled_from([0, 1, 2]), blocks | free, deltas | free,
    st.dictionaries(st.sampled_from(["message", "usage", "error", "x"]), free, max_size=2),
)  # fmt: skip


@given(events)
def test_each_string_of_an_event_is_to_be_screened_or_looks_like_a_name(document: dict[str, Any]) -> None:
    stream = MessageStream()
    list(stream.feed(START + begin(0, text="") + call(1)))
    try:
        found = list(stream.feed(told(document["type"], **{k: v for k, v in document.items() if k != "type"})))
    except UpstreamInvalid:
        return
    screened = [text.text for one in found for text in (*one.deltas, *one.extras)]
    for text in strings(document) - set(screened) - {""}:
        assert not is_telling(text) or any(text in seen for seen in screened), text
