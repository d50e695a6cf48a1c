"""The reading of one text by a model of transformers, step by step: windows out, answers in, findings at last."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final, Protocol, TypeVar

import numpy as np

from detectors.encoder.calibration import Floats
from detectors.encoder.entities import Span, merged, spans_of
from detectors.encoder.model import Tokens
from detectors.encoder.offsets import View
from detectors.serving.ports import Answer, Found, Model
from detectors.serving.text_windows import Window, WindowCutter
from detectors.serving.thresholds import LabelCalibration
from detectors.text.hits import Hit, without_contained

C = TypeVar("C", str, bytes)

LANGUAGE: Final = "language"
"""Why a text was not read: the model can't make anything of its script."""

UNDECIDED: Final = "undecided"
"""Why a text was not read: the model gave no number, or an answer to another question."""

Cut = Callable[[int, View], list[Window]]
"""Makes windows of a section that begins at a place of the text."""


class Findings(Protocol):
    """Adds up what the model says of windows."""

    def take(self, window: Window, answer: Any) -> bool:
        """Take an answer; False if it is none."""
        ...

    def answer(self, unread: str | None) -> Answer:
        """Give what was found."""
        ...


class WindowReading:
    """Implements `ports.Task` for one text."""

    def __init__(self, cutter: WindowCutter, cut: Cut, findings: Findings, text: str) -> None:
        self._cutter, self._cut, self._findings = cutter, cut, findings
        self._sections: Iterator[tuple[int, View]] = cutter.sections(text)
        self._open = 0
        self._is_over = False
        self._unread: str | None = None

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to run any more and every answer was taken."""
        return self._is_over and not self._open

    def more(self) -> Sequence[Window]:
        """Give the windows of the next section; none while answers are missing, or when it is done."""
        for first, view in self._sections:
            windows = self._cut(first, view)
            if not self._cutter.is_readable(windows):
                self._unread = LANGUAGE
            if windows:
                self._open += len(windows)
                return windows
        self._is_over = True
        return ()

    def take(self, piece: Window, answer: Any) -> None:
        """Take the model's answer for one of the windows."""
        self._open -= 1
        if not self._findings.take(piece, answer):
            self._unread = UNDECIDED

    def result(self) -> Answer:
        """Give what was found. Ask when it is done."""
        return self._findings.answer(self._unread)


def read_now(model: Model[C], contents: Sequence[C]) -> list[Answer]:
    """Read texts, or pictures, here and now, with nobody else's; an answer for each."""
    tasks = [model.begin(content) for content in contents]
    under_way = tasks
    while under_way := [task for task in under_way if not task.is_done]:
        owned = [(piece, task) for task in under_way for piece in task.more()]
        for (piece, task), answer in zip(owned, model.run([piece for piece, _ in owned]), strict=True):
            task.take(piece, answer)
    return [task.result() for task in tasks]


class LabelFindings:
    """Labels that judge: the best score of all windows, and the windows that reach the floor.

    An answer is log-odds, float32 [labels]; minus infinity says nothing of a label, and what is no number is no answer.
    """

    def __init__(self, calibration: LabelCalibration) -> None:
        self._calibration, self._floors = calibration, calibration.floors
        self._scores = np.zeros(len(calibration.labels), dtype=np.float32)
        self._judged: list[tuple[Window, Floats]] = []

    def take(self, window: Window, answer: Floats) -> bool:
        """Take the log-odds of a window."""
        scores = np.nan_to_num(self._calibration.scores(answer), nan=0.0)
        np.maximum(self._scores, scores, out=self._scores)
        if (scores >= self._floors).any():
            self._judged.append((window, scores))
        return not bool(np.isnan(answer).any())

    def answer(self, unread: str | None) -> Answer:
        """Give the windows that reach the floors, and all scores."""
        found = sorted(self._found(), key=lambda one: (one.start, one.end, one.label))
        scores = dict(zip(self._calibration.labels, self._scores.tolist(), strict=True))
        return Answer(tuple(found), scores, unread)

    def _found(self) -> Iterator[Found]:
        for place, label in enumerate(self._calibration.labels):
            hits = [
                Hit(*window.span(), float(scores[place]))
                for window, scores in self._judged
                if scores[place] >= self._floors[place]
            ]
            yield from (Found(hit.start, hit.end, label, hit.score) for hit in without_contained(hits))


class EntityFindings:
    """Entities: an answer is the logits of a window's tokens in the layout of `encoder.format.TAGS`, by our names."""

    def __init__(self, entities: Sequence[str], floors: Floats) -> None:
        self._spans_of = partial(spans_of, floors=floors, entities=entities)
        self._spans: list[Span] = []

    def take(self, window: Window, answer: Floats) -> bool:
        """Take the logits of a window, float32 [tokens, tags]."""
        if np.isnan(answer).any():
            return False
        seen = np.flatnonzero(window.tokens.ends > window.tokens.starts)
        if not len(seen):
            return True
        tokens = window.tokens
        shown = Tokens(tokens.ids[seen], tokens.starts[seen], tokens.ends[seen], tokens.casing[seen])
        for start, end, label, score in self._spans_of(window.view.text, shown, answer[seen]):
            self._spans.append(Span(*window.origin(start, end), label, score))
        return True

    def answer(self, unread: str | None) -> Answer:
        """Give the entities of all windows, those that overlap joined."""
        return Answer(tuple(Found(*span) for span in merged(self._spans)), {}, unread)
