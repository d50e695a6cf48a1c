"""An example as the model reads it: windows of tokens, their casing, label targets, and tags through the offsets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from detectors.text.encoder_format import CASINGS, ENTITIES, LABELS, OVERLAP, TAGS, WINDOW
from detectors.training.example import Example

OUTSIDE: Final = 0
"""The tag `O`."""

NO_TAG: Final = -1
"""The tag of special tokens, and of all tokens of a text whose entities nobody marked: not learnt from."""

_INDEX: Final = {tag: index for index, tag in enumerate(TAGS)}
_SPECIAL: Final = 2


@dataclass(frozen=True, slots=True)
class Window:
    """At most `WINDOW` tokens, the two special ones included.

    `labels` are float32 [labels], NaN where unknown. `tags` are int16 [tokens]. `outside` says for every tag whether a
    token without one may be it for all we know: `O`, and the tags of entities that were not annotated; bool [tags].
    """

    ids: NDArray[np.int32]
    casing: NDArray[np.int8]
    labels: NDArray[np.float32]
    tags: NDArray[np.int16]
    outside: NDArray[np.bool_]


def casing_of(piece: str) -> int:
    """Return 0 without capitals, 1 with one at the start only, 2 if all of several letters are capitals, else 3."""
    if piece == piece.lower():
        return 0
    letters = sum(map(str.isalpha, piece))
    if letters > 1 and piece == piece.upper():
        return 2
    return 1 if piece[0].isupper() and piece[1:] == piece[1:].lower() else CASINGS - 1


def windows_of(tokenizer: Tokenizer, examples: Sequence[Example]) -> list[list[Window]]:
    """Return the windows of every example, at least one each, sharing `OVERLAP` tokens."""
    encodings = tokenizer.encode_batch([example.text for example in examples]) if examples else []
    return [_windows(example, encoding) for example, encoding in zip(examples, encodings, strict=True)]


def label_targets(labels: Mapping[str, float]) -> NDArray[np.float32]:
    """Return the value of each label, NaN where it is unknown."""
    return np.array([labels.get(name, np.nan) for name in LABELS], dtype=np.float32)


def tag_targets(offsets: Sequence[tuple[int, int]], example: Example) -> NDArray[np.int16]:
    """Return each token's tag: that of the entity it shares a character with. Special tokens have empty offsets."""
    tags = np.full(len(offsets), OUTSIDE if example.annotated else NO_TAG, dtype=np.int16)
    for start, end, entity in example.spans:
        inside = [at for at, (first, last) in enumerate(offsets) if first < end and last > start and last > first]
        for rank, at in enumerate(inside):
            tags[at] = _INDEX[f"{'I' if rank else 'B'}-{entity}"]
    tags[[at for at, (first, last) in enumerate(offsets) if first == last]] = NO_TAG
    return tags


def may_be_outside(annotated: frozenset[str]) -> NDArray[np.bool_]:
    """Return which tags a token outside all spans may bear."""
    allowed = np.ones(len(TAGS), dtype=np.bool_)
    for entity in ENTITIES:
        if entity in annotated:
            allowed[[_INDEX[f"B-{entity}"], _INDEX[f"I-{entity}"]]] = False
    return allowed


def _windows(example: Example, encoding: Encoding) -> list[Window]:
    offsets: Any = encoding.offsets
    ids = np.array(encoding.ids, dtype=np.int32)
    casing = np.array([casing_of(example.text[a:b]) if b > a else 0 for a, b in offsets], dtype=np.int8)
    tags, labels = tag_targets(offsets, example), label_targets(example.labels)
    outside = may_be_outside(example.annotated)
    return [
        Window(_framed(ids, part), _framed(casing, part), labels, _framed(tags, part), outside)
        for part in _parts(len(ids) - _SPECIAL)
    ]


def _parts(count: int) -> list[slice]:
    """Return which of `count` tokens, the special ones not counted, each window holds."""
    room = WINDOW - _SPECIAL
    starts = range(0, max(count - OVERLAP, 1), room - OVERLAP)
    return [slice(start, min(start + room, count)) for start in starts]


def _framed(values: NDArray[Any], part: slice) -> NDArray[Any]:
    """Return a part of the tokens between the special ones at the ends."""
    return np.concatenate([values[:1], values[1:-1][part], values[-1:]])
