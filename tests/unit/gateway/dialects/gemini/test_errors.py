"""The envelope of errors, ours and the provider's."""

import json

import pytest

from gateway.dialects.gemini.errors import error_body, read_error
from gateway.errors import (
    AirlockError,
    BadRequest,
    BodyTooLarge,
    CheckUnavailable,
    InternalFault,
    PolicyBlocked,
    Unauthenticated,
    UnknownModel,
    UpstreamInvalid,
    UpstreamTimeout,
    UpstreamUnreachable,
)

STATUS: dict[type[AirlockError], tuple[int, str]] = {
    BadRequest: (400, "INVALID_ARGUMENT"),
    BodyTooLarge: (413, "INVALID_ARGUMENT"),
    Unauthenticated: (401, "UNAUTHENTICATED"),
    PolicyBlocked: (403, "PERMISSION_DENIED"),
    UnknownModel: (404, "NOT_FOUND"),
    InternalFault: (500, "INTERNAL"),
    UpstreamUnreachable: (502, "UNAVAILABLE"),
    CheckUnavailable: (503, "UNAVAILABLE"),
    UpstreamTimeout: (504, "DEADLINE_EXCEEDED"),
}


@pytest.mark.parametrize("kind", STATUS)
def test_our_own_errors(kind: type[AirlockError]) -> None:
    body = error_body(kind("Because.", code="some.reason"))
    assert body.startswith(b'{"error":')
    error = json.loads(body)["error"]
    assert (error["code"], error["status"]) == STATUS[kind]
    assert error["message"] == "Because."
    assert [detail["reason"] for detail in error["details"]] == ["some.reason"]


def test_the_offending_parameter_is_named() -> None:
    error = json.loads(error_body(BadRequest("No.", param="contents")))["error"]
    assert error["details"][0]["metadata"] == {"param": "contents"}


ERROR = {
    "code": 400,
    "message": "Bad: ann@x.org",
    "status": "INVALID_ARGUMENT",
    "details": [
        {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"description": "No, Ann"}]}
    ],
}


@pytest.mark.parametrize("document", [{"error": ERROR}, [{"error": ERROR}]], ids=["one", "a list of one"])
def test_a_providers_error_is_walked(document: object) -> None:
    content = read_error(json.dumps(document).encode()).content
    assert [(slot.place, slot.text) for slot in content.slots if slot.is_rewritable] == [
        ("error.text", "Bad: ann@x.org"),
        ("error.text", "No, Ann"),
    ]


@pytest.mark.parametrize("raw", [b"", b"<html>", b'"busy"', b"[1]", b'{"a":1,"a":2}'])
def test_what_is_no_error_is_told(raw: bytes) -> None:
    with pytest.raises(UpstreamInvalid):
        read_error(raw)
