"""How fast the encoder reads: short, middle and long texts alone, many calls at once, its start and its memory.

`python -m tests.bench.encoder [--weights DIR] [--threads N] [--json FILE]` measures any folder of weights, by default
the shipped one; a table for people goes beside FILE. Times hold tokenising, the model and decoding; each text is new,
so nothing is remembered.
"""

import argparse
import asyncio
import json
import random
import re
import resource
import statistics
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from tests.bench.encoder_table import as_markdown, kept
from tests.bench.versions import machine

LENGTHS = (16, 128, 512)
REPEATS = 60
CALLS = 200
TOGETHER = 32
SEED = 7
FOREVER = 3600.0

WORDS = re.findall(
    r"\w+",
    "the project team will review every change before it goes out because a quiet release is worth more than a fast "
    "one and nobody wants to wake up at night so please write down what you did how we can undo it when the weather "
    "turns garden needs water bread time good story reader who stays Ann Lee asked Maria Lopez in Paris on Monday",
)


def prose(pick: random.Random, tokens: int) -> str:
    """Make text of about so many tokens: each of these words is one."""
    return " ".join(pick.choices(WORDS, k=tokens - 2))


def memory_mb() -> float:
    """Give the memory that this process holds now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if sys.platform == "linux" else 0
    return pages * resource.getpagesize() / 2**20


def alone(detector, pick: random.Random) -> dict[str, float]:
    """Give milliseconds of one call by itself: the median, and the time that 19 of 20 calls keep."""
    from detectors.finding import Passage

    times = {}
    for tokens in LENGTHS:
        took = []
        for _ in range(REPEATS):
            passage = Passage("s", prose(pick, tokens))
            begin = perf_counter()
            detector.inspect((passage,), FOREVER)
            took.append((perf_counter() - begin) * 1e3)
        cuts = statistics.quantiles(took, n=20)
        times |= {f"{tokens}_tokens_p50_ms": statistics.median(took), f"{tokens}_tokens_p95_ms": cuts[-1]}
    return times


async def together(suite, pick: random.Random) -> dict[str, float]:
    """Give calls a second with some of them under way at a time, for each length."""
    from detectors.finding import Passage

    rates = {}
    for tokens in LENGTHS:
        texts = iter([prose(pick, tokens) for _ in range(CALLS)])

        async def caller(texts=texts) -> None:
            for text in texts:
                await suite.screen((Passage("s", text),))

        begin = perf_counter()
        await asyncio.gather(*(caller() for _ in range(TOGETHER)))
        rates[f"{tokens}_tokens_calls_a_second"] = CALLS / (perf_counter() - begin)
    return rates


def measured(weights: Path, threads: int | None) -> tuple[str, dict[str, float]]:
    """Give the encoder's version and all figures. Raises WeightsUnusable as `encoder_detector` does."""
    from detectors.catalog import EncoderOptions, encoder_detector
    from detectors.suite import Limits, Suite

    pick = random.Random(SEED)
    before, begin = memory_mb(), perf_counter()
    detector = encoder_detector(EncoderOptions(weights, threads, cache_bytes=0))
    loaded = {"load_s": perf_counter() - begin}
    suite = Suite([detector], Limits(least_seconds=FOREVER, seconds=FOREVER))
    try:
        figures = {**loaded, **alone(detector, pick), **asyncio.run(together(suite, pick))}
        return detector.version, figures | {"memory_mb": memory_mb(), "memory_before_mb": before}
    finally:
        suite.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write. Gives the exit code: 2 when there is no encoder to measure."""
    from detectors.catalog import shipped_weights
    from detectors.errors import WeightsUnusable

    options = argparse.ArgumentParser(prog="python -m tests.bench.encoder", description=__doc__)
    options.add_argument("--weights", type=Path, default=shipped_weights())
    options.add_argument("--threads", type=int)
    options.add_argument("--json", type=Path)
    given = options.parse_args(arguments)
    try:
        version, figures = measured(given.weights, given.threads)
    except WeightsUnusable as exc:
        print(f"bench: {exc}", file=sys.stderr)
        return 2
    about = {
        "version": version, "date": datetime.now(UTC).date().isoformat(), "machine": machine(),
        "threads": given.threads, "repeats": REPEATS, "together": TOGETHER,
    }  # fmt: skip
    table = as_markdown(figures, LENGTHS, about)
    print(table)
    if given.json:
        given.json.write_text(json.dumps({**about, "held": kept(figures), **figures}, indent=1) + "\n")
        given.json.with_suffix(".md").write_text(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
