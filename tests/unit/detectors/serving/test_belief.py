"""A service's answer is looked at before a name of it enters a decision or a record."""

import json

import pytest

from detectors.serving.belief import believed
from detectors.serving.wire import WireError

TEXTS = ["so nasty"]
GOOD = {
    "version": "small+ab12",
    "labels": ["toxic", "PERSON"],
    "readings": [{"spans": [[3, 8, "toxic", 912_345]], "unread": None}],
}


def answer(**other: object) -> bytes:
    return json.dumps(GOOD | other).encode()


def test_a_good_answer_is_read():
    reply = believed(answer(), TEXTS)
    assert (reply.version, set(reply.labels)) == ("small+ab12", {"toxic", "PERSON"})
    assert reply.readings[0].spans == ((3, 8, "toxic", 912_345),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": ""},
        {"version": "so nasty"},
        {"version": "v" * 201},
        {"version": None},
        {"labels": ["toxic", "Person"]},
        {"labels": ["toxic", "so nasty"]},
        {"labels": ["toxic", ""]},
        {"labels": ["PERSON"]},
        {"readings": []},
        {"readings": [{"spans": [[3, 9, "toxic", 1]], "unread": None}]},
        {"readings": [{"spans": [[3, 8, "toxic", 1_000_001]], "unread": None}]},
        {"readings": [{"spans": [], "unread": "so nasty"}]},
        {"readings": [{"spans": [], "unread": ""}]},
        {"readings": [{"unread": None}]},
        {"readings": None},
    ],
    ids=str,
)
def test_one_that_may_mean_anything_else_is_not(wrong):
    with pytest.raises(WireError) as raised:
        believed(answer(**wrong), TEXTS)
    assert "nasty" not in str(raised.value)


@pytest.mark.parametrize("raw", [b"", b"[]", b"<html>", b"\xff", b"nul"])
def test_what_is_no_answer_is_not(raw):
    with pytest.raises(WireError):
        believed(raw, TEXTS)
