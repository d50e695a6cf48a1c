"""Choose how a recogniser is run."""

from presidio_analyzer import EntityRecognizer, PatternRecognizer
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from detectors.text.cards.recognizer import CardRecognizer
from detectors.text.gates import gate_of
from detectors.text.languages.recognizer import LanguageRecognizer
from detectors.text.national.number import NumberRecognizer
from detectors.text.phones.rule import PhoneRule
from detectors.text.rules import AnalyzeRule, PatternRule, Rule, flags_of, patterns_of
from detectors.text.scan_choice import mark_of
from detectors.text.scans import WholeText
from detectors.text.secrets.kind import SecretRecognizer


def rule_of(recognizer: EntityRecognizer) -> Rule:
    """Give the rule that finds what the recogniser's own `analyze` finds.

    Raises:
        TypeError: nothing is known about when the recogniser can find something, so it can't be gated.
    """
    if type(recognizer) is PhoneRecognizer:
        return PhoneRule(recognizer)
    if isinstance(recognizer, SecretRecognizer):
        return PatternRule(recognizer, recognizer.scan, recognizer.gate)
    if isinstance(recognizer, CardRecognizer | NumberRecognizer):
        return PatternRule(recognizer, recognizer.scan)
    if isinstance(recognizer, LanguageRecognizer):
        return PatternRule(recognizer, WholeText, recognizer.gate)
    if not isinstance(recognizer, PatternRecognizer):
        raise TypeError(f"{recognizer.id} has neither patterns nor a gate of its own.")
    if type(recognizer).analyze is PatternRecognizer.analyze:
        return PatternRule(recognizer)
    patterns, flags = [pattern.regex for pattern in patterns_of(recognizer)], flags_of(recognizer)
    return AnalyzeRule(recognizer, [gate_of(pattern, flags) for pattern in patterns], mark_of(patterns))
