"""The shipped weights in full precision, to see what eight bits cost."""

from pathlib import Path
from shutil import copyfile

from safetensors.torch import load_file

from detectors.encoder.files import MODEL, THRESHOLDS, TOKENIZER, WEIGHTS, read_encoder
from detectors.training.export import export
from detectors.training.model import new_model
from detectors.training.ship import describe


def in_full_precision(shipped: Path, base: Path, folder: Path) -> None:
    """Write a folder that loads as the shipped one does, but whose model is fp32; all else is the same.

    Raises WeightsUnusable if the shipped folder is not whole.
    """
    version = read_encoder(shipped).version
    folder.mkdir(parents=True, exist_ok=True)
    for name in (WEIGHTS, TOKENIZER, THRESHOLDS):
        copyfile(shipped / name, folder / name)
    model = new_model(base)
    model.load_state_dict({name: value.float() for name, value in load_file(shipped / WEIGHTS).items()})
    export(model, folder / MODEL)
    describe(folder, f"{version}-fp32")
