"""One training text with what is known about it, which is rarely everything."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Example:
    """A text and its partial labels.

    `labels` maps names of `encoder_format.LABELS` to 0..1; a label that is absent is unknown, not negative. `spans`
    are (start, end, entity) in code points, end exclusive. `annotated` are the entities that `spans` is complete
    for: outside the spans, nothing is known about any other entity.
    """

    text: str
    labels: Mapping[str, float]
    source: str
    spans: tuple[tuple[int, int, str], ...] = ()
    annotated: frozenset[str] = field(default_factory=frozenset)
