"""Take one text through the first door and back, as a model that repeats it would."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import orjson

from detectors.catalog import EncoderOptions, default_suite, shipped_weights, user_cache_dir
from detectors.finding import Status
from detectors.pictures.reader import PictureReader
from gateway.dialects.message import Inbound
from gateway.dialects.openai.chat import OpenAIChat
from gateway.pipeline.context import Call
from gateway.pipeline.first_door import FirstDoor
from gateway.pipeline.inspect import Inspector
from gateway.pipeline.masking import Pseudonyms
from gateway.pipeline.pictures import Pictures
from gateway.pipeline.tools import ToolStages
from gateway.policy.bundle import load
from gateway.policy.wasm import WasmEngine
from gateway.principal import Principal
from gateway.pseudonyms.restore import Restorer
from gateway.upstream.target import Candidate, Target

_MODEL = "model"
_NOWHERE = Target(
    name="nowhere", api=None, base_url="", provider="nowhere", region="", hosting="self", models=("*",), headers={}
)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A value of a type, and what leaves in its place."""

    type: str
    value: str = field(repr=False)
    token: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a text. `leaves` and `returns` are None where policy would not let it leave: `refused` says why.

    `counts` are replaced stretches by label; `unscanned` names what no detector looked at, and who did not do its part.
    """

    text: str = field(repr=False)
    leaves: str | None = field(repr=False)
    returns: str | None = field(repr=False)
    replaced: list[Replaced] = field(default_factory=list, repr=False)
    counts: dict[str, int] = field(default_factory=dict)
    refused: str = ""
    unscanned: list[str] = field(default_factory=list)


class Trials:
    """Tries texts on one caller's behalf. The key for tokens is made anew for each run: they mean nothing elsewhere."""

    def __init__(self, door: FirstDoor, principal: Principal) -> None:
        self._door = door
        self._principal = principal

    async def run(self, text: str) -> Trial:
        """Try a text. Raises `AirlockError` where it can't be read."""
        body = orjson.dumps({"model": _MODEL, "messages": [{"role": "user", "content": text}]})
        call = Call(OpenAIChat(), [], principal=self._principal, inbound=Inbound(body))
        request = call.dialect.read_request(call.inbound)
        screening = await self._door.screen(call, request)
        entry = await self._door.decide(call, request, screening, Candidate(_NOWHERE, _MODEL))
        coverage = screening.coverage
        unscanned = [f"{part.slot}: {part.reason}" for part in coverage.unscanned]
        unscanned += [f"{one.detector}: {one.reason}" for one in coverage.reports if one.status is not Status.OK]
        if entry.refused:
            return Trial(text, None, None, refused=f"{entry.refused.code}: {entry.refused}", unscanned=unscanned)
        leaves = _said(entry.outbound.body) if entry.outbound else text
        restorer = Restorer(entry.masked.tokens)
        replaced = [
            Replaced(token[1:].rpartition("_")[0], surface, token)
            for token, surface in entry.masked.tokens.surfaces.items()
        ]
        return Trial(text, leaves, restorer.text(leaves), replaced, dict(entry.masked.counts), "", unscanned)


@asynccontextmanager
async def opened(tenant: str, use_case: str) -> AsyncIterator[Trials]:
    """Open the shipped detectors and policy. Raises `WeightsUnusable` and `BundleUnusable`."""
    weights = shipped_weights()
    readers = [EncoderOptions(weights)] if weights.is_dir() else []
    suite = default_suite(by_meaning=readers)
    engine = WasmEngine(load(), cache=user_cache_dir())
    pictures = PictureReader()
    try:
        inspector = Inspector(suite, engine)
        door = FirstDoor(inspector, ToolStages(inspector), Pseudonyms(secrets.token_bytes(32)), Pictures(pictures))
        yield Trials(door, Principal("try", tenant, use_case))
    finally:
        suite.close()
        pictures.close()
        await engine.close()


def _said(body: bytes) -> str:
    said: str = orjson.loads(body)["messages"][-1]["content"]
    return said
