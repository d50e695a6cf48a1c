import json

import pytest

from gateway.dialects.message import Inbound, Outbound
from gateway.dialects.openai.responses_stored import StoredResponse
from gateway.errors import BadRequest, UpstreamInvalid

READ, DROP = StoredResponse("GET"), StoredResponse("DELETE")
ITEMS, CANCEL = StoredResponse("GET", "/input_items"), StoredResponse("POST", "/cancel")


def call(dialect: StoredResponse, *pairs: tuple[str, str], name: str = "resp_1", body: bytes = b"") -> Outbound:
    inbound = Inbound(body, {"id": name}, dict(pairs), pairs=pairs)
    return dialect.rewrite_request(dialect.read_request(inbound), {})


@pytest.mark.parametrize(
    ("dialect", "pairs", "sent"),
    [
        (READ, (), "GET /responses/resp_1"),
        (READ, (("include[]", "a.b"), ("include[]", "c")), "GET /responses/resp_1?include%5B%5D=a.b&include%5B%5D=c"),
        (READ, (("api-version", "2025-01-01"),), "GET /responses/resp_1"),
        (DROP, (), "DELETE /responses/resp_1"),
        (ITEMS, (("limit", "5"), ("order", "asc")), "GET /responses/resp_1/input_items?limit=5&order=asc"),
        (CANCEL, (), "POST /responses/resp_1/cancel"),
    ],
    ids=["read", "more", "version", "delete", "items", "cancel"],
)
def test_the_provider_is_asked_the_same(dialect: StoredResponse, pairs: tuple[tuple[str, str], ...], sent: str) -> None:
    outbound = call(dialect, *pairs)
    assert (f"{outbound.method} {outbound.path}", outbound.body) == (sent, b"")


def test_a_request_is_about_the_response_in_its_path() -> None:
    asked = Inbound(b"", {"id": "resp_1"}, {"stream": "true", "starting_after": "4"})
    read = READ.read_request(asked)
    assert ([kept.id for kept in read.continues], read.stream, read.is_kept) == (["resp_1"], True, False)
    assert DROP.read_request(Inbound(b"", {"id": "resp_1"})).forgets
    assert not ITEMS.read_request(asked).stream


@pytest.mark.parametrize("pair", [("note", "x"), ("after", "Ann Lee"), ("after", "x" * 200)], ids=str)
def test_a_parameter_that_could_say_anything_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(BadRequest):
        call(READ, pair)


def test_a_body_is_refused() -> None:
    with pytest.raises(BadRequest):
        call(CANCEL, body=b'{"note": "x"}')


def test_an_id_can_not_lead_to_another_path() -> None:
    assert call(READ, name="../files?x=").path == "/responses/..%2Ffiles%3Fx%3D"


def test_what_comes_back_is_walked() -> None:
    items = {"object": "list", "data": [{"type": "message", "role": "user", "content": "Ann"}], "has_more": False}
    assert [(s.place, s.text) for s in ITEMS.read_reply(json.dumps(items).encode()).content.slots] == [
        ("user.text", "Ann")
    ]
    gone = {"id": "resp_1", "object": "response.deleted", "deleted": True}
    assert [slot.text for slot in DROP.read_reply(json.dumps(gone).encode()).content.slots] == ["response.deleted"]
    with pytest.raises(UpstreamInvalid):
        READ.read_reply(json.dumps(gone).encode())
