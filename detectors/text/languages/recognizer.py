"""The recogniser of a language's ways of writing one kind of personal data."""

from collections.abc import Iterable

from presidio_analyzer import Pattern, PatternRecognizer

from detectors.text.gates import Gate
from detectors.text.languages.form import FLAGS, SCORE, Form


class LanguageRecognizer(PatternRecognizer):
    """The forms of a language for one label."""

    def __init__(self, language: str, label: str, forms: Iterable[Form]) -> None:
        """Take forms of that label. `language` is a code of ISO 639-1."""
        own = [form for form in forms if form.label == label]
        patterns = [Pattern(f"{language} {label} {place}", form.expression, SCORE) for place, form in enumerate(own)]
        super().__init__(label, name=f"{language} {label}", patterns=patterns, global_regex_flags=FLAGS)
        self._gates = {form.expression: Gate(form.gate, caseless=False) for form in own}

    def gate(self, expression: str, _flags: int) -> Gate:
        """Give the gate of one of the expressions."""
        return self._gates[expression]
