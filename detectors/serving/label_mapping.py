"""A model's labels and ours: which of its outputs stand for which of our labels, and how sure they are together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.calibration import Floats
from detectors.serving.errors import ModelUnusable
from detectors.serving.model_settings import JUDGEMENT

Activation = Literal["sigmoid", "softmax"]

_NAMELESS: Final = re.compile(r"LABEL_[0-9]+")
_SEPARATORS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class LabelMapping:
    """Our labels, and for each the columns of the model's logits that stand for it."""

    labels: tuple[str, ...]
    activation: Activation
    columns: tuple[NDArray[np.intp], ...] = field(repr=False)
    others: tuple[NDArray[np.intp], ...] = field(repr=False)

    def log_odds(self, logits: Floats) -> Floats:
        """Give float32 [texts, labels] of logits [texts, outputs].

        A softmax adds up the chances of all outputs that stand for a label; of sigmoids the surest one counts.
        """
        if self.activation == "sigmoid":
            return np.stack([logits[:, one].max(axis=1) for one in self.columns], axis=1)
        pairs = zip(self.columns, self.others, strict=True)
        return np.stack([log_sum(logits[:, one]) - log_sum(logits[:, rest]) for one, rest in pairs], axis=1)


def map_labels(theirs: Sequence[str], mapping: Mapping[str, str | None], activation: Activation) -> LabelMapping:
    """Map the model's names, in the order of its outputs; without a mapping they are ours, in lower case.

    Raises:
        ModelUnusable: a name is not the model's, or all its outputs under a softmax would stand for one label.
    """
    ours = _named(theirs, mapping)
    labels = tuple(dict.fromkeys(name for name in ours if name))
    columns = tuple(np.array([at for at, name in enumerate(ours) if name == label], dtype=np.intp) for label in labels)
    others = tuple(np.array([at for at, name in enumerate(ours) if name != label], dtype=np.intp) for label in labels)
    if activation == "softmax" and not all(map(len, others)):
        raise ModelUnusable(f"all of its labels count as {labels[0]}, which a softmax then gives to every text")
    return LabelMapping(labels, activation, columns, others)


def known_only(theirs: Sequence[str], mapping: Mapping[str, str | None]) -> None:
    """Refuse a mapping of names that the model does not have.

    Raises:
        ModelUnusable: it has such a name.
    """
    if unknown := sorted(mapping.keys() - set(theirs)):
        raise ModelUnusable(f"labels: {', '.join(unknown)} should be among the model's own: {', '.join(theirs)}")


def log_sum(values: Floats) -> Floats:
    """Give log(sum(exp(values))) over the last axis, without leaving the range of float32."""
    top = values.max(axis=-1, keepdims=True)
    result: Floats = np.log(np.exp(values - top).sum(axis=-1)) + top[..., 0]
    return result


def _named(theirs: Sequence[str], mapping: Mapping[str, str | None]) -> list[str | None]:
    known_only(theirs, mapping)
    if mapping:
        return [mapping.get(name) for name in theirs]
    if any(map(_NAMELESS.fullmatch, theirs)):
        raise ModelUnusable(f"labels: say what the model's labels mean, {', '.join(theirs)} say nothing")
    ours = [_SEPARATORS.sub("_", name.lower()).strip("_") for name in theirs]
    if wrong := [name for name, own in zip(theirs, ours, strict=True) if not re.fullmatch(JUDGEMENT, own)]:
        raise ModelUnusable(f"labels: give names to {', '.join(wrong)}")
    return list(ours)
