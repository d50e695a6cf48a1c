"""Foreign errors become ours, without their words."""

import aiohttp
import pytest

from gateway.errors import UpstreamFault, UpstreamInvalid, UpstreamTimeout, UpstreamUnreachable
from gateway.upstream.client import translate

FAULTS: dict[str, tuple[Exception, type[UpstreamFault]]] = {
    "no connection in time: nothing was sent": (aiohttp.ConnectionTimeoutError("sk-1"), UpstreamUnreachable),
    "no answer in time: it may have been done": (TimeoutError("sk-1"), UpstreamTimeout),
    "silence on the line": (aiohttp.SocketTimeoutError("sk-1"), UpstreamTimeout),
    "closed without a word": (aiohttp.ServerDisconnectedError("sk-1"), UpstreamUnreachable),
    "refused": (ConnectionRefusedError("sk-1"), UpstreamUnreachable),
    "cut off": (aiohttp.ClientPayloadError("sk-1"), UpstreamInvalid),
    "a header that can't be sent": (ValueError("sk-1"), UpstreamInvalid),
}


@pytest.mark.parametrize(("fault", "kind"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_its_kind(fault: Exception, kind: type[UpstreamFault]) -> None:
    told = translate(fault)
    assert type(told) is kind
    assert "sk-1" not in told.message
