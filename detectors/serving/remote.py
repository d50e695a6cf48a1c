"""A detector that is elsewhere: a model of a detector service, asked over HTTP or a Unix socket."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from typing import Final, NamedTuple

from detectors.background import Found
from detectors.content_cache import ContentCache
from detectors.finding import Finding, Passage, Unscanned
from detectors.placing import placed
from detectors.references import refs_of
from detectors.serving.client import ServiceClient
from detectors.serving.loop_thread import LoopThread
from detectors.serving.options import ServiceOptions
from detectors.serving.under_way import UnderWay
from detectors.serving.wire import ScreenReading
from detectors.suite import TOO_LONG

UNKNOWN: Final = "unknown"
"""The version before the service has told it."""

GREETING_S: Final = 15.0
"""How often a service that answers is asked which version it is: a new one must not be taken for the old for long."""

_READING_BYTES: Final = 256
_SPAN_BYTES: Final = 160
_UNREAD: Final = {"length": TOO_LONG}


class _Read(NamedTuple):
    version: str
    reading: ScreenReading


class RemoteDetector:
    """A `BackgroundDetector` of the model's name; version and labels are the service's, as it told them last.

    It remembers what was found in a text for as long as an address serves the version that found it. `close` it at
    last.
    """

    def __init__(self, options: ServiceOptions) -> None:
        self.name = options.model
        self._pause_s = options.pause_s
        self._cache = ContentCache[_Read](options.cache_bytes, _bytes_of)
        self._under_way = UnderWay[_Read]()
        self._thread = LoopThread("detector-service")
        self._client = self._thread.begin(partial(ServiceClient.open, options)).result()
        self._thread.begin(self._greet)

    @property
    def version(self) -> str:
        """The version that is served; several with a bar between them while addresses differ."""
        return "|".join(sorted(self._client.versions)) or UNKNOWN

    @property
    def labels(self) -> frozenset[str]:
        """What the model can find, as the service tells it; nothing before it has."""
        return self._client.labels

    @property
    def trouble(self) -> str:
        """Why it can't do its work now, for operators; "" if it can."""
        fault = self._client.fault
        return f"the detector service gives no answer ({fault})" if fault else ""

    def submit(self, passages: Sequence[Passage], seconds: float, tenant: str = "") -> "Future[Found]":  # noqa: ARG002
        """Begin to have passages read; see `BackgroundDetector.submit`.

        How much of its own time a text may take is the service's to say: `seconds` are not heeded here.
        """
        texts = [passage.before + passage.text for passage in passages]
        keys = [self._cache.key(text) for text in texts]
        read = self._known(keys)
        asked = {key: text for key, text in zip(keys, texts, strict=True) if key not in read}
        if asked:
            return self._thread.begin(lambda: self._read(passages, keys, read, asked, tenant))
        future: Future[Found] = Future()
        future.set_result(self._found(passages, [read[key] for key in keys]))
        return future

    def inspect(self, passages: Sequence[Passage], seconds: float) -> Sequence[Finding]:
        """Have passages read and wait for it. Raises what the future of `submit` fails with."""
        return self.submit(passages, seconds).result().findings

    def close(self) -> None:
        """Give up what is under way, and close all connections."""
        self._thread.close(self._client.close)

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, _Read]:
        versions = self._client.versions
        found = ((key, self._cache.get(key)) for key in keys)
        return {key: read for key, read in found if read is not None and read.version in versions}

    async def _read(
        self,
        passages: Sequence[Passage],
        keys: Sequence[bytes],
        read: dict[bytes, _Read],
        asked: dict[bytes, str],
        tenant: str,
    ) -> Found:
        read |= await self._under_way.read(asked, partial(self._ask, tenant))
        for key in asked:
            self._cache.put(key, read[key])
        return self._found(passages, [read[key] for key in keys])

    async def _ask(self, tenant: str, texts: Sequence[str]) -> list[_Read]:
        reply = await self._client.ask(tenant, texts)
        return [_Read(reply.version, reading) for reading in reply.readings]

    async def _greet(self) -> None:
        while True:
            await self._client.greet()
            is_away = self._client.fault or not self._client.versions
            await asyncio.sleep(self._pause_s if is_away else GREETING_S)

    def _found(self, passages: Sequence[Passage], read: Sequence[_Read]) -> Found:
        findings: list[Finding] = []
        unread: list[Unscanned] = []
        for passage, (version, reading) in zip(passages, read, strict=True):
            if reading.spans:
                findings += self._findings(passage, version, reading)
            if reading.unread:
                unread.append(Unscanned(passage.slot, _UNREAD.get(reading.unread, reading.unread)))
        return Found(findings, tuple(unread))

    def _findings(self, passage: Passage, version: str, reading: ScreenReading) -> list[Finding]:
        return [
            Finding(self.name, version, label, passage.slot, start, end, ppm, refs_of(label))
            for start, end, label, ppm in placed(passage, reading.spans)
        ]


def _bytes_of(read: _Read) -> int:
    return _READING_BYTES + _SPAN_BYTES * len(read.reading.spans)
