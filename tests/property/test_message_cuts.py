"""A guarded stream of Messages gives the same reply wherever it was cut, and thinking as it came."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.stream.limits import Limits
from tests.chat_streams import cut
from tests.message_streams import START, STOP, assembled, begin, call, delta, end, finish, give, guard, run, say, think

TOKENS = {"<PERSON_k3f9a>": 'Ann "Lee"', "<EMAIL_ADDRESS_bcdef>": "ann@example.org"}
INPUT = json.dumps({"to": "<EMAIL_ADDRESS_bcdef>", "body": 'Dear <PERSON_k3f9a>,\n"hi"', "n": [1, 2.50]})
THOUGHT = "I think of <PERSON_k3f9a> and é <EMAIL_ADDRESS_bcdef>"
SEAL = "EqoBCkgIARABGAIiQL2UoU0b1OHYi" * 4
RECORDED = b"".join([
    b": connected\n\n",
    START.replace(b"\n", b"\r\n"),
    begin(0, "thinking", thinking="", signature=""),
    *(think(THOUGHT[at : at + 5]) for at in range(0, len(THOUGHT), 5)),
    delta(0, "signature_delta", signature=SEAL),
    end(0),
    begin(1, "text", text=""),
    *(say(part, 1) for part in ["Dear <PER", "SON_k3f", "9a>, your address ", "é", "is <EMAIL_ADD", "RESS_bcdef>"]),
    end(1),
    call(2),
    *(give(INPUT[at : at + 7], 2) for at in range(0, len(INPUT), 7)),
    end(2),
    finish("tool_use"),
    STOP,
])  # fmt: skip
WHOLE = {
    "0.type": "thinking",
    "0.thinking": THOUGHT,
    "0.signature": SEAL,
    "0.end": "yes",
    "1.type": "text",
    "1.text": 'Dear Ann "Lee", your address éis ann@example.org',
    "1.end": "yes",
    "2.type": "tool_use",
    "2.id": "toolu_2",
    "2.name": "send",
    "2.partial_json": json.dumps({"to": "ann@example.org", "body": 'Dear Ann "Lee",\n"hi"', "n": [1, 2.50]}),
    "2.end": "yes",
    "end": "tool_use",
    "done": "yes",
}


@settings(max_examples=100)
@given(st.sampled_from(["window", "hold", "observe"]), st.lists(st.integers(0, 10**6), max_size=40))
def test_many_cuts_give_the_same_reply(mode: str, places: list[int]) -> None:
    guarded = guard(mode, TOKENS, Limits(reach=8, stride=4, run=200))
    assert assembled(run(guarded, cut(RECORDED, places))) == WHOLE
    assert guarded.closed
