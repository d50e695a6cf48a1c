"""`/v1/screen` as both sides speak it: what one writes the other reads, and nothing else is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.serving import wire

ANY_TEXT = st.text(max_size=30)


@given(texts=st.lists(ANY_TEXT, max_size=4), model=ANY_TEXT, tenant=ANY_TEXT, seconds=st.floats(1e-3, 600))
def test_a_request_arrives_as_it_was_sent(texts, model, tenant, seconds):
    sent = wire.ScreenRequest(texts, model, tenant, seconds)
    assert wire.decode_request(wire.encode_request(sent)) == sent


@given(texts=st.lists(ANY_TEXT, max_size=4), data=st.data())
def test_a_reply_arrives_as_it_was_sent(texts, data):
    readings = []
    for text in texts:
        start = data.draw(st.integers(0, len(text)))
        span = wire.ScreenSpan(
            start, data.draw(st.integers(start, len(text))), "toxic", data.draw(st.integers(0, 10**6))
        )
        readings.append(wire.ScreenReading((span,), data.draw(st.sampled_from((None, "language")))))
    sent = wire.ScreenReply("1+ab", ("toxic", "PERSON"), tuple(readings))
    assert wire.decode_reply(wire.encode_reply(sent), texts) == sent


def test_half_a_surrogate_pair_arrives_as_one_unknown_character():
    sent = wire.ScreenRequest(["a\ud83d\ude00b\udc00"])
    assert wire.decode_request(wire.encode_request(sent)).texts == ["a\ufffd\ufffdb\ufffd"]


def test_what_may_be_left_out_has_a_default():
    assert wire.decode_request(b'{"texts": ["a"]}') == wire.ScreenRequest(["a"], "", "", wire.SECONDS)
    assert wire.decode_request(b'{"texts": [], "model": null, "tenant": null}').texts == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hush",
        b"[1]",
        b"[" * 100_000,
        b"{}",
        b'{"texts": "hush"}',
        b'{"texts": ["hush", 1]}',
        b'{"texts": [], "seconds": 0}',
        b'{"texts": [], "seconds": -1}',
        b'{"texts": [], "seconds": true}',
        b'{"texts": [], "seconds": NaN}',
        b'{"texts": [], "seconds": "hush"}',
        b'{"texts": [], "model": ["hush"]}',
        b'{"texts": [], "tenant": 1}',
        b'{"texts": ["\xff"]}',
    ],
)
def test_anything_else_is_no_request_and_is_not_quoted(body):
    with pytest.raises(wire.WireError) as caught:
        wire.decode_request(body)
    assert "hush" not in str(caught.value)


SPAN = [0, 2, "toxic", 5]


@pytest.mark.parametrize(
    "change",
    [
        {"version": None},
        {"labels": "toxic"},
        {"labels": [1]},
        {"readings": []},
        {"readings": [{}, {}]},
        {"readings": [None]},
        {"readings": [{"spans": None}]},
        {"readings": [{"spans": [], "unread": 1}]},
        *({"readings": [{"spans": [span]}]} for span in (
            None, [], [0, 2, "toxic"], [*SPAN, 1], [-1, 2, "toxic", 5], [2, 1, "toxic", 5], [0, 4, "toxic", 5],
            [0, 2, "other", 5], [0, 2, "toxic", 1_000_001], [0, 2, "toxic", -1], [0, 2, "toxic", 0.5],
            [0, True, "toxic", 5],
        )),
    ],
)  # fmt: skip
def test_a_reply_that_can_not_be_is_refused(change):
    good = {"version": "1", "labels": ["toxic"], "readings": [{"spans": [SPAN], "unread": None}]}
    assert wire.decode_reply(json.dumps(good).encode(), ["abc"]).readings[0].spans == (tuple(SPAN),)
    with pytest.raises(wire.WireError):
        wire.decode_reply(json.dumps(good | change).encode(), ["abc"])


def test_errors_carry_a_code():
    assert wire.decode_error(wire.encode_error(wire.BUSY, "too much waits")) == wire.BUSY
    for body in (b"", b"[]", b"{}", b'{"error": "x"}', b'{"error": {"code": 1}}', b"<html>"):
        assert wire.decode_error(body) == ""
