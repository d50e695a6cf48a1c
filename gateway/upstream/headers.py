"""Which headers cross the gateway. Both ways by name and by shape, so that a header can't carry text past the doors."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_BETA = re.compile(rb"[a-z-]{1,40}=v[0-9]{1,3}")
_ADVICE = re.compile(r"[A-Za-z0-9._:-]{1,64}")

_LIMITS: Final = (
    f"x-ratelimit-{what}-{of}" for what in ("limit", "remaining", "reset") for of in ("requests", "tokens")
)
_TO_CLIENT: Final = frozenset(
    {
        "x-request-id",
        "retry-after",
        "retry-after-ms",
        "x-should-retry",
        "openai-processing-ms",
        "openai-version",
        *_LIMITS,
    }
)

RawHeaders = Iterable[tuple[bytes, bytes]]


def to_upstream(client: RawHeaders) -> dict[str, str]:
    """Pick the client's headers that the provider needs: `openai-beta`, when it is a feature's name and version.

    Its key, cookies and address stay here, and so does its choice of an organisation or project: whose account pays is
    the operator's to say.
    """
    return {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in client
        if name == b"openai-beta" and _BETA.fullmatch(value)
    }


def to_client(upstream: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Pick what a client acts on, if it looks like it: request id, rate limits, advice to try again."""
    return [
        (lower.encode("latin-1"), value.encode("latin-1"))
        for name, value in upstream.items()
        if (lower := name.lower()) in _TO_CLIENT and _ADVICE.fullmatch(value)
    ]
