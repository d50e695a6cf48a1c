"""What a gateway runs: the detectors put together, and the labels that policies can name."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from detectors.suite import Limits, Suite

if TYPE_CHECKING:
    from detectors.text.patterns import PatternDetector
    from detectors.text.rules import Rule

SECRET_PREFIX = "SECRET_"  # noqa: S105 - the start of a label
PERSONAL_REFS = ("OWASP-LLM-2025:LLM02",)
"""Sensitive Information Disclosure, https://genai.owasp.org/llmrisk/llm022025-sensitive-information-disclosure/."""
SECRET_REFS = ("OWASP-LLM-2025:LLM02",)


def default_suite(
    cache_dir: Path | None = None, limits: Limits | None = None, countries: Iterable[str] | None = None
) -> Suite:
    """Make the suite of a gateway: personal identifiers and secrets by pattern, ready to answer at once.

    Compiled patterns are kept in `cache_dir` (default: the user's cache folder). Importing the recognisers takes about
    a second; what must be compiled is compiled in the background. `countries` is as in `load_recognizers`.
    """
    return Suite([pattern_detector(cache_dir, countries)], limits)


def pattern_detector(cache_dir: Path | None = None, countries: Iterable[str] | None = None) -> "PatternDetector":
    """Make the pattern detector and start building its prefilter."""
    from detectors.text.patterns import PatternDetector, gates_of
    from detectors.text.pii import PRESIDIO
    from detectors.text.prefilter import Prefilter
    from detectors.text.prefilter_cache import PrefilterCache
    from detectors.text.secrets import VERSION

    rules = pattern_rules(countries)
    folder = cache_dir or user_cache_dir()
    prefilter = Prefilter(gates_of(rules), PrefilterCache(folder) if folder else None)
    detector = PatternDetector(
        rules, prefilter, f"presidio-{PRESIDIO}+secrets-{VERSION}", {rule.label: refs_of(rule.label) for rule in rules}
    )
    prefilter.start()
    return detector


def pattern_rules(countries: Iterable[str] | None = None) -> "list[Rule]":
    """Load every recogniser as a rule: Presidio's first, then the secrets."""
    from detectors.text.pii import load_recognizers
    from detectors.text.rule_choice import rule_of
    from detectors.text.secrets import secret_recognizers

    return [rule_of(recognizer) for recognizer in (*load_recognizers(countries), *secret_recognizers())]


@cache
def labels() -> frozenset[str]:
    """Give all labels that the default suite can emit."""
    return frozenset(rule.label for rule in pattern_rules())


def refs_of(label: str) -> tuple[str, ...]:
    """Give the references of a label in public frameworks."""
    return SECRET_REFS if label.startswith(SECRET_PREFIX) else PERSONAL_REFS


def user_cache_dir() -> Path | None:
    """Give the folder for caches by the XDG Base Directory rules, or None for a user without a home."""
    stated = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(stated) if stated.startswith("/") else Path.home() / ".cache") / "airlock"
    except RuntimeError:
        return None
