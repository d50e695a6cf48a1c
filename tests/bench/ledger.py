"""What the ledger costs: `python -m tests.bench.ledger [--url URL] [--records N]`.

Prints a table and, on the last line, JSON. Figures are the machine's as it is: run it with nothing else on.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from audit import schema
from audit.connect import open_store
from audit.ledger import Ledger
from audit.record import REQUEST_CLOSED, REQUEST_OPENED, Record, new_id, now_ms
from audit.sequencer import Sequencer
from audit.signed_note import Signer, generate
from audit.source import open_source
from audit.verify import verify

LONE = 2_000
CALLERS, SECONDS = 32, 4.0
# A record of a usual call: two findings' worth of detail, some 650 bytes of canonical JSON.
BODY = {
    "decision": "allow",
    "reason": "policy.default",
    "model": {"provider": "openai", "requested": "gpt-5-mini", "served": "gpt-5-mini-2026-01-31"},
    "findings": [{"detector": "patterns", "label": "EMAIL_ADDRESS", "score_ppm": 1_000_000, "slots": 1}] * 2,
    "policy": {"bundle": "0" * 64, "mode": "enforce", "rules": ["airlock.main"]},
    "coverage": {"scanned": 3, "unscanned": []},
    "usage": {"input_tokens": 812, "output_tokens": 96},
    "prompt": "0" * 64,
    "response": "0" * 64,
}


def record(kind: str = REQUEST_OPENED) -> Record:
    return Record(new_id(), kind, "acme", "support", now_ms(), BODY)


async def hot_path(url: str, signer: Signer) -> dict[str, float]:
    async with await Ledger.start(url, signer) as ledger:
        await lone(ledger, 200)
        idle = await lone(ledger, LONE)
        busy = await crowd(ledger)
    return {**idle, **busy}


async def lone(ledger: Ledger, count: int) -> dict[str, float]:
    spans = []
    for _ in range(count):
        made = record()
        began = time.perf_counter()
        await ledger.append(made)
        spans.append(time.perf_counter() - began)
    return {"lone_p50_us": quantile(spans, 0.5), "lone_p99_us": quantile(spans, 0.99)}


async def crowd(ledger: Ledger) -> dict[str, float]:
    """Thirty-two calls at a time: an awaited `request.opened`, an enqueued `request.closed`."""
    spans: list[float] = []
    end = time.perf_counter() + SECONDS

    async def call() -> None:
        while time.perf_counter() < end:
            made = record()
            began = time.perf_counter()
            await ledger.append(made)
            spans.append(time.perf_counter() - began)
            ledger.enqueue(record(REQUEST_CLOSED))

    loop_began, began = time.thread_time(), time.perf_counter()
    await asyncio.gather(*(call() for _ in range(CALLERS)))
    loop_s, wall_s = time.thread_time() - loop_began, time.perf_counter() - began
    return {
        "crowd_p50_us": quantile(spans, 0.5),
        "crowd_p99_us": quantile(spans, 0.99),
        "records_per_s": 2 * len(spans) / wall_s,
        "loop_cpu_us_per_record": loop_s / (2 * len(spans)) * 1e6,
    }


def bare_commit(url: str) -> dict[str, float]:
    """The database's own share of a lone append: the same insert, without threads or a loop."""
    schema.upgrade(url)
    writer = open_store(url).writer()
    spans = []
    for _ in range(LONE // 2):
        row = record().row()
        began = time.perf_counter()
        writer.write([row])
        spans.append(time.perf_counter() - began)
    writer.close()
    return {"bare_commit_p50_us": quantile(spans, 0.5)}


def encoding() -> dict[str, float]:
    return {"encode_us": per_call(lambda: record().row(), 5_000)}


def offline(url: str, signer: Signer, count: int) -> dict[str, float]:
    """Number and verify `count` records that were written without a sequencer."""
    writer = open_store(url).writer()
    for _ in range(count // 200):
        writer.write([record().row() for _ in range(200)])
    writer.close()
    sequencer = Sequencer(open_store(url).log(), signer)
    began = time.perf_counter()
    numbered = sequencer.run()
    sequenced_s = time.perf_counter() - began
    sequencer.close()
    with open_source(url) as source:
        began = time.perf_counter()
        report = verify(source, signer.verifier())
        verified_s = time.perf_counter() - began
    if not report.ok:
        raise SystemExit("the log does not verify")
    return {"sequenced_per_s": numbered / sequenced_s, "verified_per_s": report.size / verified_s}


def quantile(spans: list[float], share: float) -> float:
    return statistics.quantiles(spans, n=1_000, method="inclusive")[round(share * 1_000) - 1] * 1e6


def per_call(call: Callable[[], object], count: int) -> float:
    began = time.perf_counter()
    for _ in range(count):
        call()
    return (time.perf_counter() - began) / count * 1e6


def measure(url: str, records: int) -> dict[str, float]:
    signer = generate("bench.example")
    figures = {**encoding(), **bare_commit(url), **asyncio.run(hot_path(url, signer))}
    return {**figures, **offline(url, signer, records)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="an empty store; by default a SQLite file in a temporary folder")
    parser.add_argument("--records", type=int, default=100_000, help="records to number and verify")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(options.url or f"sqlite:///{Path(folder)}/store/airlock.db", options.records)
    for name, value in figures.items():
        print(f"{name:24}{value:14,.1f}")
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
