"""What the parts of the detector service ask of one another: models that read in batches, and their answers."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from detectors.serving.figures import Figures

Content = str | bytes
"""What is read: a text, or a picture as it came."""

C_contra = TypeVar("C_contra", str, bytes, contravariant=True)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text, `text[start:end]`, a label of the model, and how sure it is, 0 to 1, calibrated."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model makes of one text or picture.

    `spans`, of texts only, reach down to a floor below the thresholds; `scores` has every label that judges the whole.
    `unread` is why part of it was not read (`language`, `length`, `format`), None if all of it was.
    """

    spans: tuple[Found, ...]
    scores: Mapping[str, float] = field(default_factory=dict)
    unread: str | None = None


class Task(Protocol):
    """One text or picture on its way through a model. Not thread-safe."""

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to run any more and every answer was taken."""
        ...

    def more(self) -> Sequence[Any]:
        """Give pieces to run, each with its tokens as `len()`; none while answers are missing, or when it is done.

        Tokenises or decodes, so call it where that delays nobody.
        """
        ...

    def take(self, piece: Any, answer: Any) -> None:
        """Take the model's answer for one of the pieces."""
        ...

    def result(self) -> Answer:
        """Give what was found. Ask when it is done."""
        ...


class Described(Protocol):
    """What there is to know of a model, wherever it runs."""

    @property
    def name(self) -> str:
        """What it is asked for by."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same content may get another answer."""
        ...

    @property
    def labels(self) -> frozenset[str]:
        """All labels that it may find."""
        ...

    @property
    def left_to_patterns(self) -> frozenset[str]:
        """Those of its labels that a gateway, which looks for patterns as well, has better from these."""
        ...

    @property
    def thresholds(self) -> Mapping[str, float]:
        """From which score each label counts, as shipped or configured."""
        ...


class Model(Described, Protocol[C_contra]):
    """Reads texts or pictures, whatever it runs on. `begin` is thread-safe, `run` is for one thread at a time."""

    @property
    def held_bytes(self) -> int:
        """About what its weights take in the memory of its device."""
        ...

    @property
    def is_packed(self) -> bool:
        """Whether a run costs what its pieces hold; else each costs as much as the longest beside it."""
        ...

    def begin(self, content: C_contra, /) -> Task:
        """Begin to read a text, or a picture: PNG, JPEG, WebP, GIF, BMP or TIFF."""
        ...

    def run(self, pieces: Sequence[Any]) -> Sequence[Any]:
        """Run pieces of any tasks of this model together; an answer for each, the same beside any others."""
        ...

    def close(self) -> None:
        """Give its memory back."""
        ...


TextModel = Model[str]
ImageModel = Model[bytes]


class ContentReader(Protocol[C_contra]):
    """Reads texts, or pictures, with one model. Thread-safe."""

    @property
    def model(self) -> Described:
        """What the model is called and can find. Ask after an answer: one that took its place may have given it."""
        ...

    @property
    def is_open(self) -> bool:
        """Whether it takes anything."""
        ...

    def figures(self) -> Figures:
        """Give what was done so far, and what waits now."""
        ...

    def submit(self, contents: Sequence[C_contra], tenant: str, seconds: float, /) -> "Future[tuple[Answer, ...]]":
        """Begin to read, and return at once; an answer for each, in their order. Cancel it to drop the work.

        The future fails with a `TimeoutError` as soon as it is plain that the work can't be done in `seconds` from now,
        and with `QueueFull` where that is known only later.

        Raises:
            QueueFull: too much waits.
            RuntimeError: this is closed.
        """
        ...


Reader = ContentReader[str]
ImageReader = ContentReader[bytes]


class Registry(Protocol):
    """The models that are served now. Thread-safe. One that was replaced still finishes what it has begun."""

    @property
    def names(self) -> Sequence[str]:
        """The models of texts that there are to ask for; the first is the default."""
        ...

    @property
    def image_names(self) -> Sequence[str]:
        """The models of pictures that there are to ask for; the first is the default."""
        ...

    def get(self, name: str) -> Reader | None:
        """Give the reader of texts of that name, of the default for ""; None if there is none."""
        ...

    def images(self, name: str) -> ImageReader | None:
        """Give the reader of pictures of that name, of the default for ""; None if there is none."""
        ...
