"""Questions that may well be refused, and yet no attack: nobody touches the model's instructions."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from detectors.training.example import Example
from detectors.training.made.grammar import Grammar
from detectors.training.made.promptings import distinct, rough

_GRAMMAR: Final = Grammar("things", "orders", "aims", "planted", "pleas", "jailbreaks")
_NO_ATTACK: Final = {"injection": 0.0, "jailbreak": 0.0, "indirect": 0.0}
"""Whether asking is toxic is left open."""
_PATTERNS: Final = (
    "{How do I|How can I|How does one|What is the best way to|Is it hard to} {deed} {aim}?",
    "{Explain|Describe|Tell me} how to {deed} {aim}.",
    "{Why do people|How do criminals|How do the police find those who|What happens to people who} {deed} {aim}?",
    "I {want|plan|need|would like} to {deed}. {Help me.|What do I need?|Where do I start?|Any advice?}",
    "My {brother|neighbour|boss} wants to {deed}. {What should I do|Whom do I tell|How can I stop that}?",
    "{Write|Draft} {a guide|a plan|an e-mail} to {deed} {aim}.",
)


def examples(rng: Random, count: int, data: Path | None = None) -> Iterator[Example]:
    """Yield `count` questions; `data` is not needed."""
    del data
    return distinct(_question, rng, count)


def _question(rng: Random) -> Example:
    return Example(rough(rng, _GRAMMAR.say(rng, rng.choice(_PATTERNS))), _NO_ATTACK, "made/bare_questions")
