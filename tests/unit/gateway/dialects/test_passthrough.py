"""What is read of an endpoint that nobody knows, and what of it leaves."""

import json
import re
from typing import Any

import pytest

from gateway.dialects.event import Signal, StreamEvent
from gateway.dialects.message import Inbound, Request
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.passthrough import Passthrough
from gateway.errors import BadRequest, PolicyBlocked

ANY = Passthrough("any", OPENAI, re.compile(r"/v1|/at/(?P<model>[^/]+)"))
UNREAD = [("other.text", "unknown_endpoint")]
AWS = "AKIAIOSFODNN7EXAMPLE"


def inbound(body: bytes = b"", path: str = "/v1/batches", method: str = "POST", **more: Any) -> Inbound:
    return Inbound(body, path=path, method=method, **more)


def found(request: Request) -> list[tuple[str, str]]:
    assert [(part.place, part.reason) for part in request.content.unwalked] == UNREAD
    return [(slot.place, slot.text) for slot in request.content.slots]


CALLS: dict[str, tuple[Inbound, list[tuple[str, str]]]] = {
    "no body": (inbound(method="GET"), []),
    "a document": (inbound(b'{"to":"Ann","more":[{"a b":"Bob"}],"no":4155550132}'), [
        ("other.text", "Ann"), ("other.key", "a b"), ("other.text", "Bob"), ("other.key", "4155550132"),
    ]),
    "a list": (inbound(b'["Ann"]'), [("other.text", "Ann")]),
    "a string": (inbound(b'"Ann"'), [("other.text", "Ann")]),
    "an id in the path": (inbound(path=f"/v1/files/{AWS}"), [("other.id", AWS)]),
    "words in the path": (inbound(path="/v1/users/ann%40x.org"), [("other.key", "ann@x.org")]),
    "words in the query": (inbound(pairs=(("q", "of Ann"), ("ann lee", "1"), ("after", AWS))), [
        ("other.key", "of Ann"), ("other.key", "ann lee"), ("other.id", AWS),
    ]),
    "no JSON": (inbound(b"--x\r\nsecret words", content_type="multipart/form-data; boundary=x"), [
        ("other.id", "boundary=x"), ("other.id", "--x\r\nsecret words"),
    ]),
    "JSON that says it is none": (inbound(b'{"to":"Ann"}', content_type="text/plain"), [("other.text", "Ann")]),
    "bytes": (inbound(b"\xff\xfe", content_type="application/octet-stream"), [("other.id", "\ufffd\ufffd")]),
}  # fmt: skip


@pytest.mark.parametrize(("call", "slots"), CALLS.values(), ids=CALLS)
def test_all_that_can_be_read_is_screened_and_nothing_counts_as_looked_at(
    call: Inbound, slots: list[tuple[str, str]]
) -> None:
    request = ANY.read_request(call)
    assert found(request) == slots
    out = ANY.rewrite_request(request, {})
    assert (out.body, out.method, out.content_type) == (call.body, call.method, call.content_type)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (inbound(b'{"a":1,"a":2}'), "malformed_json"),
        (inbound(b"{", content_type="application/vnd.x+json; charset=utf-8"), "malformed_json"),
        (inbound(path="/v1/../x"), "invalid_path"),
        (inbound(content_type="for Ann"), "invalid_content_type"),
        (inbound(content_type="text/plain\r\nx: y"), "invalid_content_type"),
    ],
    ids=str,
)
def test_what_could_be_read_in_two_ways_is_refused(call: Inbound, code: str) -> None:
    with pytest.raises(BadRequest) as caught:
        ANY.read_request(call)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("call", "asked", "model", "sent"),
    [
        (inbound(b'{"model":"m"}'), "m", "other", b'{"model":"other"}'),
        (inbound(b'{"a":"model"}'), "", "other", b'{"a":"model"}'),
        (inbound(b'{"model":["m"]}'), "", "", b'{"model":["m"]}'),
        (inbound(b'{"a":1}', path="/at/m-1/speech"), "m-1", "m-1", b'{"model":"m-1","a":1}'),
        (inbound(b"[]", path="/at/m-1/speech"), "m-1", "m-1", b"[]"),
    ],
    ids=["in the body", "none", "no name", "in the path", "in the path of a list"],
)
def test_a_model_is_named_where_it_was(call: Inbound, asked: str, model: str, sent: bytes) -> None:
    request = ANY.read_request(call)
    assert request.model == asked
    assert ANY.rewrite_request(request, {}, model=model).body == sent


def test_strings_are_masked_on_the_way_out_and_restored_on_the_way_back() -> None:
    request = ANY.read_request(inbound(b'[{"to": "Ann", "n": 1.0}]'))
    assert ANY.rewrite_request(request, {"q0": "<P>"}).body == b'[{"to": "<P>", "n": 1.0}]'
    reply = ANY.read_reply(b'{"said": "to <P>", "n": 1.0}')
    assert reply.is_unknown
    assert ANY.rewrite_reply(reply, {"r0": "to Ann"}) == b'{"said": "to Ann", "n": 1.0}'


@pytest.mark.parametrize("raw", [b"", b"\x89PNG\r\n", b"plain words", b'{"a":1,"a":2}'], ids=repr)
def test_a_reply_of_any_kind_goes_on_as_it_is(raw: bytes) -> None:
    reply = ANY.read_reply(raw)
    assert ANY.rewrite_reply(reply, {}) is raw
    assert [(part.place, part.reason) for part in reply.content.unwalked] == UNREAD


class TestAStream:
    def events(self, *raw: bytes) -> list[StreamEvent]:
        self.stream = ANY.stream(ANY.read_request(inbound(b'{"stream":true}')))
        return [event for chunk in raw for event in self.stream.feed(chunk)] + list(self.stream.finish())

    def test_what_an_event_says_is_screened(self) -> None:
        said, done, quiet = self.events(b'event: thread.run\ndata: {"to": "<P>"}\n\ndata: [DONE]\n\n: wait\n\n')
        assert [(slot.place, slot.text) for slot in said.extras] == [("other.text", "<P>")]
        assert [part.reason for part in said.unwalked] == ["unknown_endpoint"]
        assert self.stream.render(said, {("to",): "Ann"}) == b'event: thread.run\ndata: {"to": "Ann"}\n\n'
        assert self.stream.render(done, {}) == b"data: [DONE]\n\n"
        assert (quiet.signal, self.stream.complete) == (Signal.QUIET, True)

    def test_a_name_that_is_none_does_not_leave(self) -> None:
        (said,) = self.events(b"event: for Ann\nid: 4\ndata: {}\n\n")
        assert self.stream.render(said, {}) == b"data: {}\n\n"

    @pytest.mark.parametrize(
        ("rest", "count", "complete"),
        [(b'data: {"a": 1}', 1, True), (b'data: {"a": ', 0, False)],
        ids=["whole", "half"],
    )
    def test_its_end(self, rest: bytes, count: int, complete: bool) -> None:
        assert len(self.events(rest)) == count
        assert self.stream.complete is complete

    def test_a_stop_and_a_fault_are_errors_of_the_api(self) -> None:
        self.events()
        error = PolicyBlocked("No.", code="secret.detected")
        event, _, data = self.stream.stopped([0], error).partition(b"\n")
        assert event == b"event: error"
        assert json.loads(data.removeprefix(b"data: "))["error"]["code"] == "secret.detected"
        assert self.stream.failed(error) == self.stream.stopped([], error)
