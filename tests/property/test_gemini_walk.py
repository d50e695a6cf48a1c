"""No string of Gemini's escapes the walker: it is a slot, a mere name in a known place, or told as unread."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gateway.dialects.gemini.generate import GeminiGenerate
from gateway.dialects.gemini.parts import KINDS
from gateway.dialects.gemini.reply import CANDIDATE
from gateway.dialects.gemini.request import GENERATE as MEMBERS
from gateway.dialects.leaves import is_telling
from gateway.dialects.message import Inbound, Request
from gateway.dialects.places import ALL
from gateway.dialects.rewrite import value_at
from gateway.dialects.slot import Kind
from gateway.errors import UpstreamInvalid

GENERATE = GeminiGenerate()
KNOWN = {*KINDS, *MEMBERS, *CANDIDATE}
PATH = {"version": "v1beta", "collection": "models", "model": "m", "method": "generateContent"}
names = st.sampled_from(["STRING", "image/png", "AKIAIOSFODNN7EXAMPLE", "415-555-0132"])
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=8).map(lambda text: f"say {text}!")
free = st.recursive(
    texts | names | st.none() | st.booleans() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            texts | st.sampled_from(["type", "name", "args", "response", "parts", "uri"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
members = st.sampled_from(
    ["thought", "thoughtSignature", "thought_signature", "videoMetadata", "partMetadata", "x", "say it!"]
)
parts = st.builds(
    lambda kind, value, more: {**more, kind: value},
    st.sampled_from(sorted(KINDS)),
    free,
    st.dictionaries(members, free, max_size=2),
) | st.dictionaries(members, free, max_size=2)
contents = st.builds(
    lambda role, said, more: {**more, "role": role, "parts": said},
    st.sampled_from(["user", "model", "function", None]) | texts,
    st.lists(parts, max_size=2) | parts,
    st.dictionaries(texts, free, max_size=1),
)
requests = st.builds(
    lambda said, config, more: {**more, "contents": said, "generationConfig": config},
    st.lists(contents, min_size=1, max_size=2) | contents,
    st.dictionaries(
        st.sampled_from(["stopSequences", "stop_sequences", "responseSchema", "speechConfig", "seed", "x"]),
        free,
        max_size=2,
    ),
    st.dictionaries(
        st.sampled_from(
            ["systemInstruction", "safety_settings", "toolConfig", "cachedContent", "labels", "x", "say it!"]
        ),
        free,
        max_size=3,
    ),
)


def read(document: dict[str, Any]) -> Request:
    return GENERATE.read_request(Inbound(json.dumps(document).encode(), PATH))


def strings(value: Any) -> set[str]:
    """Give every string in a value, keys too, and those of documents inside strings."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return {found for key, child in value.items() for found in {key} | strings(child)}
    return {found for child in value for found in strings(child)} if isinstance(value, list) else set()


@given(requests)
def test_each_string_is_a_slot_or_looks_like_a_name(document: dict[str, Any]) -> None:
    screened = {slot.text for slot in read(document).content.slots}
    for text in strings(document) - screened - KNOWN - {""}:
        assert not is_telling(text.removeprefix("-")), text


@given(requests)
def test_slots_lead_back_to_their_text(document: dict[str, Any]) -> None:
    for slot in read(document).content.slots:
        assert slot.place in ALL
        assert (slot.kind is Kind.KEY) == slot.place.endswith(".key")
        assert (slot.kind is Kind.LABEL) == slot.place.endswith(".id")
        if slot.is_rewritable:
            value = value_at(document, slot.path)
            assert slot.text == str(value if slot.inner is None else value_at(json.loads(value), slot.inner))


@given(requests, st.data())
def test_rewriting_changes_the_chosen_slots_and_nothing_else(document: dict[str, Any], data: st.DataObject) -> None:
    request = read(document)
    writable = [slot.id for slot in request.content.slots if slot.is_rewritable]
    chosen = data.draw(st.sets(st.sampled_from(writable))) if writable else set()
    out = GENERATE.rewrite_request(request, {slot: f"new {slot}" for slot in chosen})
    assert chosen or out.body == request.raw
    new = GENERATE.read_request(Inbound(out.body, PATH))
    before = [(s.path, f"new {s.id}" if s.id in chosen else s.text) for s in request.content.slots if s.is_rewritable]
    assert [(s.path, s.text) for s in new.content.slots if s.is_rewritable] == before


candidates = st.dictionaries(
    st.sampled_from(
        ["content", "finishReason", "groundingMetadata", "citationMetadata", "logprobsResult", "x", "say it!"]
    ),
    free | contents,
    max_size=4,
)
around = st.dictionaries(
    st.sampled_from(["usageMetadata", "modelVersion", "promptFeedback", "error", "x", "say it!"]), free, max_size=3
)


@given(st.lists(candidates, max_size=2), around)
def test_each_string_of_a_reply_is_a_slot_or_looks_like_a_name(
    said: list[dict[str, Any]], more: dict[str, Any]
) -> None:
    document = {**more, "candidates": said}
    content = GENERATE.read_reply(json.dumps(document).encode()).content
    screened = "\n".join(slot.text for slot in content.slots)
    for text in strings(document) - KNOWN:
        assert text in screened or not is_telling(text.removeprefix("-")), text


@given(free)
def test_whatever_a_provider_says_is_read_or_told_as_unreadable(document: Any) -> None:
    for read_it in (GENERATE.read_reply, GENERATE.read_error):
        try:
            read_it(json.dumps(document).encode())
        except UpstreamInvalid:
            continue
