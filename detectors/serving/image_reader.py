"""Pictures of concurrent calls go through one model: whoever finds it busy waits a turn."""

import threading
from collections.abc import Sequence

from detectors.serving.image_classifier import ImageModel
from detectors.serving.ports import Answer


class ImageReader:
    """Reads pictures with one model, which it closes at last. Thread-safe; decodes while others run."""

    def __init__(self, model: ImageModel) -> None:
        self._model = model
        self._running = threading.Lock()
        self._done = threading.Condition()
        self._under_way = 0
        self._is_closed = False

    @property
    def model(self) -> ImageModel:
        """The model, for what it is called and can find."""
        return self._model

    def read(self, pictures: Sequence[bytes]) -> tuple[Answer, ...]:
        """Read pictures and wait for it; an answer for each, in their order.

        Raises:
            RuntimeError: this is closed.
        """
        with self._done:
            if self._is_closed:
                raise RuntimeError("closed")
            self._under_way += 1
        try:
            return tuple(map(self._read, pictures))
        finally:
            with self._done:
                self._under_way -= 1
                self._done.notify_all()

    def close(self, seconds: float = 0.0) -> None:
        """Take in nothing more, give what is under way some seconds, and close the model."""
        with self._done:
            self._is_closed = True
            self._done.wait_for(lambda: not self._under_way, seconds)
        with self._running:
            self._model.close()

    def _read(self, picture: bytes) -> Answer:
        task = self._model.begin(picture)
        while not task.is_done:
            pieces = task.more()
            with self._running:
                answers = self._model.run(pieces)
            for piece, answer in zip(pieces, answers, strict=True):
                task.take(piece, answer)
        return task.result()
