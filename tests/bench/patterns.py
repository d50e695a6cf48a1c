"""How fast patterns are searched: Presidio's plain loop against the prefilter, on ASCII and on other text.

`python -m tests.bench.patterns [--json FILE]` prints a table of microseconds a character, and start-up times.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic, perf_counter

LENGTHS = (100, 1_000, 80_000)
DENSE = 10_000
SEED = 7
REPEAT_SECONDS = 1.0
FOREVER = 3600.0

PHRASES = (
    "the project team will review every change before it goes out",
    "because a quiet release is worth more than a fast one",
    "and nobody wants to wake up at night",
    "so please write down what you did and how we can undo it",
    "when the weather changes the garden needs water",
    "bread needs time and a good story needs a reader who stays",
)
IDENTIFIERS = (
    "Write to maria.lopez@example.com about it.",
    "Her card is 4111 1111 1111 1111, she says.",
    "Call me on 212-555-0143 tomorrow.",
    "The account is DE89 3704 0044 0532 0130 00.",
    "My social security number is 536-22-8412.",
    "The server answers on 192.168.17.4 only.",
    "See https://docs.example.org/guide/start.html for more.",
    'Use password = "tr0ub4dor&3" there.',
)


def prose(length: int, *, every: int | None, accent: bool) -> str:
    """Make running text, with an identifier about every so many characters, with or without letters past ASCII."""
    pick = random.Random(SEED)
    parts: list[str] = []
    size = since = 0
    while size < length:
        sentence = " ".join(pick.choices(PHRASES, k=2)).capitalize() + ". "
        if accent:
            sentence = sentence.replace("e", "é", 2)
        if every and since > every:
            sentence, since = pick.choice(IDENTIFIERS) + "\n", 0
        parts.append(sentence)
        size += len(sentence)
        since += len(sentence)
    return "".join(parts)[:length]


def log_lines(length: int) -> str:
    """Make the log of a server: mostly digits, none of them anybody's."""
    pick = random.Random(SEED)
    lines = (
        f"2026-11-{pick.randint(1, 28):02} 12:{pick.randrange(60):02}:{pick.randrange(60):02}.{pick.randrange(999):03} "
        f"INFO req={pick.randrange(10**9)} ip=10.{pick.randrange(255)}.{pick.randrange(255)}.3 "
        f"user={pick.randrange(10**5)} took {pick.randrange(900)}ms status=200 size={pick.randrange(10**6)}\n"
        for _ in range(length // 60)
    )
    return "".join(lines)[:length]


def table(length: int) -> str:
    """Make a table with commas between: numbers, amounts, dates."""
    pick = random.Random(SEED)
    lines = (
        f"{line},{pick.randrange(10**8)},{pick.random() * 1000:.2f},{pick.choice(('open', 'closed'))},"
        f"{pick.randint(1, 12)}/{pick.randint(1, 28)}/2025,AB{pick.randrange(10**6)}\n"
        for line in range(length // 20)
    )
    return "".join(lines)[:length]


def micros(run: Callable[[], object]) -> float:
    """Give the least time of one run in microseconds: the machine's noise only ever adds."""
    run()
    best, until = float("inf"), monotonic() + REPEAT_SECONDS
    while monotonic() < until:
        begin = perf_counter()
        run()
        best = min(best, perf_counter() - begin)
    return best * 1e6


def speeds(find: Callable[[str], object]) -> dict[str, float]:
    """Give microseconds a character by kind and length of text."""
    kinds = {"prose": (None, False), "identifiers": (1_000, False), "prose, accents": (None, True)}
    kinds["identifiers, accents"] = (1_000, True)
    found = {}
    for kind, (every, accent) in kinds.items():
        for length in LENGTHS:
            text = prose(length, every=every, accent=accent)
            found[f"{kind}, {length:,}"] = round(micros(lambda text=text: find(text)) / length, 4)
    for kind, text in (("log lines", log_lines(DENSE)), ("table", table(DENSE))):
        found[f"{kind}, {DENSE:,}"] = round(micros(lambda text=text: find(text)) / DENSE, 4)
    return found


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", type=Path)
    target = options.parse_args().json

    begin = perf_counter()
    from detectors.catalog import pattern_detector
    from detectors.finding import Passage
    from tests.unit.detectors.plain_loop import PlainLoop

    with tempfile.TemporaryDirectory() as folder:
        detector = pattern_detector(Path(folder))
        start_up = perf_counter() - begin
        if not detector.wait_ready(FOREVER):
            raise SystemExit("Hyperscan is not installed: there is no prefilter to measure.")
        compiled = perf_counter() - begin - start_up
        begin = perf_counter()
        warm = pattern_detector(Path(folder))
        warm.wait_ready(FOREVER)
        from_cache = perf_counter() - begin
        loop = PlainLoop(context=False)
        plain = speeds(loop.find)
        ours = speeds(lambda text: warm.inspect((Passage("s", text),), FOREVER))
        detector.close()
        warm.close()

    times = {"start_up_s": start_up, "compiled_s": compiled, "from_cache_s": from_cache}
    print(f"{'µs a character':34}{'plain loop':>12}{'prefilter':>12}{'times':>8}")
    for case, slow in plain.items():
        print(f"{case:34}{slow:12.3f}{ours[case]:12.4f}{slow / ours[case]:8.0f}")
    print("  ".join(f"{name} {seconds:.2f}" for name, seconds in times.items()))
    if target:
        target.write_text(
            json.dumps({"micros_a_character": {"plain_loop": plain, "prefilter": ours}, **times}, indent=1)
        )


if __name__ == "__main__":
    main()
