"""What `fresh` asks: something new each time, the same for every server."""

import asyncio
import math
import re
import shutil
from pathlib import Path

import pytest

from tests.bench import fresh
from tests.bench.load import drive
from tests.bench.prompts import PROMPTS
from tests.bench.server import HOST, Server
from tests.bench.upstream import Provider

SENTENCES = len(fresh.NOUNS) ** fresh.PATTERN.count(fresh.MARK)
FIRST = 3 * fresh.STRETCH


def test_the_nouns_are_plain_and_different():
    assert len(set(fresh.NOUNS)) == 64
    assert all(re.fullmatch(r"[a-z]{3,7}", noun) for noun in fresh.NOUNS)


def test_no_sentence_comes_twice():
    assert math.gcd(fresh.STRIDE, SENTENCES) == 1
    assert SENTENCES * fresh.STRIDE < 2**53
    starts = range(0, SENTENCES - 999, SENTENCES // 7)
    texts = [fresh.text(number) for start in starts for number in range(start, start + 999)]
    assert len(set(texts)) == len(texts)


def test_a_sentence_has_about_twenty_tokens_and_shares_little_with_the_next():
    for number in range(1_000):
        here, after = (re.findall(r"\w+|[^\w\s]", fresh.text(n)) for n in (number, number + 1))
        assert len(here) == 19
        assert sum(a != b for a, b in zip(here, after, strict=True)) >= 3


class Noting(Provider):
    """The mock provider, with a note of all that it was asked."""

    asked: list[bytes]

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self.asked.append(Provider.last)


@pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is missing (Debian: `apt install wrk`)")
@pytest.mark.parametrize("clients", [1, 8])
async def test_the_load_generator_asks_what_the_numbers_say(clients: int, tmp_path: Path):
    Noting.asked = []
    listening = await asyncio.get_running_loop().create_server(Noting, HOST, 0)
    async with listening:
        server = Server("upstream", listening.sockets[0].getsockname()[1], "")
        sample = await asyncio.to_thread(drive, server, PROMPTS["fresh"], clients, 1, tmp_path, FIRST)
    assert sample.failures == 0
    assert len(Noting.asked) >= sample.requests > 10
    # wrk builds one request that it does not send, to see what it is like; at the end, one a client may be on its way.
    said = [fresh.text(FIRST + number) for number in range(1, len(Noting.asked) + clients)]
    bodies = [PROMPTS["fresh"].body.replace(PROMPTS["fresh"].text.encode(), text.encode()) for text in said]
    assert len(set(Noting.asked)) == len(Noting.asked)
    assert set(Noting.asked) <= set(bodies)
    if clients == 1:
        assert Noting.asked == bodies


@pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is missing (Debian: `apt install wrk`)")
async def test_other_prompts_are_always_the_same(tmp_path: Path):
    Noting.asked = []
    listening = await asyncio.get_running_loop().create_server(Noting, HOST, 0)
    async with listening:
        server = Server("upstream", listening.sockets[0].getsockname()[1], "")
        await asyncio.to_thread(drive, server, PROMPTS["plain"], 2, 1, tmp_path, FIRST)
    assert set(Noting.asked) == {PROMPTS["plain"].body}
