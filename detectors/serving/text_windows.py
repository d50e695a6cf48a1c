"""A text cut into windows of tokens for a model, each window knowing where in the text it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from detectors.encoder.model import Integers, Tokens
from detectors.encoder.normalise import normalise
from detectors.encoder.offsets import View
from detectors.encoder.scripts import is_latin
from detectors.encoder.windows import SECTION_CHARS, parts, sections
from detectors.serving.errors import ModelUnusable
from detectors.serving.loading import plain_tokenizer
from detectors.serving.model_settings import GuardSettings, TextSettings, TokenSettings

WINDOW: Final = 512
"""Tokens of a window, unless another number is configured or the model reads fewer."""

CHARS_A_TOKEN: Final = 4
"""About: a section should fill a window."""

UNKNOWN_SHARE: Final = 0.5
"""From this share of unknown tokens on, the model can't read a window."""

_HALF: Final = re.compile("[\ud800-\udfff]")

_BEYOND: Final = 1_000_000
"""Tokenizers that don't know how much their model reads say a number beyond this."""

_FROM_PADDING: Final = ("roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "longformer", "mpnet", "data2vec-text")
"""Types of models whose places count from the padding's id on, so that the first of their table are never used."""


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """What goes through the model for a stretch of a text.

    `ids` is all that the model reads, int64; `tokens` are those of the text, which begin at `ids[lead]`. `first` is
    where the section begins in the text that `view` was made from. `question` counts the questions of a guard.
    """

    ids: Integers
    tokens: Tokens = field(repr=False)
    view: View = field(repr=False)
    first: int
    lead: int = 0
    question: int = 0

    def __len__(self) -> int:
        return len(self.ids)

    def span(self) -> tuple[int, int]:
        """Give the stretch of the text that it covers."""
        return self.origin(int(self.tokens.starts[0]), int(self.tokens.ends[-1]))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Give the stretch of the text behind one of its view."""
        low, high = self.view.origin(start, end)
        return self.first + low, self.first + high


class WindowCutter:
    """Cuts texts for a model that reads `window` tokens at once. Any number of threads may use it."""

    def __init__(self, tokenizer: Any, settings: TextSettings | TokenSettings | GuardSettings, window: int) -> None:
        self._tokenizer = plain_tokenizer(tokenizer)
        self._before, self._after = _ends(self._tokenizer)
        self._unknown = tokenizer.unk_token_id
        self._settings = settings
        self.window = window
        self.overlap = min(window // 8, 64) if settings.overlap is None else settings.overlap
        self._section = max(SECTION_CHARS, CHARS_A_TOKEN * window)
        if 4 * self.overlap > self.room:
            raise ModelUnusable(f"an overlap of {self.overlap} tokens is too much for a window of {window}")

    @property
    def room(self) -> int:
        """Tokens of text in a window."""
        return self.window - len(self._before) - len(self._after)

    def sections(self, text: str) -> Iterator[tuple[int, View]]:
        """Give the sections of a text: where each begins, and how it is read."""
        for start, end in sections(text, self._section):
            part = text[start:end]
            yield start, normalise(part) if self._settings.normalise else View(_whole(part))

    def tokens(self, text: str) -> Tokens:
        """Tokenise without special tokens. Tokens that stand for blanks only are at an empty stretch."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        ids = np.array(encoding.ids, dtype=np.int64)
        starts, ends = _trimmed(text, np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2))
        return Tokens(ids, starts, ends, np.zeros_like(ids))

    def stretches(self, view: View, room: int) -> list[Tokens]:
        """Cut a section's tokens into windows of at most `room` that overlap; all tokens are in one at least."""
        tokens = self.tokens(view.text)
        return [tokens[slice(*part)] for part in parts(len(tokens), room, self.overlap)]

    def windows(self, first: int, view: View) -> list[Window]:
        """Cut a section into windows, with the special tokens that the model expects at their ends."""
        lead = len(self._before)
        return [
            Window(np.concatenate([self._before, tokens.ids, self._after]), tokens, view, first, lead)
            for tokens in self.stretches(view, self.room)
        ]

    def is_readable(self, windows: list[Window]) -> bool:
        """Whether the model can make anything of a section: it is in its script, and not made of unknown tokens."""
        if self._settings.script == "latin" and not all(is_latin(window.view.text) for window in windows[:1]):
            return False
        if self._unknown is None:
            return True
        return all((window.tokens.ids == self._unknown).mean() < UNKNOWN_SHARE for window in windows)


def window_of(network_config: Any, tokenizer: Any, configured: int | None, default: int = WINDOW) -> int:
    """Give the tokens of a window: as configured, or as many as the model reads, up to `default`.

    Raises:
        ModelUnusable: more are configured than the model reads.
    """
    config = network_config.get_text_config()
    known = [tokenizer.model_max_length] if tokenizer.model_max_length < _BEYOND else []
    if places := getattr(config, "max_position_embeddings", None):
        known.append(places - ((config.pad_token_id or 0) + 1 if config.model_type in _FROM_PADDING else 0))
    most = min(known, default=configured or default)
    if configured and configured > most:
        raise ModelUnusable(f"window: the model reads {most} tokens at once, not {configured}")
    return configured or min(most, default)


def _ends(tokenizer: Any) -> tuple[Integers, Integers]:
    """Give the special tokens before and after a text."""
    encoding = tokenizer.encode("a")
    text = [at for at, is_special in enumerate(encoding.special_tokens_mask) if not is_special]
    if not text:
        raise ModelUnusable("the tokenizer makes no tokens of a text")
    before, after = encoding.ids[: text[0]], encoding.ids[text[-1] + 1 :]
    return np.array(before, dtype=np.int64), np.array(after, dtype=np.int64)


def _whole(text: str) -> str:
    """Replace halves of surrogate pairs, as JSON can hold them, which no tokenizer takes."""
    return _HALF.sub("\ufffd", text) if not text.isascii() else text


def _trimmed(text: str, spans: Integers) -> tuple[Integers, Integers]:
    """Give starts and ends of spans without the blanks that some tokenizers count among a token's own characters."""
    filled = np.array([not sign.isspace() for sign in text] or [False], dtype=bool)
    at = np.arange(len(filled))
    following = np.minimum.accumulate(np.where(filled, at, len(filled))[::-1])[::-1]
    preceding = np.maximum.accumulate(np.where(filled, at, -1))
    last = len(filled) - 1
    starts = np.minimum(following[np.minimum(spans[:, 0], last)], spans[:, 1])
    ends = np.maximum(preceding[np.clip(spans[:, 1] - 1, 0, last)] + 1, starts)
    return starts, ends
