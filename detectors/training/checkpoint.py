"""Where training is, on disk: written as a whole or not at all, read back to go on exactly there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from torch.optim import AdamW

from detectors.training.model import FusedEncoder

FILE: Final = "checkpoint.pt"


@dataclass(frozen=True, slots=True)
class Position:
    """Steps that are done, and the seconds that they took, interruptions not counted."""

    steps: int = 0
    seconds: float = 0.0


def save(folder: Path, model: FusedEncoder, optimiser: AdamW, position: Position) -> None:
    """Write everything that going on needs. A run that is cut off while writing leaves the earlier file."""
    state = {
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "steps": position.steps,
        "seconds": position.seconds,
    }
    draft = folder / f"{FILE}.new"
    torch.save(state, draft)
    draft.replace(folder / FILE)


def restore(folder: Path, model: FusedEncoder, optimiser: AdamW | None = None) -> Position:
    """Bring the model, and the optimiser if there is one, back to where they were. Raises FileNotFoundError."""
    state = torch.load(folder / FILE, weights_only=True, map_location="cpu")
    model.load_state_dict(state["model"])
    if optimiser:
        optimiser.load_state_dict(state["optimiser"])
    return Position(state["steps"], state["seconds"])
