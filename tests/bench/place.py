"""Where a bench keeps what it makes."""

import os
from pathlib import Path

from tests.bench.server import ROOT


def bench_cache() -> Path:
    """Give the folder for peers and for runs: AIRLOCK_BENCH_CACHE or `.bench`. Not under /tmp, often in memory."""
    cache = Path(os.environ.get("AIRLOCK_BENCH_CACHE") or ROOT / ".bench").resolve()
    cache.mkdir(parents=True, exist_ok=True)
    return cache
