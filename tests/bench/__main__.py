"""`python -m tests.bench`: Airlock with its guards on against peers with nothing on, side by side in one run."""

import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import orjson

from tests.bench.claims import judge
from tests.bench.fault import BenchError
from tests.bench.install import require
from tests.bench.load import HOW
from tests.bench.options import ENCODED, Options, parse
from tests.bench.place import bench_cache
from tests.bench.race import race
from tests.bench.server import Run, free_port
from tests.bench.table import Report, as_document, as_markdown
from tests.bench.versions import machine, versions

_RESULTS = Path(__file__).with_name("results")


def main() -> int:
    """Run, print the table, write the results. Gives the exit code: 2 when the bench could not be carried through."""
    options = parse()
    # A plain SIGTERM would leave the servers behind; as an exception it ends them on its way out.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    cache = bench_cache()
    try:
        require("wrk", HOW)
        if options.complete and ENCODED not in options.servers:
            print(f"There is no encoder in detectors/weights: {ENCODED} does not run", file=sys.stderr)
        report = _report(options, cache)
    except BenchError as exc:
        print(f"bench: {exc}", file=sys.stderr)
        return 2
    # A partial run is for its reader only; it does not replace the published figures.
    _write(report, _RESULTS if options.complete else cache / "results")
    return 0


def _report(options: Options, cache: Path) -> Report:
    # Not under /tmp, which is often in memory: Airlock's commits must reach a disk.
    with tempfile.TemporaryDirectory(prefix="run-", dir=cache) as folder:
        outcome = race(options, Run(Path(folder), cache, free_port(), options.weights))
    return Report(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        settings=options.settings,
        machine=machine(),
        versions={**versions(options.servers), **outcome.detectors},
        servers=outcome.servers,
        rows=outcome.rows,
        verdicts=judge(outcome.rows),
    )


def _write(report: Report, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    table = as_markdown(report)
    (folder / "latest.md").write_text(table)
    (folder / "latest.json").write_bytes(orjson.dumps(as_document(report), option=orjson.OPT_INDENT_2) + b"\n")
    print(table)
    print(f"Written to {folder}/latest.md and latest.json", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
