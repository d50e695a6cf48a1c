"""Microseconds a decision: encoding the document, the embedded engine in its variants, an OPA server.

Run as `python -m tests.bench.policy [--json FILE]`. The server needs `opa` on PATH or in AIRLOCK_OPA and is left out,
with a word, when there is none. Figures are of this machine and this run: compare rows, not runs.
"""

import argparse
import asyncio
import ctypes
import json
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from detectors.finding import Coverage, DetectorReport, Finding, Screening, Status
from gateway.policy.archive import MANIFEST, MODULE, read_files, write_archive
from gateway.policy.build import Compiled, archive_files
from gateway.policy.bundle import Bundle, load, shipped
from gateway.policy.document import PolicyInput, RequestFacts, Stage, encode
from gateway.policy.instance import FUEL, Instance, Limits
from gateway.policy.opa import OpaEngine
from gateway.policy.opa_command import OpaCommand, OpaMissing
from gateway.policy.program import compile_program
from gateway.policy.wasm import WasmEngine
from gateway.principal import Principal

ROUNDS, SERVER_ROUNDS, WARM_UP = 5_000, 1_500, 200

Row = dict[str, Any]


def facts() -> dict[str, PolicyInput]:
    """Give a clean call, one with twelve findings of four labels, and one that classifiers judged."""
    reports = tuple(DetectorReport(name, "1", Status.OK) for name in ("pii", "secrets"))
    clean = PolicyInput(
        stage=Stage.REQUEST,
        time_ms=1_790_000_000_000,
        subject=Principal("k_1", "default", "default"),
        request=RequestFacts("openai.chat", "gpt-4.1-mini", tokens_estimated=250),
        screening=Screening((), Coverage(reports)),
        places={"s0": "system.text", "s1": "user.text", "s2": "assistant.text", "s3": "user.text"},
    )
    labels = ("EMAIL_ADDRESS", "PERSON", "PHONE_NUMBER", "URL")
    findings = tuple(Finding("pii", "1", labels[n % 4], f"s{n % 3}", n, n + 5, 900_000) for n in range(12))
    judged = tuple(Finding("words", "1", label, "s1", 0, 9, 900_000) for label in ("insult", "stereotype", "gender"))
    return {
        "clean": clean,
        "12 findings": replace(clean, screening=Screening(findings, Coverage(reports))),
        "3 judgements": replace(clean, screening=Screening(judged, Coverage(reports))),
    }


def row(name: str, case: str, times: list[int]) -> Row:
    times.sort()
    return {
        "what": name, "input": case, "n": len(times),
        "p50_us": round(times[len(times) // 2] / 1e3, 1), "p99_us": round(times[len(times) * 99 // 100] / 1e3, 1),
    }  # fmt: skip


def timed(action: Callable[[], object], rounds: int = ROUNDS) -> list[int]:
    for _ in range(WARM_UP):
        action()
    times = []
    for _ in range(rounds):
        started = time.perf_counter_ns()
        action()
        times.append(time.perf_counter_ns() - started)
    return times


async def awaited(action: Callable[[], Awaitable[object]], rounds: int) -> list[int]:
    for _ in range(WARM_UP):
        await action()
    times = []
    for _ in range(rounds):
        started = time.perf_counter_ns()
        await action()
        times.append(time.perf_counter_ns() - started)
    return times


def through_func(bundle: Bundle, document: bytes) -> Callable[[], object]:
    """Give the same evaluation through wasmtime's public Func, as the yardstick of the direct call."""
    instance = Instance(compile_program(bundle.module), bundle.data, Limits())
    call, store = instance._exports["opa_eval"], instance._store
    heap, size = instance._heap, len(document)

    def evaluate() -> bytes:
        store.set_fuel(FUEL)
        ctypes.memmove(instance._base() + heap, document, size)
        address = call(store, 0, instance._entrypoint, instance._data, heap, size, (heap + size + 7) & ~7, 0)
        return instance._text(address & 0xFFFFFFFF)

    return evaluate


async def embedded(bundle: Bundle) -> list[Row]:
    rows = []
    for case, value in facts().items():
        document = encode(value)
        rows.append(row("encode the document", case, timed(lambda value=value: encode(value))))
        rows.append(row("opa_eval through wasmtime.Func", case, timed(through_func(bundle, document))))
        for name, remember in (("embedded, each anew", False), ("embedded, remembered", True)):
            engine = WasmEngine(bundle, remember=remember)
            rows.append(row(name, case, await awaited(lambda e=engine, d=document: e.decide(d), ROUNDS)))
    return rows


async def served(url: str) -> list[Row]:
    engine = OpaEngine(url, timeout_s=5)
    rows = []
    for case, value in facts().items():
        document = encode(value)
        rows.append(row("OPA server", case, await awaited(lambda d=document: engine.decide(d), SERVER_ROUNDS)))
    await engine.close()
    return rows


def with_server() -> list[Row]:
    try:
        opa = OpaCommand.find(os.environ.get("AIRLOCK_OPA", "opa"))
    except OpaMissing as exc:
        print(f"OPA server left out: {exc}")
        return []
    files = read_files(shipped())
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(scratch, "bundle.tar.gz")
        write_archive(archive_files(shipped(), Compiled(files[MODULE], files[MANIFEST]))[1], archive)
        with opa.serving(archive) as url:
            return asyncio.run(served(url))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the rows here")
    options = parser.parse_args()
    rows = asyncio.run(embedded(load())) + with_server()
    print(f"{'what':<32}{'input':<14}{'p50 us':>10}{'p99 us':>10}{'n':>8}")
    for line in rows:
        print(f"{line['what']:<32}{line['input']:<14}{line['p50_us']:>10}{line['p99_us']:>10}{line['n']:>8}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
