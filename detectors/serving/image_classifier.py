"""Any model of transformers for image classification: a picture's bytes in, scores of labels out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.calibration import Floats
from detectors.serving.errors import ModelUnusable
from detectors.serving.label_mapping import LabelMapping, map_labels
from detectors.serving.loading import load_image_processor, load_network
from detectors.serving.model_files import ModelFiles
from detectors.serving.model_settings import ImageSettings
from detectors.serving.network import Network
from detectors.serving.pictures import MOST_FRAMES, PictureUnreadable, frames_of
from detectors.serving.ports import Answer
from detectors.serving.reading import UNDECIDED
from detectors.serving.text_classifier import activation_of, own_labels
from detectors.serving.thresholds import LabelCalibration, label_calibration
from detectors.serving.versions import version_of

FORMAT: Final = "format"
"""Why a picture was not read: it can't be decoded, or is too large."""

LENGTH: Final = "length"
"""Why it was read in part: it has more frames than are looked at."""

_PATCH: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Pixels as the model reads them, float32 [channels, height, width]; its length is about that of text as costly."""

    pixels: NDArray[np.float32] = field(repr=False)

    def __len__(self) -> int:
        return max(1, int(self.pixels[0].size) // _PATCH**2)


class PictureReading:
    """Implements `ports.Task` for one picture: the best score of its frames. What was not read has no scores."""

    def __init__(self, processor: Any, calibration: LabelCalibration, picture: bytes) -> None:
        self._processor, self._calibration = processor, calibration
        self._picture: bytes | None = picture
        self._open = 0
        self._unread: str | None = None
        self._scores: list[Floats] = []

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to run any more and every answer was taken."""
        return self._picture is None and not self._open

    def more(self) -> Sequence[Frame]:
        """Decode, and give all frames that are looked at."""
        picture, self._picture = self._picture, None
        if picture is None:
            return ()
        pieces = []
        try:
            for frame, count in frames_of(picture):  # one after the other: each is as large as the picture
                pieces.append(Frame(_pixels(self._processor, frame)))
                self._unread = LENGTH if count > MOST_FRAMES else None
        except PictureUnreadable:
            self._unread = FORMAT
            return ()
        self._open = len(pieces)
        return pieces

    def take(self, _: Frame, answer: Floats) -> None:
        """Take the log-odds of a frame, float32 [labels]."""
        self._open -= 1
        if np.isnan(answer).any():
            self._unread = UNDECIDED
        else:
            self._scores.append(self._calibration.scores(answer))

    def result(self) -> Answer:
        """Give the scores. Ask when it is done."""
        if not self._scores:
            return Answer((), {}, self._unread)
        best = np.max(self._scores, axis=0)
        return Answer((), dict(zip(self._calibration.labels, best.tolist(), strict=True)), self._unread)


class ImageClassifier:
    """Implements `ports.ImageModel`. Use `load_image_classifier` to make one."""

    is_packed = False
    left_to_patterns: frozenset[str] = frozenset()

    def __init__(
        self, name: str, version: str, network: Network, processor: Any, mapping: LabelMapping,
        calibration: LabelCalibration, batch: int,
    ) -> None:  # fmt: skip
        self.name, self.version = name, version
        self.labels = frozenset(mapping.labels)
        self.thresholds: Mapping[str, float] = calibration.by_name()
        self.held_bytes = network.held_bytes
        self._network, self._processor, self._mapping = network, processor, mapping
        self._calibration, self._batch = calibration, batch

    def begin(self, picture: bytes) -> PictureReading:
        """Begin to read a picture."""
        return PictureReading(self._processor, self._calibration, picture)

    def run(self, pieces: Sequence[Frame]) -> list[Floats]:
        """Give the log-odds of our labels for each frame, float32 [labels]; frames of one shape go together."""
        answers: dict[int, Floats] = {}
        for shape in {piece.pixels.shape for piece in pieces}:
            places = [place for place, piece in enumerate(pieces) if piece.pixels.shape == shape]
            for first in range(0, len(places), self._batch):
                some = places[first : first + self._batch]
                logits = self._network.pixels(np.stack([pieces[place].pixels for place in some]))
                answers |= zip(some, self._mapping.log_odds(logits), strict=True)
        return [answers[place] for place in range(len(pieces))]

    def close(self) -> None:
        """Give its memory back."""
        self._network.close()


def load_image_classifier(name: str, settings: ImageSettings, files: ModelFiles, device: str) -> ImageClassifier:
    """Load a model, and show it one grey picture.

    Raises:
        ModelUnusable: files and settings don't make a model that can be run.
    """
    processor = load_image_processor(files)
    from PIL import Image  # is there if the processor is

    network = load_network(files, "image-classification", device, settings.dtype)
    mapping = map_labels(own_labels(network.config), settings.labels, activation_of(network.config, settings))
    calibration = label_calibration(mapping.labels, settings)
    version = version_of(files, settings)
    model = ImageClassifier(name, version, network, processor, mapping, calibration, settings.batch_images)
    try:
        answer = model.run([Frame(_pixels(processor, Image.new("RGB", (64, 48), (128, 128, 128))))])[0]
    except Exception as exc:  # whatever a model's own code may raise
        raise ModelUnusable(f"{files.folder} can't be run ({type(exc).__name__})") from exc
    if not np.isfinite(answer).all():
        raise ModelUnusable(f"{files.folder} gives no numbers for a grey picture: is its precision the right one?")
    return model


def _pixels(processor: Any, frame: Any) -> NDArray[np.float32]:
    pixels: NDArray[np.float32] = processor(images=[frame], return_tensors="np")["pixel_values"][0]
    return pixels
