"""Models in one replica: what fits, what is said of texts, and when a model no longer does its work."""

import asyncio
import gc
import threading
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from detectors.serving.batcher import Batcher
from detectors.serving.configuration import Configuration
from detectors.serving.errors import ModelUnusable
from detectors.serving.limits import BatchLimits
from detectors.serving.ray import homes
from detectors.serving.ray.homes import Home, models_at_once, names_of
from detectors.serving.ray.outcomes import Answered, Failed, Full, Late
from tests.unit.detectors.serving.word_model import PATIENCE, WordModel


@pytest.fixture
def words() -> Iterator[WordModel]:
    model = WordModel()
    yield model
    model.go_on.set()


@pytest.fixture
def home(words: WordModel) -> Iterator[Home]:
    opened = Home(Batcher(words, BatchLimits(20, queue_tokens=50)), 0.1)
    yield opened
    words.go_on.set()
    opened.close()


@pytest.mark.parametrize(
    ("needed", "memory", "at_once"),
    [
        ([5, 1, 1], None, 3),
        ([5, 1, 1], 7, 3),
        ([5, 1, 1], 6, 2),
        ([5, 5, 1], 6, 1),
        ([1, 2, 3, 4], 7, 2),
        ([5], 5, 1),
    ],
)
def test_so_many_are_held_as_fit_whichever_they_are(needed: list[int], memory: int | None, at_once: int) -> None:
    assert models_at_once(needed, memory) == at_once


def test_a_model_that_never_fits_is_refused() -> None:
    with pytest.raises(ModelUnusable, match="takes 5 MiB"):
        models_at_once([2**20, 5 * 2**20], 4 * 2**20)


def test_models_of_texts_and_of_pictures_are_told_apart() -> None:
    picture = {"kind": "image-classification", "source": "pictures"}
    encoder = {"kind": "encoder", "source": "weights"}
    both = Configuration.model_validate({"models": {"pictures": picture, "encoder": encoder}})
    assert names_of(both, reads_pictures=False) == ["encoder"]
    assert names_of(both, reads_pictures=True) == ["pictures"]


def test_the_picture_that_health_is_asked_with_is_one() -> None:
    with Image.open(BytesIO(homes.PICTURE)) as picture:
        assert picture.convert("RGB").size == (8, 8)


async def test_texts_are_answered_with_the_model_that_read_them(home: Home) -> None:
    outcome = await home.read(["a bad one", "a good one"], "", 10)
    assert isinstance(outcome, Answered)
    assert (outcome.facts.name, outcome.facts.version) == ("words", "1")
    assert [bool(answer.spans) for answer in outcome.answers] == [True, False]


async def test_what_is_too_much_and_what_is_too_late_is_said(home: Home, words: WordModel) -> None:
    words.go_on.clear()
    held = asyncio.create_task(home.read(["hold " * 30], "", 10))
    await asyncio.to_thread(words.began.wait, PATIENCE)
    late = asyncio.create_task(home.read(["late"], "", 0.1))
    assert isinstance(await home.read(["too much " * 60], "", 10), Full)
    assert isinstance(await late, Late)
    words.go_on.set()
    assert isinstance(await held, Answered)


async def test_a_fault_of_the_model_is_no_answer_and_its_words_are_not_logged(
    home: Home, words: WordModel, caplog: pytest.LogCaptureFixture
) -> None:
    words.fault = ValueError("hush")
    assert await home.read(["hush"], "", 10) == Failed()
    words.fault = None
    gc.collect()  # asyncio tells of faults that nobody looked at when they are thrown away
    assert "ValueError" in caplog.text
    assert "hush" not in caplog.text


async def test_a_caller_who_leaves_gives_the_work_up(home: Home, words: WordModel) -> None:
    words.go_on.clear()
    first = asyncio.create_task(home.read(["first"], "", 10))
    await asyncio.to_thread(words.began.wait, PATIENCE)
    left = asyncio.create_task(home.read(["never"], "", 10))
    await asyncio.sleep(0.05)
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left
    words.go_on.set()
    assert isinstance(await first, Answered)
    assert home.figures().dropped == 1


async def test_one_that_does_its_work_is_well(home: Home) -> None:
    await home.check()
    await home.check()


async def test_one_whose_runs_fail_is_not(home: Home, words: WordModel) -> None:
    words.fault = ValueError("the card is gone")
    with pytest.raises(RuntimeError, match="words does not answer"):
        await home.check()
    words.fault = None
    await home.check()


@pytest.mark.parametrize("waiting", ["", "full of it " * 20], ids=["idle", "full"])
async def test_one_that_stands_still_is_not(
    home: Home, words: WordModel, monkeypatch: pytest.MonkeyPatch, waiting: str
) -> None:
    monkeypatch.setattr(homes, "PROBE_S", 0.3)
    words.go_on.clear()
    held = [asyncio.create_task(home.read([text], "", 10)) for text in ("hold", waiting) if text]
    await asyncio.to_thread(words.began.wait, PATIENCE)
    with pytest.raises(RuntimeError, match="does not answer"):
        await home.check()
    words.go_on.set()
    await asyncio.gather(*held)
    await home.check()


async def test_one_that_is_only_busy_is_well(home: Home, words: WordModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "PROBE_S", 10.0)
    words.go_on.clear()
    held = [asyncio.create_task(home.read([text], "", 10)) for text in ("hold", "full of it " * 20)]
    await asyncio.to_thread(words.began.wait, PATIENCE)
    checking = asyncio.create_task(home.check())
    await asyncio.sleep(0.05)
    words.go_on.set()
    await asyncio.gather(checking, *held)


async def test_closing_it_finishes_what_was_begun_once(words: WordModel) -> None:
    closed: list[Home] = []
    is_closed = threading.Event()
    home = Home(Batcher(words), 10.0, lambda one: (closed.append(one), is_closed.set()))
    words.go_on.clear()
    under_way = asyncio.create_task(home.read(["a bad one"], "", 10))
    await asyncio.to_thread(words.began.wait, PATIENCE)
    closing = threading.Thread(target=home.close)
    closing.start()
    await asyncio.to_thread(is_closed.wait, PATIENCE)
    assert await home.read(["another"], "", 10) is None
    words.go_on.set()
    assert isinstance(await under_way, Answered)
    await asyncio.to_thread(closing.join)
    home.close()
    assert words.is_closed
    assert closed == [home]
    await home.check()  # it has left, which is no fault
