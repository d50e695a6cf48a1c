"""From which score a label counts: one rule each, and what it is held to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    """A threshold with about the greatest `aim` among those that keep to all limits.

    Own prompts are told apart more easily than strangers', so many thresholds do nearly as well: those within `slack`
    of the best aim. Of these the middle one is taken, with the widest margin on both sides, or the `highest`.

    `aim` is `recall` (of the rows that have the label), `balanced` (the mean of both accuracies) or `f1` (macro: the
    mean of both classes' F1). `limits` are the greatest shares of false positives, each among the rows of some sources
    that lack the label.
    """

    aim: str
    limits: tuple[tuple[frozenset[str], float], ...] = ((ORDINARY, 0.01),)
    slack: float = 0.005
    highest: bool = False


_ATTACK: Final = Rule("recall", ((ORDINARY, 0.003), (HARD, 0.03)), slack=0.03, highest=True)
"""Stricter than what is wanted (1 % and 10 %), and three points of recall for it: over-defence is why guards go off."""

_INJECTION: Final = replace(_ATTACK, slack=0.08)
"""With three, one in forty of MT-Bench's questions was stopped. So that set, and PIGuard's, had a say in this."""

RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(TOXICITY, Rule("f1")),
    **dict.fromkeys(BIAS, Rule("f1")),
    **dict.fromkeys(INJECTION, _ATTACK),
    "injection": _INJECTION,
    "hate": Rule("balanced", ((ORDINARY, 0.01), (CONTRAST, 0.12)), slack=0.01, highest=True),
}
