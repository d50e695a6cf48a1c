"""The wire of every dialect, case by case, as files that a person can read.

A folder is a dialect, by its name with `_` for a dot, a folder in it a case. Written by hand are `request.json` (or
`request.bin` where the body is none), `values.json` (which text is found as which label), the provider's `reply.json`
or `reply.sse`, and where the path, the query or the content type matter, `inbound.json`. Made by the gateway and
compared here are `slots.txt`, `upstream.txt` and `upstream.json` (what the provider sees) and `client.json` or
`client.sse` (what the client sees). After a change that is meant:

    AIRLOCK_REGENERATE=1 pytest tests/golden && git diff tests/golden
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from detectors.finding import Finding
from gateway.dialects.catalog import ENDPOINTS, PASSTHROUGHS
from gateway.dialects.dialect import Dialect
from gateway.dialects.mcp.dialect import MCP
from gateway.dialects.message import Inbound, Request
from gateway.dialects.slot import Content
from gateway.pseudonyms.mask import Masked, Pseudonymiser
from gateway.pseudonyms.restore import Restorer
from gateway.pseudonyms.token import derive_key
from gateway.stream.guard import StreamGuard
from gateway.stream.limits import Limits

HERE = Path(__file__).parent
_ALL: list[Dialect] = [*(endpoint.dialect for endpoint in reversed(ENDPOINTS)), *PASSTHROUGHS.values(), MCP]
DIALECTS = {dialect.name.replace(".", "_"): dialect for dialect in _ALL}
CASES = sorted(str(file.parent.relative_to(HERE)) for file in HERE.glob("*/*/request.*"))
PSEUDONYMISER = Pseudonymiser(derive_key(b"a secret of the tests, 32 bytes or more", "golden"))
CHUNK = 50
"""Streams are fed in pieces of this many bytes, so no event and no token arrives in one piece."""


def found(content: Content, values: dict[str, str]) -> Iterable[Finding]:
    for slot in content.slots:
        for value, label in values.items():
            start = slot.screened.find(value)
            while start >= 0:
                yield Finding("golden", "1", label, slot.id, start, start + len(value), 900_000)
                start = slot.screened.find(value, start + 1)


def masked(case: Path, request: Request) -> Masked:
    values = json.loads((case / "values.json").read_text())
    findings = found(request.content, values)
    return PSEUDONYMISER.mask(request.content.slots, findings, dict.fromkeys(values.values(), 0), "golden")


def inbound(case: Path) -> Inbound:
    body = next(case.glob("request.*")).read_bytes()
    more = case / "inbound.json"
    return Inbound(body, **json.loads(more.read_text())) if more.exists() else Inbound(body)


def streamed(dialect: Dialect, request: Request, restorer: Restorer, reply: bytes) -> bytes:
    reader = dialect.stream(request)
    guard = StreamGuard(
        reader, restorer, "window", Limits(reach=16, stride=8), allow_unwalked=True, json_text=request.json_reply
    )
    out = []
    for piece in [*(reply[at : at + CHUNK] for at in range(0, len(reply), CHUNK)), None]:
        guard.feed(piece) if piece else guard.finish()
        while passages := guard.to_screen():
            guard.cleared(passages)
        out.append(guard.take())
    assert guard.closed
    return b"".join(out)


def listed(content: Content) -> bytes:
    rows = [f"{slot.id} {slot.kind} {slot.place} {slot.text!r}" for slot in content.slots]
    return "\n".join([*rows, *(f"{part.id} {part.reason} {part.place}" for part in content.unwalked), ""]).encode()


def compare(path: Path, now: bytes) -> None:
    if os.environ.get("AIRLOCK_REGENERATE"):
        path.write_bytes(now)
    assert path.read_bytes() == now, f"{path.name} differs: see this file's docstring if that is meant"


@pytest.mark.parametrize("name", CASES)
def test_the_wire_is_as_recorded(name: str) -> None:
    case = HERE / name
    dialect = DIALECTS[case.parent.name]
    request = dialect.read_request(inbound(case))
    mask = masked(case, request)
    restorer = Restorer(mask.tokens)
    compare(case / "slots.txt", listed(request.content))
    outbound = dialect.rewrite_request(request, mask.replacements)
    compare(case / "upstream.txt", f"{outbound.method} {outbound.path} {outbound.content_type}\n".encode())
    compare(case / next(case.glob("request.*")).name.replace("request", "upstream"), outbound.body)
    if request.stream and request.messages is None:
        compare(case / "client.sse", streamed(dialect, request, restorer, (case / "reply.sse").read_bytes()))
    else:
        read = request.messages.read if request.messages else dialect.read_reply
        reply = read((case / "reply.json").read_bytes())
        compare(case / "client.json", dialect.rewrite_reply(reply, restorer.slots(reply.content.slots)))


def test_every_dialect_has_its_folder() -> None:
    assert {Path(case).parts[0] for case in CASES} == set(DIALECTS)
