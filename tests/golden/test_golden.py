"""The wire of every dialect, case by case, as files that a person can read.

A folder is a dialect, by its name with `_` for a dot, a folder in it a case. Written by hand are `request.json` (or
`request.bin` where the body is none), `values.json` (which text is found as which label), the provider's `reply.json`
or `reply.sse`, and where the path, the query or the content type matter, `inbound.json`. Made by the gateway and
compared here are `slots.txt`, `upstream.txt` and `upstream.json` (what the provider sees) and `client.json` or
`client.sse` (what the client sees). After a change that is meant:

    AIRLOCK_REGENERATE=1 pytest tests/golden && git diff tests/golden
"""

import os
from pathlib import Path

import pytest

from gateway.dialects.slot import Content
from tests.golden.case import CASES, DIALECTS, Case

CHUNK = 50
"""Streams are fed in pieces of this many bytes, so no event and no token arrives in one piece."""


def listed(content: Content) -> bytes:
    rows = [f"{slot.id} {slot.kind} {slot.place} {slot.text!r}" for slot in content.slots]
    return "\n".join([*rows, *(f"{part.id} {part.reason} {part.place}" for part in content.unwalked), ""]).encode()


def compare(path: Path, now: bytes) -> None:
    if os.environ.get("AIRLOCK_REGENERATE"):
        path.write_bytes(now)
    assert path.read_bytes() == now, f"{path.name} differs: see this file's docstring if that is meant"


@pytest.mark.parametrize("name", CASES)
def test_the_wire_is_as_recorded(name: str) -> None:
    case = Case(name)
    request, mask = case.request, case.masked(case.request)
    compare(case.folder / "slots.txt", listed(request.content))
    outbound = case.dialect.rewrite_request(request, mask.replacements)
    compare(case.folder / "upstream.txt", f"{outbound.method} {outbound.path} {outbound.content_type}\n".encode())
    compare(case.folder / case.body.name.replace("request", "upstream"), outbound.body)
    if case.streams:
        raw = (case.folder / "reply.sse").read_bytes()
        pieces = [raw[at : at + CHUNK] for at in range(0, len(raw), CHUNK)]
        compare(case.folder / "client.sse", case.streamed(pieces))
    else:
        reply = case.read_reply((case.folder / "reply.json").read_bytes())
        compare(
            case.folder / "client.json", case.dialect.rewrite_reply(reply, case.restorer.slots(reply.content.slots))
        )


def test_every_dialect_has_its_folder() -> None:
    assert {Path(case).parts[0] for case in CASES} == set(DIALECTS)
