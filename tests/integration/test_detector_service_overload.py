"""A detector service to which more comes than it can read: who can't be served is told at once, nobody is lost."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import aiohttp
import pytest

from detectors.encoder.files import read_encoder
from detectors.encoder.model import load_encoder
from detectors.serving.api.app import service
from detectors.serving.encoder_model import EncoderModel
from detectors.serving.limits import BatchLimits
from tests.background_server import serving
from tests.detector_service import Fixed
from tests.random_encoder import write_random_encoder
from tests.unit.detectors.training.small_model import make_base

pytestmark = pytest.mark.integration

PIECES_A_SECOND = 40
CALLS_A_SECOND = 80
BATCH_TOKENS = 64  # short runs: its pace is known after some of them
QUEUE_S = 0.3
FLOOD_S = 7.0


class Paced(EncoderModel):
    """Reads no faster than `PIECES_A_SECOND`, on any machine: so what comes here is always twice what can be read."""

    def run(self, pieces):
        begin = time.monotonic()
        answers = super().run(pieces)
        time.sleep(max(0.0, begin + len(pieces) / PIECES_A_SECOND - time.monotonic()))
        return answers


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    write_random_encoder(folder, make_base(tmp_path_factory.mktemp("base")), threshold=0.9999)
    return folder


async def asked(session: aiohttp.ClientSession, text: str) -> tuple[int, float, str]:
    """Give a call's status, how long it took, and what it was told to wait."""
    begin = time.monotonic()
    async with session.post("http://service/v1/screen", json={"texts": [text], "seconds": 60}) as answer:
        await answer.read()
    return answer.status, time.monotonic() - begin, answer.headers.get("retry-after", "")


async def flood(path: Path) -> tuple[Sequence[tuple[int, float, str]], int]:
    """Ask at a fixed rate whatever becomes of it; then once more. Give all outcomes, and the last status."""
    connector = aiohttp.UnixConnector(str(path), limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(100)) as session:
        begin, under_way = time.monotonic(), []
        for number in range(int(FLOOD_S * CALLS_A_SECOND)):
            await asyncio.sleep(begin + number / CALLS_A_SECOND - time.monotonic())
            under_way.append(asyncio.create_task(asked(session, f"so number {number} is it")))
        outcomes = await asyncio.gather(*under_way)
        await asyncio.sleep(2)
        return outcomes, (await asked(session, "so at last it is"))[0]


def test_too_many_calls_are_turned_away_at_once_and_the_others_are_answered(weights, tmp_path):
    registry = Fixed(
        Paced("encoder", load_encoder(read_encoder(weights))), limits=BatchLimits(BATCH_TOKENS, queue_seconds=QUEUE_S)
    )
    with serving(service(registry), tmp_path / "socket") as served:
        outcomes, last = asyncio.run(flood(Path(served.url.removeprefix("unix:"))))
    figures = registry.get("encoder").figures()
    registry.close()
    accepted = [seconds for status, seconds, _ in outcomes if status == 200]
    refused = [(seconds, retry) for status, seconds, retry in outcomes if status == 429]
    assert len(accepted) + len(refused) == len(outcomes)
    assert (figures.refused, figures.waiting_texts, figures.waiting_tokens) == (len(refused), 0, 0)
    assert figures.answered + figures.shared == len(accepted) + 1
    assert min(len(accepted), len(refused)) > len(outcomes) * 0.1
    assert all(retry.isdecimal() and 1 <= int(retry) <= 60 for _, retry in refused)
    assert median(seconds for seconds, _ in refused) < median(accepted) / 4  # told at once, not after its turn
    late = [seconds for status, seconds, _ in outcomes[len(outcomes) * 2 // 3 :] if status == 200]
    # By then it has noticed. Without a bound in time those would wait for all that came before: some three seconds.
    assert median(late) < 4 * QUEUE_S
    assert last == 200
