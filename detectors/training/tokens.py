"""An example as the model reads it: normalised, in windows of tokens, with label targets and tags.

Normal form, casing and cuts are those of `detectors.text`: what is learnt on one form MUST be asked in the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from detectors.encoder.casing import casing_of
from detectors.encoder.format import ENTITIES, LABELS, OVERLAP, TAGS, WINDOW
from detectors.encoder.model import SPECIAL
from detectors.encoder.normalise import normalise
from detectors.encoder.offsets import View
from detectors.encoder.windows import parts
from detectors.training.example import Example

OUTSIDE: Final = 0
"""The tag `O`."""

NO_TAG: Final = -1
"""The tag of special tokens, and of all tokens of a text whose entities nobody marked: not learnt from."""

_INDEX: Final = {tag: index for index, tag in enumerate(TAGS)}


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


def windows_of(tokenizer: Tokenizer, examples: Sequence[Example]) -> list[list[Window]]:
    """Return the windows of every example, at least one each, cut as when the model is used."""
    views = [normalise(example.text) for example in examples]
    encodings = tokenizer.encode_batch([view.text for view in views], add_special_tokens=False) if views else []
    ends = tokenizer.token_to_id("[CLS]") or 0, tokenizer.token_to_id("[SEP]") or 0
    return [_windows(*of_text, ends) for of_text in zip(examples, views, encodings, strict=True)]


def label_targets(labels: Mapping[str, float]) -> NDArray[np.float32]:
    """Return the value of each label, NaN where it is unknown."""
    return np.array([labels.get(name, np.nan) for name in LABELS], dtype=np.float32)


def tag_targets(origins: Sequence[tuple[int, int]], example: Example) -> NDArray[np.int16]:
    """Return each token's tag: that of the entity that it shares a character of the text with."""
    tags = np.full(len(origins), OUTSIDE if example.annotated else NO_TAG, dtype=np.int16)
    for start, end, entity in example.spans:
        inside = [at for at, (first, last) in enumerate(origins) if first < end and last > start]
        for rank, at in enumerate(inside):
            tags[at] = _INDEX[f"{'I' if rank else 'B'}-{entity}"]
    return tags


def may_be_outside(annotated: frozenset[str]) -> NDArray[np.bool_]:
    """Return which tags a token outside all spans may bear."""
    allowed = np.ones(len(TAGS), dtype=np.bool_)
    for entity in ENTITIES:
        if entity in annotated:
            allowed[[_INDEX[f"B-{entity}"], _INDEX[f"I-{entity}"]]] = False
    return allowed


def _windows(example: Example, view: View, encoding: Encoding, ends: tuple[int, int]) -> list[Window]:
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    origins = [view.origin(start, end) for start, end in offsets.tolist()] if example.annotated else []
    tags = tag_targets(origins, example) if origins else np.full(len(offsets), NO_TAG, dtype=np.int16)
    ids, casing = np.array(encoding.ids, dtype=np.int32), casing_of(view.text, offsets[:, 0], offsets[:, 1])
    labels, outside = label_targets(example.labels), may_be_outside(example.annotated)
    return [
        Window(
            ids=_framed(ids[part], *ends),
            casing=_framed(casing[part].astype(np.int8), 0, 0),
            labels=labels,
            tags=_framed(tags[part], NO_TAG, NO_TAG),
            outside=outside,
        )
        for part in (slice(*cut) for cut in parts(len(ids), WINDOW - SPECIAL, OVERLAP) or [(0, 0)])
    ]


def _framed(values: NDArray[Any], first: int, last: int) -> NDArray[Any]:
    """Return the values between those of the special tokens."""
    return np.concatenate([[first], values, [last]]).astype(values.dtype)
