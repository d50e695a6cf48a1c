"""The registry of a service that has the encoder and nothing else."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from detectors.encoder.files import WEIGHTS, read_encoder
from detectors.encoder.model import load_encoder
from detectors.errors import WeightsUnusable
from detectors.serving.batcher import Batcher
from detectors.serving.encoder_model import EncoderModel
from detectors.serving.limits import BatchLimits

NAME: Final = "encoder"


class OneModel:
    """See `ports.Registry`. `close` it at last."""

    def __init__(self, reader: Batcher) -> None:
        self._reader = reader

    @property
    def names(self) -> Sequence[str]:
        """The only one."""
        return (self._reader.model.name,)

    def get(self, name: str) -> Batcher | None:
        """Give it."""
        return self._reader if name in {"", self._reader.model.name} else None

    def close(self) -> None:
        """Cancel what waits and close it."""
        self._reader.close()


def encoder_reader(weights: Path, device: str, limits: BatchLimits) -> Batcher:
    """Load the encoder: on a CPU in ONNX Runtime, on a card in torch.

    Raises:
        WeightsUnusable: its files are missing or not what they should be, or there is no such device.
    """
    if device == "cpu":
        return Batcher(EncoderModel(NAME, load_encoder(read_encoder(weights))), limits)
    try:
        from detectors.serving.packed_encoder import load_packed
    except ImportError as exc:
        raise WeightsUnusable("a card needs an extra: pip install 'airlock-gateway[torch]'") from exc
    return Batcher(EncoderModel(NAME, load_packed(read_encoder(weights, WEIGHTS), device)), limits)
