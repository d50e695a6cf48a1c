"""Errors both ways, read by the vendor's own SDK."""

import anthropic
import httpx2
import pytest

from gateway.dialects.anthropic.api import ANTHROPIC
from gateway.dialects.anthropic.errors import error_body, read_error
from gateway.errors import (
    AirlockError,
    BadRequest,
    BodyTooLarge,
    CheckUnavailable,
    InternalFault,
    PolicyBlocked,
    Unauthenticated,
    UnknownModel,
    UpstreamTimeout,
    UpstreamUnreachable,
)
from gateway.upstream.headers import to_client, to_upstream


@pytest.mark.parametrize(
    ("error", "kind", "raised"),
    [
        (BadRequest("m"), "invalid_request_error", anthropic.BadRequestError),
        (BodyTooLarge("m"), "request_too_large", anthropic.APIStatusError),
        (Unauthenticated("m"), "authentication_error", anthropic.AuthenticationError),
        (PolicyBlocked("m", code="secret.detected"), "permission_error", anthropic.PermissionDeniedError),
        (UnknownModel("m", param="model"), "not_found_error", anthropic.NotFoundError),
        (InternalFault("m"), "api_error", anthropic.InternalServerError),
        (CheckUnavailable("m"), "api_error", anthropic.InternalServerError),
        (UpstreamUnreachable("m"), "api_error", anthropic.InternalServerError),
        (UpstreamTimeout("m"), "timeout_error", anthropic.InternalServerError),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, AirlockError) else "",
)
def test_the_sdk_reads_our_errors(error: AirlockError, kind: str, raised: type[anthropic.APIStatusError]) -> None:
    def answer(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(error.status, content=error_body(error), headers={"content-type": "application/json"})

    transport = httpx2.MockTransport(answer)
    with (
        anthropic.Anthropic(
            api_key="k", base_url="http://a", max_retries=0, http_client=httpx2.Client(transport=transport)
        ) as sdk,
        pytest.raises(raised) as caught,
    ):
        sdk.messages.create(model="m", max_tokens=1, messages=[{"role": "user", "content": "hi"}])
    assert (caught.value.type, caught.value.api_message, caught.value.error_code) == (kind, "m", error.code)


def test_a_providers_error_is_screened_like_a_reply() -> None:
    raw = b'{"type":"error","error":{"type":"invalid_request_error","message":"m","details":{"x":"a b"}},"note":"n o"}'
    read = read_error(raw)
    assert [(slot.place, slot.text) for slot in read.content.slots] == [
        ("error.text", "m"), ("error.text", "a b"), ("error.text", "n o"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "leaves"),
    [
        ([], {"anthropic-version": "2023-06-01"}),
        ([(b"anthropic-version", b"2099-01-01")], {"anthropic-version": "2099-01-01"}),
        ([(b"anthropic-version", b"ann.lee@example.com")], {"anthropic-version": "2023-06-01"}),
        (
            [(b"anthropic-beta", b"mcp-client-2025-11-20, fast-mode-2026-02-01"), (b"anthropic-beta", b"x")],
            {"anthropic-version": "2023-06-01", "anthropic-beta": "mcp-client-2025-11-20, fast-mode-2026-02-01,x"},
        ),
        ([(b"anthropic-beta", b"AKIAQYLPMN5HHHFPZAM2")], {"anthropic-version": "2023-06-01"}),
        ([(b"anthropic-workspace-id", b"wrkspc_1"), (b"x-api-key", b"ak_1")], {"anthropic-version": "2023-06-01"}),
    ],
    ids=["none", "a version", "no version", "features in two lines", "no feature", "not the client's to say"],
)
def test_versions_and_features_reach_the_provider(sent: list[tuple[bytes, bytes]], leaves: dict[str, str]) -> None:
    assert to_upstream(sent, ANTHROPIC) == leaves


def test_the_client_gets_the_providers_limits_and_request_id() -> None:
    told = {
        "request-id": "req_018EeWyXxfu5pfWkrYcMdjWG",
        "anthropic-ratelimit-input-tokens-reset": "2025-01-01T00:00:00Z",
        "anthropic-organization-id": "86b5ea3e-0000-4c3e-b2a2-6f21399b021b",
        "anthropic-ratelimit-note": "hello",
    }
    assert [name for name, _ in to_client(told, ANTHROPIC)] == [
        b"request-id", b"anthropic-ratelimit-input-tokens-reset",
    ]  # fmt: skip
