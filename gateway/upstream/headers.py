"""Which headers cross the gateway. Both ways by name and by shape, so that a header can't carry text past the doors."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from gateway.dialects.api import Api

_ADVICE = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}(?:; ?(?:charset|boundary)=[\w.+-]{1,70})?", re.ASCII)
_TO_CLIENT: Final = frozenset({"x-request-id", "retry-after", "retry-after-ms", "x-should-retry"})

RawHeaders = Iterable[tuple[bytes, bytes]]


def to_upstream(client: RawHeaders, api: Api) -> dict[str, str]:
    """Pick the client's headers that the provider needs, such as a version or the name of a beta feature.

    Its key, cookies and address stay here. Lines of one name become one, as HTTP has it.
    """
    allowed = api.request_headers
    lines: dict[str, list[str]] = {}
    for name, value in client:
        if name in allowed and allowed[name].fullmatch(value):
            lines.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    return {**api.default_headers, **{name: ",".join(values) for name, values in lines.items()}}


def media_type(upstream: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Give the header of what a provider says its answer is, if it looks like one; else just bytes."""
    told = next((value for name, value in upstream.items() if name.lower() == "content-type"), "")
    kind = told if _MEDIA_TYPE.fullmatch(told) else "application/octet-stream"
    return b"content-type", kind.encode("latin-1")


def to_client(upstream: Mapping[str, str], api: Api) -> list[tuple[bytes, bytes]]:
    """Pick what a client acts on, if it looks like it: request id, rate limits, advice to try again."""
    return [
        (lower.encode("latin-1"), value.encode("latin-1"))
        for name, value in upstream.items()
        if ((lower := name.lower()) in _TO_CLIENT or lower in api.reply_headers) and _ADVICE.fullmatch(value)
    ]
