"""The curve of a run: a line of numbers now and then in a CSV file, and a picture of it."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

CSV: Final = "curve.csv"
PICTURE: Final = "curve.png"
COLUMNS: Final = ("step", "minutes", "rows", "tokens_per_second", "rate", "label_loss", "tag_loss")


def note(folder: Path, line: Mapping[str, float]) -> None:
    """Append one line with `COLUMNS`; a new file starts with their names."""
    path = folder / CSV
    fresh = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        if fresh:
            writer.writeheader()
        writer.writerow({name: f"{line[name]:.6g}" for name in COLUMNS})


def draw(folder: Path) -> None:
    """Draw the losses and the rate over the minutes. A run too short for two lines has no picture."""
    if not (folder / CSV).exists():
        return
    with (folder / CSV).open(encoding="utf-8") as file:
        lines = [{name: float(line[name]) for name in COLUMNS} for line in csv.DictReader(file)]
    if len(lines) > 1:
        _picture(folder / PICTURE, lines)


def _picture(path: Path, lines: list[dict[str, float]]) -> None:
    from matplotlib.figure import Figure  # half a second of import that training itself need not wait for

    figure = Figure(figsize=(8, 6), layout="constrained")
    minutes = [line["minutes"] for line in lines]
    for axes, name in zip(figure.subplots(3, 1, sharex=True), ("label_loss", "tag_loss", "rate"), strict=True):
        axes.plot(minutes, [line[name] for line in lines])
        axes.set_ylabel(name.replace("_", " "))
        axes.grid(alpha=0.3)
    axes.set_xlabel("minutes")
    figure.savefig(path, dpi=110)
