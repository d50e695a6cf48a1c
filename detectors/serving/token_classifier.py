"""Any model of transformers for token classification, as a `ports.TextModel`: tags of tokens become spans."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detectors.encoder.calibration import Floats, floor_of
from detectors.serving.errors import ModelUnusable
from detectors.serving.label_mapping import known_only, log_sum
from detectors.serving.loading import load_text_network
from detectors.serving.model_files import ModelFiles
from detectors.serving.model_settings import ENTITY, TokenSettings
from detectors.serving.network import Network
from detectors.serving.reading import EntityFindings, WindowReading
from detectors.serving.text_classifier import own_labels
from detectors.serving.text_windows import Window, WindowCutter, window_of
from detectors.serving.thresholds import entity_thresholds
from detectors.serving.trial import try_window
from detectors.serving.versions import version_of

BEGINS: Final = frozenset("BSU")
"""Prefixes of an entity's first token: begin, single, unit."""

GOES_ON: Final = frozenset("IELM")
"""Prefixes of its other tokens: inside, end, last, middle."""

_NEVER: Final = -1e4
"""A logit for a tag that the model does not have."""


@dataclass(frozen=True, slots=True)
class TagMapping:
    """Our entities, and the columns of the model's logits behind each tag in the layout of `encoder.format.TAGS`."""

    entities: tuple[str, ...]
    columns: tuple[NDArray[np.intp], ...] = field(repr=False)

    def logits(self, theirs: Floats) -> Floats:
        """Give float32 [tokens, tags] of logits [tokens, outputs]; a softmax over them adds up what was joined."""
        nothing = np.full(len(theirs), _NEVER, dtype=np.float32)
        return np.stack([log_sum(theirs[:, one]) if len(one) else nothing for one in self.columns], axis=1)


class TokenClassifier:
    """Finds values in texts. Use `load_token_classifier` to make one."""

    is_packed = False
    left_to_patterns: frozenset[str] = frozenset()

    def __init__(
        self, name: str, version: str, network: Network, cutter: WindowCutter, mapping: TagMapping,
        thresholds: Floats, settings: TokenSettings,
    ) -> None:  # fmt: skip
        self.name, self.version = name, version
        self.labels = frozenset(mapping.entities)
        self.thresholds: Mapping[str, float] = dict(zip(mapping.entities, thresholds.tolist(), strict=True))
        self.held_bytes = network.held_bytes
        self._network, self._cutter, self._mapping = network, cutter, mapping
        self._floors, self._temperature = floor_of(thresholds), _temperature(settings)
        self._batch_tokens = settings.batch_tokens or network.batch_tokens

    def begin(self, text: str) -> WindowReading:
        """Begin to read a text."""
        findings = EntityFindings(self._mapping.entities, self._floors)
        return WindowReading(self._cutter, self._cutter.windows, findings, text)

    def run(self, pieces: Sequence[Window]) -> list[Floats]:
        """Give the logits of our tags for each window's own tokens, float32 [tokens, tags]."""
        answers: dict[int, Floats] = {}
        for place, logits in self._network.answers([piece.ids for piece in pieces], self._batch_tokens):
            piece = pieces[place]
            own = logits[piece.lead : piece.lead + len(piece.tokens)]
            answers[place] = self._mapping.logits(own / self._temperature)
        return [answers[place] for place in range(len(pieces))]

    def close(self) -> None:
        """Give its memory back."""
        self._network.close()


def load_token_classifier(name: str, settings: TokenSettings, files: ModelFiles, device: str) -> TokenClassifier:
    """Load a model, and run it once over a full window.

    Raises:
        ModelUnusable: files and settings don't make a model that can be run.
    """
    network, tokenizer = load_text_network(files, "token-classification", device, settings.dtype)
    cutter = WindowCutter(tokenizer, settings, window_of(network.config, tokenizer, settings.window))
    mapping = map_tags(own_labels(network.config), settings.labels)
    thresholds = entity_thresholds(mapping.entities, settings)
    model = TokenClassifier(name, version_of(files, settings), network, cutter, mapping, thresholds, settings)
    try_window(model, files, cutter.window)
    return model


def map_tags(theirs: Sequence[str], mapping: Mapping[str, str | None]) -> TagMapping:
    """Map the model's tags, in the order of its outputs, to our entities. What is not reported counts as nothing found.

    Raises:
        ModelUnusable: a name is not that of one of its entities, or nothing would be found.
    """
    split = [_split(tag) for tag in theirs]
    known = list(dict.fromkeys(entity for _, entity in split if entity))
    known_only(known, mapping)
    ours = {name: mapping.get(name) if mapping else name.upper().replace("-", "_") for name in known}
    entities = tuple(dict.fromkeys(name for name in ours.values() if name))
    if wrong := [name for name in entities if not re.fullmatch(ENTITY, name)]:
        raise ModelUnusable(f"labels: give names to {', '.join(wrong)}")
    if not entities:
        raise ModelUnusable("it has no entities to look for")
    groups: list[list[int]] = [[] for _ in range(1 + 2 * len(entities))]
    for column, (is_first, entity) in enumerate(split):
        name = ours.get(entity)
        groups[0 if not name else 2 - is_first + 2 * entities.index(name)].append(column)
    if not groups[0]:
        raise ModelUnusable("it has no tag for what is no entity (`O`)")
    return TagMapping(entities, tuple(np.array(group, dtype=np.intp) for group in groups))


def _split(tag: str) -> tuple[bool, str]:
    """Split a tag into whether an entity begins with it, and the entity; that is empty for `O`."""
    if tag.upper() in {"O", "OUTSIDE", "NONE"}:
        return False, ""
    mark, _, entity = tag.partition("-")
    if entity and mark in BEGINS | GOES_ON:
        return mark in BEGINS, entity
    return False, tag


def _temperature(settings: TokenSettings) -> float:
    if isinstance(settings.temperature, Mapping):
        raise ModelUnusable("temperature: one number for all tags of a token, which share a softmax")
    return settings.temperature
