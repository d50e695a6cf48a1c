"""Remembered decisions: only what the policy overlooks may differ."""

from dataclasses import replace

import pytest

from gateway.policy.document import encode
from gateway.policy.engine import Fault, unavailable
from gateway.policy.memo import KEY_BYTES, Memo, overlook
from tests.unit.gateway.policy.facts import CLEAN

DECISION = unavailable(Fault.FUEL, bundle="", engine="test")


@pytest.mark.parametrize(
    ("reads", "expected"),
    [
        pytest.param(["input.stage", "input.request.model"], True, id="other-fields"),
        pytest.param(["input.timeless", "input.request.tokens"], True, id="names-that-only-begin-alike"),
        pytest.param([], True, id="reads-nothing"),
        pytest.param(None, False, id="not-known"),
        pytest.param(["input"], False, id="the-whole-input"),
        pytest.param(["input.time"], False, id="time"),
        pytest.param(["input.request"], False, id="all-of-the-request"),
        pytest.param(["input.request.tokens_estimated"], False, id="tokens"),
        pytest.param(["input.usage.input_tokens"], False, id="part-of-usage"),
    ],
)
def test_a_policy_overlooks_a_field_if_it_reads_neither_it_nor_what_holds_it(reads, expected):
    assert overlook(reads) is expected


def test_documents_that_differ_in_time_share_a_key():
    memo = Memo(enabled=True)
    assert memo.key(encode(CLEAN)) == memo.key(encode(replace(CLEAN, time_ms=7)))


def test_documents_that_differ_in_their_subject_do_not():
    memo = Memo(enabled=True)
    other = replace(CLEAN, subject=replace(CLEAN.subject, tenant="other"))
    assert memo.key(encode(CLEAN)) != memo.key(encode(other))


def test_long_and_foreign_documents_and_disabled_memos_have_no_key():
    long = replace(CLEAN, request=replace(CLEAN.request, model="m" * KEY_BYTES))
    assert Memo(enabled=True).key(encode(long)) is None
    assert Memo(enabled=True).key(b"{}") is None
    assert Memo(enabled=False).key(encode(CLEAN)) is None


def test_the_least_recently_used_goes_first():
    memo = Memo(enabled=True, capacity=2)
    memo.put(b"a", DECISION)
    memo.put(b"b", DECISION)
    memo.get(b"a")
    memo.put(b"c", DECISION)
    assert [key for key in (b"a", b"b", b"c") if memo.get(key)] == [b"a", b"c"]


def test_clear_forgets():
    memo = Memo(enabled=True)
    memo.put(b"a", DECISION)
    memo.clear()
    assert memo.get(b"a") is None
