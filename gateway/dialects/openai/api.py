"""What all endpoints of OpenAI's API share."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from gateway.dialects.api import Allowance, Api
from gateway.dialects.openai.errors import error_body
from gateway.dialects.openai.models import MODELS

_BETA: Final = re.compile(rb"[a-z-]{1,40}=v[0-9]{1,3}")
_LIMITS: Final = (
    f"x-ratelimit-{what}-{of}" for what in ("limit", "remaining", "reset") for of in ("requests", "tokens")
)


def _allowance_headers(allowances: Sequence[Allowance]) -> Mapping[str, str]:
    """See https://platform.openai.com/docs/guides/rate-limits: how much there is, what is left, when all is back."""
    told: dict[str, str] = {}
    for of, limit, remaining, reset_ms, _ in allowances:
        told[f"x-ratelimit-limit-{of}"] = str(limit)
        told[f"x-ratelimit-remaining-{of}"] = str(remaining)
        told[f"x-ratelimit-reset-{of}"] = _duration(reset_ms)
    return told


def _duration(milliseconds: int) -> str:
    """Write a duration as the vendor does: `6m0s`, `1s`, `20ms`."""
    seconds, rest = divmod(milliseconds, 1000)
    if not seconds:
        return f"{rest}ms"
    minutes, seconds = divmod(seconds + (rest > 0), 60)
    hours, minutes = divmod(minutes, 60)
    return (f"{hours}h" if hours else "") + (f"{minutes}m" if hours or minutes else "") + f"{seconds}s"


OPENAI: Final = Api(
    name="openai",
    credential="authorization",
    credential_prefix="Bearer ",
    # An organisation or project is not the client's to choose: whose account pays is the operator's to say.
    request_headers={b"openai-beta": _BETA},
    reply_headers=frozenset({"openai-processing-ms", "openai-version", *_LIMITS}),
    error_body=error_body,
    allowance_headers=_allowance_headers,
    models=MODELS,
)
