"""The registry of a service that has one model and nothing else."""

from collections.abc import Sequence
from typing import Final

from detectors.serving.batcher import Batcher

NAME: Final = "encoder"
"""What the encoder is asked for by, where no configuration says otherwise."""


class OneModel:
    """See `ports.Registry`. `close` it at last."""

    def __init__(self, reader: Batcher) -> None:
        self._reader = reader

    @property
    def names(self) -> Sequence[str]:
        """The only one."""
        return (self._reader.model.name,)

    @property
    def image_names(self) -> Sequence[str]:
        """None: it reads texts."""
        return ()

    def get(self, name: str) -> Batcher | None:
        """Give it."""
        return self._reader if name in {"", self._reader.model.name} else None

    def images(self, name: str) -> None:
        """Give none."""

    def close(self) -> None:
        """Cancel what waits and close it."""
        self._reader.close()
