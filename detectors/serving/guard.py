"""Any causal model of transformers as a guard: asked about a text, and judged by the chances of its first token."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from detectors.encoder.calibration import Floats
from detectors.encoder.offsets import View
from detectors.serving.errors import ModelUnusable
from detectors.serving.guard_presets import interview_of
from detectors.serving.guard_prompt import Prompt, prompts_of
from detectors.serving.label_mapping import log_sum
from detectors.serving.loading import load_text_network
from detectors.serving.model_files import ModelFiles
from detectors.serving.model_settings import GuardSettings
from detectors.serving.network import Network
from detectors.serving.reading import LabelFindings, WindowReading
from detectors.serving.text_windows import Window, WindowCutter, window_of
from detectors.serving.thresholds import LabelCalibration, label_calibration
from detectors.serving.trial import try_window
from detectors.serving.versions import version_of

WINDOW: Final = 4_096
"""Tokens of a prompt with its text, unless another number is configured or the model reads fewer."""

SPARE: Final = 8
"""Tokens that a stretch of text may grow by in the midst of a prompt."""


class Guard:
    """Judges texts by what a language model says of them. Use `load_guard` to make one."""

    is_packed = False
    left_to_patterns: frozenset[str] = frozenset()

    def __init__(
        self, name: str, version: str, network: Network, cutter: WindowCutter, prompts: Sequence[Prompt],
        calibration: LabelCalibration, settings: GuardSettings,
    ) -> None:  # fmt: skip
        self.name, self.version = name, version
        self.labels = frozenset(calibration.labels)
        self.thresholds: Mapping[str, float] = calibration.by_name()
        self.held_bytes = network.held_bytes
        self._network, self._cutter, self._prompts, self._calibration = network, cutter, prompts, calibration
        self._least = settings.least_chance
        self._batch_tokens = settings.batch_tokens or network.batch_tokens
        self._room = cutter.window - SPARE - max(len(prompt.ids("")) for prompt in prompts)
        if self._room < 4 * max(cutter.overlap, 1):
            raise ModelUnusable(f"window: {cutter.window} tokens leave no room for a text beside the prompt")

    def begin(self, text: str) -> WindowReading:
        """Begin to read a text."""
        return WindowReading(self._cutter, self._windows, LabelFindings(self._calibration), text)

    def run(self, pieces: Sequence[Window]) -> list[Floats]:
        """Give the log-odds of each window's own label, float32 [labels]; of others it says nothing."""
        answers: dict[int, Floats] = {}
        for place, logits in self._network.next_token([piece.ids for piece in pieces], self._batch_tokens):
            question = pieces[place].question
            answer = np.full(len(self._prompts), -np.inf, dtype=np.float32)
            answer[question] = self._log_odds(self._prompts[question], logits)
            answers[place] = answer
        return [answers[place] for place in range(len(pieces))]

    def close(self) -> None:
        """Give its memory back."""
        self._network.close()

    def _log_odds(self, prompt: Prompt, logits: Floats) -> float:
        """Weigh the answers against each other; NaN if the model would rather say something else altogether."""
        found, clean = (float(log_sum(logits[one])) for one in (prompt.found, prompt.clean))
        chance = np.exp(np.logaddexp(found, clean) - float(log_sum(logits)))
        return found - clean if chance >= self._least else np.nan

    def _windows(self, first: int, view: View) -> list[Window]:
        """Ask every question about every window of a section."""
        return [
            Window(prompt.ids(view.text[tokens.starts[0] : tokens.ends[-1]]), tokens, view, first, question=place)
            for tokens in self._cutter.stretches(view, self._room)
            for place, prompt in enumerate(self._prompts)
        ]


def load_guard(name: str, settings: GuardSettings, files: ModelFiles, device: str) -> Guard:
    """Load a model, and ask it about a full window.

    Raises:
        ModelUnusable: files and settings don't make a guard that answers.
    """
    network, tokenizer = load_text_network(files, "guard", device, settings.dtype)
    interview = interview_of(settings)
    prompts = prompts_of(tokenizer, interview)
    calibration = label_calibration(tuple(interview.questions), settings)
    cutter = WindowCutter(tokenizer, settings, window_of(network.config, tokenizer, settings.window, WINDOW))
    model = Guard(name, version_of(files, settings), network, cutter, prompts, calibration, settings)
    try_window(model, files, cutter.window)
    return model
