"""Make rules of an operator's own recognisers, which run behind the same prefilter and time limits as all others."""

from collections.abc import Collection
from pathlib import Path

import regex
from presidio_analyzer import Pattern, PatternRecognizer

from detectors.errors import RecognizersUnusable
from detectors.text.custom_file import RecognizerPart, RecognizersFile
from detectors.text.gates import careful_gate_of
from detectors.text.rules import PatternRule, Rule
from detectors.text.scans import WholeText


def custom_rules(read: RecognizersFile, file: Path, taken: Collection[str]) -> tuple[Rule, ...]:
    """Give the rules of the recognisers that are enabled.

    Raises:
        RecognizersUnusable: the label of one is in `taken`.
    """
    for number, part in enumerate(read.recognizers):
        if part.label in taken:
            raise RecognizersUnusable(
                f"{file}: recognizers.{number}: the label {part.label} is one that the built-in detectors have"
            )
    return tuple(_rule(part, read.global_regex_flags) for part in read.recognizers if part.enabled)


def _rule(part: RecognizerPart, flags: int) -> Rule:
    patterns = [Pattern(one.name, one.regex, one.score) for one in part.patterns or ()]
    if part.deny_list:
        patterns.append(Pattern("deny_list", _any_of(part.deny_list), part.deny_list_score))
    recognizer = PatternRecognizer(
        part.label, part.name, patterns=patterns, context=part.words, global_regex_flags=flags
    )
    return PatternRule(recognizer, WholeText, careful_gate_of)


def _any_of(terms: Collection[str]) -> str:
    """Give the expression of a list: whole words, as Presidio's, and over line breaks and double blanks as well.

    The first term that matches is taken, so the longest go first: "Blue Heron" before "Blue".
    """
    longest_first = sorted(terms, key=len, reverse=True)
    choices = (r"\s+".join(map(regex.escape, term.split())) for term in longest_first)
    return rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)"
