"""What the parts of the detector service ask of one another: models that read texts in batches, and their answers."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol

from detectors.serving.figures import Figures


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text, `text[start:end]`, a label of the model, and how sure it is, 0 to 1, calibrated."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model makes of one text.

    `spans` reach down to a floor below the thresholds; `scores` has every label that judges a whole text. `unread` is
    why part of the text was not read (`language`, `length`), None if all of it was.
    """

    spans: tuple[Found, ...]
    scores: Mapping[str, float] = field(default_factory=dict)
    unread: str | None = None


class Task(Protocol):
    """One text on its way through a model. Not thread-safe."""

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to run any more and every answer was taken."""
        ...

    def more(self) -> Sequence[Any]:
        """Give pieces to run, each with its tokens as `len()`; none while answers are missing, or when it is done.

        Tokenises, so call it where that delays nobody.
        """
        ...

    def take(self, piece: Any, answer: Any) -> None:
        """Take the model's answer for one of the pieces."""
        ...

    def result(self) -> Answer:
        """Give what was found. Ask when it is done."""
        ...


class TextModel(Protocol):
    """Reads texts, whatever it runs on. `begin` is thread-safe, `run` is called by one thread at a time."""

    @property
    def name(self) -> str:
        """What it is asked for by."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same text may get another answer."""
        ...

    @property
    def labels(self) -> frozenset[str]:
        """All labels that it may find."""
        ...

    @property
    def thresholds(self) -> Mapping[str, float]:
        """From which score each label counts, as shipped or configured."""
        ...

    @property
    def held_bytes(self) -> int:
        """About what its weights take in the memory of its device."""
        ...

    @property
    def is_packed(self) -> bool:
        """Whether a run costs what its pieces hold; else each costs as much as the longest beside it."""
        ...

    def begin(self, text: str) -> Task:
        """Begin to read a text."""
        ...

    def run(self, pieces: Sequence[Any]) -> Sequence[Any]:
        """Run pieces of any tasks of this model together; an answer for each, the same beside any others."""
        ...

    def close(self) -> None:
        """Give its memory back."""
        ...


class Reader(Protocol):
    """Reads texts with one model. Thread-safe."""

    @property
    def model(self) -> TextModel:
        """The model, for what it is called and can find."""
        ...

    @property
    def is_open(self) -> bool:
        """Whether it takes texts."""
        ...

    def figures(self) -> Figures:
        """Give what was done so far, and what waits now."""
        ...

    def submit(self, texts: Sequence[str], tenant: str, seconds: float) -> "Future[tuple[Answer, ...]]":
        """Begin to read texts, and return at once; an answer for each, in their order. Cancel it to drop the work.

        The future fails with a `TimeoutError` as soon as it is plain that the work can't be done in `seconds` from now.

        Raises:
            QueueFull: too much waits.
            RuntimeError: this is closed.
        """
        ...


class Registry(Protocol):
    """The models that are served now. Thread-safe. One that was replaced still finishes what it has begun."""

    @property
    def names(self) -> Sequence[str]:
        """What there is to ask for; the first is the default."""
        ...

    def get(self, name: str) -> Reader | None:
        """Give the reader of that name, of the default for ""; None if there is none."""
        ...
