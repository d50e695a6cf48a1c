"""The count of tokens of contents, or of a whole request to generate."""

from typing import Any

import pytest

from gateway.dialects.gemini.count import GEMINI_COUNT_TOKENS as COUNT
from gateway.errors import BadRequest
from tests.unit.gateway.dialects.gemini.requests import inbound, said

ANN = "ann.lee@example.org"
CONTENTS = {"contents": [said({"text": ANN}, {"inlineData": {"mimeType": "image/png", "data": "QUJD"}})]}
WHOLE = {
    **CONTENTS,
    "systemInstruction": said({"text": f"for {ANN}"}),
    "tools": [{"functionDeclarations": [{"name": "f"}]}],
}

ASKED: dict[str, tuple[Any, list[str]]] = {
    "contents": (CONTENTS, [ANN]),
    "a request": ({"generateContentRequest": WHOLE}, [ANN, f"for {ANN}"]),
    "a request, in the other spelling": ({"generate_content_request": WHOLE}, [ANN, f"for {ANN}"]),
}


@pytest.mark.parametrize(("body", "texts"), ASKED.values(), ids=ASKED)
def test_a_request_is_walked(body: Any, texts: list[str]) -> None:
    request = COUNT.read_request(inbound(body, "countTokens"))
    assert [slot.text for slot in request.content.slots] == texts
    assert [part.reason for part in request.content.unwalked] == ["modality.image"]
    assert request.modalities == ("image", "text")


REFUSED: dict[str, tuple[Any, str]] = {
    "nothing": ({}, "contents"),
    "a request that is none": ({"generateContentRequest": []}, "generateContentRequest"),
    "a request without contents": ({"generateContentRequest": {}}, "contents"),
    "contents that are none beside a request": ({"contents": [7], "generateContentRequest": WHOLE}, "contents[0]"),
    "two requests": ({"generateContentRequest": WHOLE, "generate_content_request": WHOLE}, "generateContentRequest"),
}


@pytest.mark.parametrize(("body", "param"), REFUSED.values(), ids=REFUSED)
def test_what_the_gateway_can_not_rely_on_is_refused(body: Any, param: str) -> None:
    with pytest.raises(BadRequest) as caught:
        COUNT.read_request(inbound(body, "countTokens"))
    assert caught.value.param == param


def test_a_count_is_nobodys_usage() -> None:
    reply = COUNT.read_reply(b'{"totalTokens": 7, "cachedContentTokenCount": 3, "promptTokensDetails": []}')
    assert (reply.usage, reply.content.slots) == (None, ())
