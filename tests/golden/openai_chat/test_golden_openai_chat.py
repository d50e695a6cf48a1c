"""The wire of Chat Completions, case by case, as files that a person can read.

A case is a folder. Written by hand are `request.json`, `values.json` (which text is found as which label), and the
provider's `reply.json` or `reply.sse`. Made by the gateway and compared here are `slots.txt`, `upstream.json` (what the
provider sees) and `client.json` or `client.sse` (what the client sees). After a change that is meant:

    AIRLOCK_REGENERATE=1 pytest tests/golden/openai_chat && git diff tests/golden
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from detectors.finding import Finding
from gateway.dialects.message import Request
from gateway.dialects.openai_chat import OpenAIChat
from gateway.dialects.slot import Content
from gateway.pseudonyms.mask import Masked, Pseudonymiser
from gateway.pseudonyms.restore import Restorer
from gateway.pseudonyms.token import derive_key
from gateway.stream.guard import StreamGuard
from gateway.stream.limits import Limits

HERE = Path(__file__).parent
CASES = sorted(folder.name for folder in HERE.iterdir() if (folder / "request.json").exists())
CHAT = OpenAIChat()
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


def streamed(request: Request, restorer: Restorer, reply: bytes) -> bytes:
    guard = StreamGuard(CHAT.stream(request), restorer, "window", Limits(reach=16, stride=8))
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
    request = CHAT.read_request((case / "request.json").read_bytes())
    mask = masked(case, request)
    restorer = Restorer(mask.tokens)
    compare(case / "slots.txt", listed(request.content))
    upstream = CHAT.rewrite_request(request, mask.replacements, model=None, include_usage=True)
    compare(case / "upstream.json", upstream)
    if request.stream:
        compare(case / "client.sse", streamed(request, restorer, (case / "reply.sse").read_bytes()))
    else:
        reply = CHAT.read_reply((case / "reply.json").read_bytes())
        compare(case / "client.json", CHAT.rewrite_reply(reply, restorer.slots(reply.content.slots)))
    assert restorer.tally.restored > 0


def test_there_are_cases_of_both_kinds() -> None:
    assert {(HERE / name / "client.sse").exists() for name in CASES} == {True, False}
