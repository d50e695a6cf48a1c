"""Equal texts under way are asked for once, and nobody's leaving hurts the others."""

import asyncio
from collections.abc import Sequence

import pytest

from detectors.serving.under_way import SHORT_CHARS, UnderWay


class Asked:
    """Answers each text in capitals once it may, or fails."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.go_on = asyncio.Event()
        self.questions: list[list[str]] = []
        self.cancelled = 0
        self._fault = fault

    async def __call__(self, texts: Sequence[str]) -> list[str]:
        self.questions.append([*texts])
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self._fault:
            raise self._fault
        return [text.upper() for text in texts]


def keyed(*texts: str) -> dict[bytes, str]:
    return {text.encode(): text for text in texts}


async def begun(under_way: UnderWay[str], asked: Asked, *texts: str) -> "asyncio.Task[dict[bytes, str]]":
    task = asyncio.ensure_future(under_way.read(keyed(*texts), asked))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return task


async def test_each_text_is_asked_for_once_and_everybody_gets_theirs():
    under_way, asked = UnderWay[str](), Asked()
    tasks = [await begun(under_way, asked, *texts) for texts in ("ab", "bc", "cab", "a")]
    assert asked.questions == [["a", "b"], ["c"]]
    asked.go_on.set()
    readings = await asyncio.gather(*tasks)
    for texts, reading in zip(("ab", "bc", "cab", "a"), readings, strict=True):
        assert {text: reading[text.encode()] for text in texts} == {text: text.upper() for text in texts}
    assert len(under_way) == 0


async def test_what_was_read_is_asked_for_again_later():
    under_way, asked = UnderWay[str](), Asked()
    asked.go_on.set()
    for _ in range(2):
        await under_way.read(keyed("a"), asked)
    assert asked.questions == [["a"], ["a"]]


async def test_who_leaves_takes_nothing_from_the_others():
    under_way, asked = UnderWay[str](), Asked()
    first, second = await begun(under_way, asked, "a", "b"), await begun(under_way, asked, "b")
    first.cancel()
    await asyncio.sleep(0)
    asked.go_on.set()
    assert (await second)[b"b"] == "B"
    assert first.cancelled()
    assert asked.cancelled == 0


async def test_what_nobody_waits_for_is_given_up():
    under_way, asked = UnderWay[str](), Asked()
    tasks = [await begun(under_way, asked, "a") for _ in range(3)]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)
    assert asked.cancelled == 1
    assert len(under_way) == 0


async def test_nobody_joins_what_is_being_given_up():
    under_way, asked = UnderWay[str](), Asked()
    first = await begun(under_way, asked, "a")
    first.cancel()
    second = await begun(under_way, asked, "a")
    asked.go_on.set()
    assert await second == {b"a": "A"}
    assert asked.questions == [["a"], ["a"]]


async def test_a_fault_is_everybodys_and_is_not_kept():
    under_way, failing = UnderWay[str](), Asked(ValueError("no"))
    tasks = [await begun(under_way, failing, *texts) for texts in ("ab", "b")]
    failing.go_on.set()
    for task in tasks:
        with pytest.raises(ValueError, match="no"):
            await task
    working = Asked()
    working.go_on.set()
    assert await under_way.read(keyed("b"), working) == {b"b": "B"}


async def test_a_short_text_does_not_wait_for_a_long_question_but_an_equal_long_one_does():
    under_way, asked = UnderWay[str](), Asked()
    long = "x" * (SHORT_CHARS + 1)
    tasks = [await begun(under_way, asked, *texts) for texts in ((long, "a"), ("a",), (long,), ("a",))]
    assert asked.questions == [[long, "a"], ["a"]]
    asked.go_on.set()
    assert [reading[b"a"] for reading in (await tasks[1], await tasks[3])] == ["A", "A"]
    assert (await tasks[2])[long.encode()] == long.upper()
