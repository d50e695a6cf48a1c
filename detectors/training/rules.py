"""From which score a label counts: one rule each, and what it is held to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from detectors.encoder.format import BIAS, INJECTION, TOXICITY

ORDINARY: Final = frozenset(
    {
        "clinc150",
        "banking77",
        "gsm8k_questions",
        "self_instruct_human",
        "made/chat",
        "made/assignments",
        "made/code_and_docs",
    }
)
"""Sources of what people ask every day: who is stopped here switches the guard off."""

HARD: Final = frozenset(
    {
        "made/hard_negatives",
        "made/role_play",
        "made/bare_questions",
        "awesome_chatgpt_prompts",
        "mitre_atlas_descriptions",
        "plain_harmful_questions",
    }
)
"""Sources of prompts that are worded like attacks, or ask for role play, and are none."""

CONTRAST: Final = frozenset(
    {
        "made/derogation",
        "made/dehumanisation",
        "made/threats",
        "made/negation",
        "made/counter-speech",
        "made/reference",
        "made/implicit",
        "made/slur-use",
        "made/questions",
        "made/identity",
        "made/criticism",
        "made/profanity",
    }
)
"""Own sentences in which hateful and harmless use the same words."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The threshold with the greatest `aim` among those that keep to all limits.

    `aim` is `recall` (of the rows that have the label), `balanced` (the mean of both accuracies) or `f1` (macro: the
    mean of both classes' F1). `limits` are the greatest shares of false positives, each among the rows of some sources
    that lack the label.
    """

    aim: str
    limits: tuple[tuple[frozenset[str], float], ...] = ((ORDINARY, 0.01),)


_ATTACK: Final = Rule("recall", ((ORDINARY, 0.003), (HARD, 0.03)))
"""Stricter than what is wanted (1 % and 10 %): own prompts are easier than strangers' are."""

RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(TOXICITY, Rule("f1")),
    **dict.fromkeys(BIAS, Rule("f1")),
    **dict.fromkeys(INJECTION, _ATTACK),
    "hate": Rule("balanced", ((ORDINARY, 0.01), (CONTRAST, 0.12))),
}
