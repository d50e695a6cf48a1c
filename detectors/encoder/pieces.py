"""Pieces of a text for the model: the windows of each section, those of a plainer spelling, and single sentences."""

from dataclasses import dataclass, field

from detectors.encoder.languages import unread_language
from detectors.encoder.model import SPECIAL, Encoder, Tokens
from detectors.encoder.normalise import normalise
from detectors.encoder.offsets import View, compose
from detectors.encoder.sentences import sentences
from detectors.encoder.spellings import plain_spelling


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A window for the model. `first` is where its section begins in the text; `of` the window that it is a part of."""

    tokens: Tokens
    view: View = field(repr=False)
    first: int
    is_first_view: bool = True
    of: "Piece | None" = None

    def __len__(self) -> int:
        return len(self.tokens) + SPECIAL

    def span(self) -> tuple[int, int]:
        """Give the stretch of the text that it covers."""
        return self.origin(int(self.tokens.starts[0]), int(self.tokens.ends[-1]))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Give the stretch of the text behind one of its view."""
        low, high = self.view.origin(start, end)
        return self.first + low, self.first + high


def pieces_of(encoder: Encoder, text: str, first: int) -> tuple[list[Piece], str | None]:
    """Cut a section that begins at `first` into windows, and say why it can't be said to be read, if so."""
    view = normalise(text)
    pieces = [Piece(window, view, first) for window in _windows(encoder, view.text)]
    return [*pieces, *_respelt(encoder, view, first)], unread_language(view.text)


def sentences_of(piece: Piece) -> list[Piece]:
    """Cut a window into its sentences; none if it is a single one."""
    cuts = sentences(piece.view.text, piece.tokens)
    if len(cuts) == 1:
        return []
    return [Piece(piece.tokens[cut], piece.view, piece.first, piece.is_first_view, piece) for cut in cuts]


def _respelt(encoder: Encoder, view: View, first: int) -> list[Piece]:
    """Give the windows in which words are spelt otherwise in a plain view."""
    plain = plain_spelling(view.text)
    if plain is None:
        return []
    whole = compose(plain, view)
    return [
        Piece(window, whole, first, is_first_view=False)
        for window in _windows(encoder, plain.text)
        if _is_changed(view.text, plain, int(window.starts[0]), int(window.ends[-1]))
    ]


def _windows(encoder: Encoder, text: str) -> list[Tokens]:
    return encoder.windows(encoder.tokens(text))


def _is_changed(text: str, view: View, start: int, end: int) -> bool:
    low, high = view.origin(start, end)
    return view.text[start:end] != text[low:high]
