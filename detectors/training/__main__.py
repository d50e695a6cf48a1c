"""`python -m detectors.training`: from data to trained weights, in one command that may be interrupted."""

from pathlib import Path
from typing import Annotated, Final

import torch
import typer
from rich.console import Console

from detectors.catalog import shipped_weights
from detectors.encoder.model import own_cores
from detectors.errors import WeightsUnusable
from detectors.training import curve
from detectors.training.base import base_folder, read_tokenizer
from detectors.training.card.folder import CardIncomplete
from detectors.training.card.render import write_card
from detectors.training.checkpoint import Position, restore
from detectors.training.data import read_sources
from detectors.training.feed import Feed
from detectors.training.held_out import held_out
from detectors.training.mixture import NOISE_SHARE, mixture
from detectors.training.model import new_model
from detectors.training.noise import choice
from detectors.training.provenance import Length, record
from detectors.training.schedule import Budget
from detectors.training.sources import SOURCES
from detectors.training.train import Run, train
from detectors.training.watch import Watch

app = typer.Typer(help="Train the fused encoder.", no_args_is_help=True)

Data = Annotated[Path, typer.Option(envvar="AIRLOCK_DATA", help="The folder with the public sets.")]
Out = Annotated[Path, typer.Option(help="Where checkpoint and curve are kept.")]
Minutes = Annotated[float, typer.Option(help="How long to train; the schedule fits itself to the machine.")]
Steps = Annotated[int | None, typer.Option(help="Train so many steps instead, whatever time they take.")]
Resume = Annotated[bool, typer.Option(help="Go on from the checkpoint in the folder, if there is one.")]

To = Annotated[Path, typer.Option(help="The folder of weights to write.")]
OfRun = Annotated[Path | None, typer.Option("--run", help="The folder of the run that the weights come from.")]
DataOfRun = Annotated[Path | None, typer.Option("--data", envvar="AIRLOCK_DATA", help="The sets of that run.")]
Version = Annotated[str, typer.Option(help="What the weights call themselves.")]

ROWS: Final = 64
"""Texts in one step."""

MOST_LANES: Final = 4
"""More lanes find no batches for themselves in one step."""

DEFAULT_OUT: Final = Path(".airlock/training")
DEFAULT_TO: Final = shipped_weights()


@app.command("run")
def run(
    data: Data,
    out: Out = DEFAULT_OUT,
    minutes: Minutes = 75.0,
    steps: Steps = None,
    resume: Resume = True,
    seed: int = 1,
) -> None:
    """Train the model, and keep its weights in the folder's checkpoint."""
    console = Console()
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    budget = Budget(steps=steps) if steps else Budget(seconds=60 * minutes)
    pools = mixture(read_sources(data, SOURCES), data, seed)
    feed = Feed(pools, read_tokenizer(base_folder()), choice.apply, NOISE_SHARE, ROWS, seed)
    console.print(f"{sum(pool.per_round for pool in pools)} rows a round from {len(pools)} sources")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    lanes = 1 if device.type == "cuda" else min(own_cores(), MOST_LANES)
    torch.set_num_threads(1)  # see `lanes`
    with Watch(console) as watch:
        position = train(Run(out, feed, budget, device, lanes), new_model(base_folder()), watch, resume)
    curve.draw(out)
    console.print(f"{position.steps} steps in {position.seconds / 60:.1f} minutes")


@app.command("ship")
def ship_weights(
    data: Data, out: Out = DEFAULT_OUT, to: To = DEFAULT_TO, version: Version = "1", seed: int = 1
) -> None:
    """Export and quantise the trained model, choose thresholds, and write the folder that ships."""
    from detectors.training.ship import ship

    model = new_model(base_folder())
    position, splits = restore(out, model), read_sources(data, SOURCES)
    rows = held_out(splits, data, seed)
    ship(model, read_tokenizer(base_folder()), rows, to, version)
    record(to, _length(position), splits, out)
    Console().print(f"{to}: thresholds from {len(rows)} held-out rows")


@app.command("exact")
def write_exact(out: Out, to: To = DEFAULT_TO) -> None:
    """Write the shipped weights without eight bits, as a folder for `airlock detectors evaluate --weights`."""
    from detectors.training.exact import in_full_precision

    in_full_precision(to, base_folder(), out)
    Console().print(f"{out}: the model in fp32, with the thresholds of the one in eight bits")


@app.command("card")
def card(to: To = DEFAULT_TO, run: OfRun = None, data: DataOfRun = None) -> None:
    """Write the model card of a folder of weights from the files in it.

    `ship` writes down how the weights were trained. With `--run`, that is written anew from that run.
    """
    try:
        if run:
            if not data:
                raise typer.BadParameter("--run needs --data: what the run could draw from is on record, too")
            position = restore(run, new_model(base_folder()))
            record(to, _length(position), read_sources(data, SOURCES), run)
        Console().print(f"{write_card(to)}", soft_wrap=True)
    except (CardIncomplete, WeightsUnusable) as exc:
        raise typer.BadParameter(str(exc)) from exc


def _length(position: Position) -> Length:
    return Length(position.steps, position.seconds / 60, position.steps * ROWS)


if __name__ == "__main__":
    app()
