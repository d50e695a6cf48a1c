"""The golden folders as data: for the comparison of files, and for properties that hold of every one of them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from detectors.finding import Finding
from gateway.dialects.catalog import ENDPOINTS, PASSTHROUGHS
from gateway.dialects.dialect import Dialect
from gateway.dialects.event import StreamEvent
from gateway.dialects.mcp.dialect import MCP
from gateway.dialects.message import Inbound, Reply, Request
from gateway.dialects.slot import Content
from gateway.dialects.sse import ServerEvent
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
SMALL = Limits(reach=16, stride=8)


@dataclass(frozen=True)
class Case:
    """One folder; `name` is its path below this one."""

    name: str

    @property
    def folder(self) -> Path:
        return HERE / self.name

    @property
    def dialect(self) -> Dialect:
        return DIALECTS[self.folder.parent.name]

    @property
    def body(self) -> Path:
        return next(self.folder.glob("request.*"))

    @property
    def reply(self) -> Path | None:
        """The provider's reply, None for a request that is not sent on."""
        return next(self.folder.glob("reply.*"), None)

    def inbound(self, body: bytes | None = None) -> Inbound:
        """Give the call, perhaps with another body."""
        more = self.folder / "inbound.json"
        return Inbound(
            self.body.read_bytes() if body is None else body, **(json.loads(more.read_text()) if more.exists() else {})
        )

    @cached_property
    def request(self) -> Request:
        return self.dialect.read_request(self.inbound())

    @property
    def streams(self) -> bool:
        """Whether the reply is a stream that grows; a stream of whole messages is read message by message."""
        return self.request.stream and self.request.messages is None

    def read_reply(self, raw: bytes) -> Reply:
        """Read a whole reply, or a message of a stream of such."""
        return self.request.messages.read(raw) if self.request.messages else self.dialect.read_reply(raw)

    def masked(self, request: Request) -> Masked:
        """Mask what `values.json` says."""
        values = json.loads((self.folder / "values.json").read_text())
        findings = _found(request.content, values)
        return PSEUDONYMISER.mask(request.content.slots, findings, dict.fromkeys(values.values(), 0), "golden")

    @cached_property
    def restorer(self) -> Restorer:
        return Restorer(self.masked(self.request).tokens)

    def streamed(self, pieces: Iterable[bytes], mode: str = "window", limits: Limits = SMALL) -> bytes:
        """Lead a streamed reply in these pieces to the client, with detectors that find nothing."""
        guard = StreamGuard(
            self.dialect.stream(self.request),
            self.restorer,
            mode,
            limits,
            allow_unwalked=True,
            json_text=self.request.json_reply,
        )
        out = []
        for piece in [*pieces, None]:
            guard.feed(piece) if piece is not None else guard.finish()
            while passages := guard.to_screen():
                guard.cleared(passages)
            out.append(guard.take())
        assert guard.closed
        return b"".join(out)


def cases(*, streamed: bool | None = None) -> Sequence[Case]:
    """Give all cases, or those whose reply is streamed or not."""
    found = [Case(name) for name in CASES]
    return [case for case in found if streamed is None or (case.reply is not None and case.streams is streamed)]


def read(case: Case, raw: bytes) -> list[StreamEvent]:
    """Read a stream, or what its client got of it; as one event where that is in another format."""
    stream = case.dialect.stream(case.request)
    if not stream.content_type.startswith("text/event-stream") and raw.startswith(b"["):
        return [StreamEvent(ServerEvent(raw, raw, None))]
    return [*stream.feed(raw), *stream.finish()]


def _found(content: Content, values: dict[str, str]) -> Iterable[Finding]:
    for slot in content.slots:
        for value, label in values.items():
            start = slot.screened.find(value)
            while start >= 0:
                yield Finding("golden", "1", label, slot.id, start, start + len(value), 900_000)
                start = slot.screened.find(value, start + 1)
