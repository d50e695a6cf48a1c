"""A model that reads words: it finds "bad", and "worse" only when a second look at its sentence confirms it.

A token is a word. Texts are cut in windows of at most `window` words, which are tokenised one by one. It notes its
runs, and may be held up or made to fail.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from detectors.serving.ports import Answer, Found

PATIENCE = 20.0


@dataclass(eq=False)
class Window:
    """Words of a text with their places in it."""

    words: tuple[tuple[int, str], ...]
    is_second_look: bool = False

    def __len__(self) -> int:
        return len(self.words)


@dataclass(eq=False)
class WordTask:
    windows: list[Window]
    text: str
    model: "WordModel"
    open: int = 0
    again: list[Window] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return not (self.windows or self.open or self.again)

    def more(self) -> Sequence[Window]:
        if "untokenisable" in self.text:
            raise ValueError(self.text)
        if self.windows:
            given = [self.windows.pop(0)]
        elif self.open or "stuck" in self.text:
            given = []
        else:
            given, self.again = self.again, []
        self.open += len(given)
        self.model.tokenised += sum(map(len, given))
        return given

    def take(self, piece: Window, answer: Sequence[tuple[int, str]]) -> None:
        self.open -= 1
        for start, word in answer:
            if word == "bad" or piece.is_second_look:
                self.found.append(Found(start, start + len(word), word, 0.9))
            else:
                self.again.append(Window(((start, word),), is_second_look=True))

    def result(self) -> Answer:
        return Answer(tuple(sorted(self.found, key=lambda found: found.start)), {"bad": 0.9 if self.found else 0.1})


class WordModel:
    """See `ports.TextModel`. `runs` are the lengths of the pieces of each run."""

    name = "words"
    labels = frozenset({"bad", "worse"})
    left_to_patterns: frozenset[str] = frozenset()
    thresholds: Mapping[str, float] = {"bad": 0.5, "worse": 0.5}
    held_bytes = 1

    def __init__(self, window: int = 10, *, is_packed: bool = False, version: str = "1") -> None:
        self.window = window
        self.is_packed = is_packed
        self.version = version
        self.runs: list[list[int]] = []
        self.tokenised = 0
        self.began = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()
        self.fault: Exception | None = None
        self.is_closed = False

    def begin(self, text: str) -> WordTask:
        places, start = [], 0
        for word in text.split():
            start = text.index(word, start)
            places.append((start, word))
            start += len(word)
        windows = [Window(tuple(places[at : at + self.window])) for at in range(0, len(places), self.window)]
        return WordTask(windows, text, self, again=[Window(())] if "stuck" in text else [])

    def run(self, pieces: Sequence[Window]) -> Sequence[list[tuple[int, str]]]:
        self.runs.append([len(piece) for piece in pieces])
        self.began.set()
        assert self.go_on.wait(PATIENCE)
        if self.fault:
            raise self.fault
        return [[(start, word) for start, word in piece.words if word in self.labels] for piece in pieces]

    def close(self) -> None:
        self.is_closed = True

    @property
    def tokens(self) -> int:
        """How many tokens were run."""
        return sum(map(sum, self.runs))


def expected(text: str) -> list[tuple[str, int]]:
    """Give what is to be found in a text, with its places."""
    found, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        if word in WordModel.labels:
            found.append((word, start))
        start += len(word)
    return found


def found(answer: Answer) -> list[tuple[str, int]]:
    """Give what was found, with its places."""
    return [(span.label, span.start) for span in answer.spans]
