"""What all endpoints of Anthropic's API share."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from gateway.dialects.anthropic.errors import error_body
from gateway.dialects.anthropic.models import MODELS
from gateway.dialects.api import Allowance, Api

_VERSION: Final = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BETAS: Final = re.compile(rb"[a-z][a-z0-9-]{0,79}(?:, ?[a-z][a-z0-9-]{0,79}){0,31}")
_LIMITS: Final = (
    f"anthropic-ratelimit-{of}-{what}"
    for of in ("requests", "tokens", "input-tokens", "output-tokens")
    for what in ("limit", "remaining", "reset")
)


def _allowance_headers(allowances: Sequence[Allowance]) -> Mapping[str, str]:
    """See https://docs.claude.com/en/api/rate-limits: how much there is, what is left, when all is back."""
    told: dict[str, str] = {}
    for of, limit, remaining, _, reset_at_ms in allowances:
        told[f"anthropic-ratelimit-{of}-limit"] = str(limit)
        told[f"anthropic-ratelimit-{of}-remaining"] = str(remaining)
        told[f"anthropic-ratelimit-{of}-reset"] = f"{datetime.fromtimestamp(-(-reset_at_ms // 1000), UTC):%FT%TZ}"
    return told


ANTHROPIC: Final = Api(
    name="anthropic",
    credential="x-api-key",
    credential_prefix="",
    # A workspace or a user profile is not the client's to choose: whose account pays is the operator's to say.
    request_headers={b"anthropic-version": _VERSION, b"anthropic-beta": _BETAS},
    reply_headers=frozenset({"request-id", *_LIMITS}),
    error_body=error_body,
    allowance_headers=_allowance_headers,
    default_headers={"anthropic-version": "2023-06-01"},
    models=MODELS,
    sign="anthropic-version",
)
