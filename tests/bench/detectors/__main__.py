"""`python -m tests.bench.detectors`: texts of mixed lengths through the encoder, without padding and with it; and
through its service: what that adds to a lone text, and what it does when too much comes.

Measured is what the machine has; what it lacks is named. By default the weights are the shipped ones; where there are
none, the base model's with random heads, which take as long. With `--quick` nothing published is replaced.
"""

import argparse
import sys
from contextlib import nullcontext
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import torch

from detectors.catalog import shipped_weights
from detectors.encoder.files import DESCRIPTION
from detectors.training.base import base_folder
from tests.bench.detectors.claims import judge
from tests.bench.detectors.lone import Lone, lone_texts
from tests.bench.detectors.overload import Overload, overload
from tests.bench.detectors.picture import draw
from tests.bench.detectors.race import Result, Settings, race
from tests.bench.detectors.report import as_document, as_markdown
from tests.bench.detectors.service_claims import judge_service
from tests.bench.detectors.service_report import service_document, service_markdown
from tests.bench.detectors.traffic import LONGEST
from tests.bench.fault import BenchError
from tests.bench.place import bench_cache
from tests.bench.versions import machine
from tests.random_encoder import write_random_encoder

QUICK = Settings(1, texts=64, card_texts=1024, seconds=1.0, sizes=(4, 16), lone_calls=100, overload_s=6.0)
NEVER = 0.9999
"""A threshold that random heads don't reach, so that no text is read a second time."""


def main() -> int:
    """Race, print and write. Gives the exit code: 1 when a promise was not kept, 2 when the bench could not be made."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.detectors", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--weights", type=Path, default=shipped_weights())
    given = parser.parse_args()
    settings = QUICK if given.quick else Settings()
    cache = bench_cache()
    is_there = (given.weights / DESCRIPTION).exists()
    with nullcontext(given.weights) if is_there else TemporaryDirectory(prefix="encoder-", dir=cache) as place:
        folder = Path(place)
        if not is_there:
            write_random_encoder(folder, base_folder(), window=LONGEST, threshold=NEVER)
        try:
            service = _asked(folder, settings, cache)
            results = race(folder, settings)
        except BenchError as exc:
            print(f"bench: {exc}", file=sys.stderr)
            return 2
        about = _about(folder if is_there else None, settings, results)
    out = cache / "results" if given.quick else Path(__file__).parents[1] / "results"
    _write(results, service, about, out)
    return 1 if any(verdict.held is False for verdict in (*judge(results), *judge_service(*service))) else 0


def _asked(weights: Path, settings: Settings, cache: Path) -> tuple[Lone, Overload]:
    """Ask a service: lone texts first, then too many."""
    with TemporaryDirectory(prefix="run-", dir=cache) as place:
        print("a service: lone texts", file=sys.stderr, flush=True)
        lone = lone_texts(weights, Path(place), settings.lone_calls)
        print("a service: too many calls", file=sys.stderr, flush=True)
        return lone, overload(weights, Path(place), settings.overload_s)


def _write(results: list[Result], service: tuple[Lone, Overload], about: dict[str, Any], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    table = f"{as_markdown(results, about)}\n{service_markdown(*service)}"
    (out / "detectors.md").write_text(table)
    document = as_document(results, about) | {"service": service_document(*service)}
    (out / "detectors.json").write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    draw(results, service, out / "detectors.png")
    print(table)


def _about(weights: Path | None, settings: Settings, results: list[Result]) -> dict[str, Any]:
    named = "the base model's, MiniLM-L6, with random heads"
    if weights is not None:
        named = f"encoder {orjson.loads((weights / DESCRIPTION).read_bytes())['version']}"
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "weights": named,
        "settings": asdict(settings),
        "machine": machine() | {"card": torch.cuda.get_device_name() if torch.cuda.is_available() else None},
        "versions": {name: metadata.version(name) for name in ("onnxruntime", "torch", "transformers")},
        "apart": max((result.apart for result in results if result.apart is not None), default=0.0),
    }


if __name__ == "__main__":
    sys.exit(main())
