"""The model and the method stand in the path, the model perhaps in the body as well: all must agree, both ways."""

import json
from typing import Any

import pytest

from gateway.dialects.gemini.call import path_of
from gateway.dialects.gemini.count import GEMINI_COUNT_TOKENS
from gateway.dialects.gemini.embed import EMBED
from gateway.dialects.gemini.generate import GeminiGenerate
from gateway.errors import BadRequest
from tests.unit.gateway.dialects.gemini.requests import inbound, said

GENERATE = GeminiGenerate()
HI = {"contents": [said({"text": "Hi"})]}
ONE = {"content": said({"text": "Hi"})}


def test_the_paths() -> None:
    template = "/{version:v1beta|v1|v1alpha}/{collection:models|tunedModels}/{model}:{method:a|b}"
    assert path_of("a", "b") == template


PATHS: dict[str, tuple[dict[str, str], str, str | None, str, str]] = {
    "a model": ({}, "gemini-2.5-flash", None, "gemini-2.5-flash", "/v1beta/models/gemini-2.5-flash:countTokens"),
    "another version": ({"version": "v1"}, "m", None, "m", "/v1/models/m:countTokens"),
    "a tuned model": (
        {"collection": "tunedModels"},
        "mine-7x",
        None,
        "tunedModels/mine-7x",
        "/v1beta/tunedModels/mine-7x:countTokens",
    ),
    "an alias": ({}, "quick", "gemini-2.5-flash", "quick", "/v1beta/models/gemini-2.5-flash:countTokens"),
    "an alias of a tuned model": ({}, "quick", "tunedModels/a", "quick", "/v1beta/tunedModels/a:countTokens"),
    "a name that would end the path": (
        {},
        "m?alt=media#x",
        None,
        "m?alt=media#x",
        "/v1beta/models/m%3Falt%3Dmedia%23x:countTokens",
    ),
}


@pytest.mark.parametrize(("params", "model", "alias", "known", "path"), PATHS.values(), ids=PATHS)
def test_a_call_leads_to_the_same_method(
    params: dict[str, str], model: str, alias: str | None, known: str, path: str
) -> None:
    request = GEMINI_COUNT_TOKENS.read_request(inbound(HI, "countTokens", model, params=params))
    assert request.model == known
    outbound = GEMINI_COUNT_TOKENS.rewrite_request(request, {}, model=alias)
    assert (outbound.method, outbound.path, outbound.body) == ("POST", path, request.raw)


def test_a_stream_is_asked_for_as_events_whatever_the_client_wants() -> None:
    for query in ({}, {"alt": "sse"}, {"$alt": "json"}):
        request = GENERATE.read_request(inbound(HI, "streamGenerateContent", query=query))
        path = GENERATE.rewrite_request(request, {}).path
        assert path == "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"


@pytest.mark.parametrize("method", ["generateContent", "streamGenerateContent"])
def test_another_encoding_is_refused(method: str) -> None:
    with pytest.raises(BadRequest) as caught:
        GENERATE.read_request(inbound(HI, method, query={"alt": "proto"}))
    assert caught.value.param == "alt"


NAMED: dict[str, tuple[Any, str, Any]] = {
    "generate": (GENERATE, "generateContent", lambda name: {**HI, "model": name}),
    "embed": (EMBED, "embedContent", lambda name: {**ONE, "model": name}),
    "embed a batch": (EMBED, "batchEmbedContents", lambda name: {"requests": [{**ONE, "model": name}] * 2}),
    "count": (GEMINI_COUNT_TOKENS, "countTokens", lambda name: {"generateContentRequest": {**HI, "model": name}}),
    "count, in the other spelling": (
        GEMINI_COUNT_TOKENS,
        "countTokens",
        lambda name: {"generate_content_request": {**HI, "model": name}},
    ),
}


@pytest.mark.parametrize(("dialect", "method", "body"), NAMED.values(), ids=NAMED)
def test_the_model_in_the_body_is_the_paths(dialect: Any, method: str, body: Any) -> None:
    for name in ("models/quick", "quick"):
        request = dialect.read_request(inbound(body(name), method, "quick"))
        assert dialect.rewrite_request(request, {}, model="quick").body == request.raw
        outbound = dialect.rewrite_request(request, {}, model="gemini-2.5-flash")
        assert json.loads(outbound.body) == body("models/gemini-2.5-flash")
    for name in ("models/other", "tunedModels/quick", "", 7):
        with pytest.raises(BadRequest) as caught:
            dialect.read_request(inbound(body(name), method, "quick"))
        assert caught.value.param == "model"
