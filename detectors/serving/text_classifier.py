"""Any model of transformers for text classification, as a `ports.TextModel`."""

from collections.abc import Mapping, Sequence
from typing import Any

from detectors.encoder.calibration import Floats
from detectors.serving.errors import ModelUnusable
from detectors.serving.label_mapping import Activation, LabelMapping, map_labels
from detectors.serving.loading import load_text_network
from detectors.serving.model_files import ModelFiles
from detectors.serving.model_settings import ImageSettings, TextSettings
from detectors.serving.network import Network
from detectors.serving.reading import LabelFindings, WindowReading
from detectors.serving.text_windows import Window, WindowCutter, window_of
from detectors.serving.thresholds import LabelCalibration, label_calibration
from detectors.serving.trial import try_window
from detectors.serving.versions import version_of


class TextClassifier:
    """Judges texts by a model's labels. Use `load_text_classifier` to make one."""

    is_packed = False
    left_to_patterns: frozenset[str] = frozenset()

    def __init__(
        self, name: str, version: str, network: Network, cutter: WindowCutter, mapping: LabelMapping,
        calibration: LabelCalibration, batch_tokens: int | None,
    ) -> None:  # fmt: skip
        self.name, self.version = name, version
        self.labels = frozenset(mapping.labels)
        self.thresholds: Mapping[str, float] = calibration.by_name()
        self.held_bytes = network.held_bytes
        self._network, self._cutter, self._mapping, self._calibration = network, cutter, mapping, calibration
        self._batch_tokens = batch_tokens or network.batch_tokens

    def begin(self, text: str) -> WindowReading:
        """Begin to read a text."""
        return WindowReading(self._cutter, self._cutter.windows, LabelFindings(self._calibration), text)

    def run(self, pieces: Sequence[Window]) -> list[Floats]:
        """Give the log-odds of our labels for each window, float32 [labels]."""
        answers: dict[int, Floats] = {}
        for place, logits in self._network.answers([piece.ids for piece in pieces], self._batch_tokens):
            answers[place] = self._mapping.log_odds(logits[None])[0]
        return [answers[place] for place in range(len(pieces))]

    def close(self) -> None:
        """Give its memory back."""
        self._network.close()


def load_text_classifier(name: str, settings: TextSettings, files: ModelFiles, device: str) -> TextClassifier:
    """Load a model, and run it once over a full window.

    Raises:
        ModelUnusable: files and settings don't make a model that can be run.
    """
    network, tokenizer = load_text_network(files, "text-classification", device, settings.dtype)
    cutter = WindowCutter(tokenizer, settings, window_of(network.config, tokenizer, settings.window))
    mapping = map_labels(own_labels(network.config), settings.labels, activation_of(network.config, settings))
    calibration = label_calibration(mapping.labels, settings)
    version = version_of(files, settings)
    model = TextClassifier(name, version, network, cutter, mapping, calibration, settings.batch_tokens)
    try_window(model, files, cutter.window)
    return model


def own_labels(config: Any) -> list[str]:
    """Give a model's own names of its outputs, in their order."""
    return [str(config.id2label[place]) for place in sorted(config.id2label)]


def activation_of(config: Any, settings: TextSettings | ImageSettings) -> Activation:
    """Say what makes probabilities of logits: as configured, or by the kind of problem that the model says it solves.

    Raises:
        ModelUnusable: it was made for a regression, whose outputs are no probabilities.
    """
    if settings.activation:
        return settings.activation
    if config.problem_type == "regression":
        raise ModelUnusable("its outputs are those of a regression: say by `activation` how to read them")
    is_multi = config.problem_type == "multi_label_classification" or config.num_labels == 1
    return "sigmoid" if is_multi else "softmax"
