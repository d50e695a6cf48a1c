"""Tell an age from a date: what a model calls a point in time may be somebody's years."""

from collections.abc import Iterator
from typing import Final

import regex

from detectors.text.languages.form import AGE, FLAGS
from detectors.text.languages.tables import FORMS

LABEL: Final = "AGE"

_FORMS: Final = tuple(form for forms in FORMS.values() for form in forms if form.label == LABEL)
_AGES: Final = tuple(regex.compile(form.expression, FLAGS) for form in _FORMS)
_NUMBER: Final = regex.compile(AGE)
_PARTS: Final = regex.compile(r"[0-9]+|[^\W0-9_]+")
_REACH: Final = 60
"""Characters around a number in which all stands that makes it an age."""

_LONGEST: Final = 40
"""Characters of an age with its words: "at the age of only 76 years"."""

_BESIDE: Final = """
a about age aged an and around at born by for from he his her i in is just m mo month months mos my o of old olds only
she the they to turn turned turning turns until was we week weeks were when will wk wks y year years yo yr yrs
alt alte alten alter altes erst etwa gerade geworden heute im ist jahr jahre jahren jährig jährige jährigen jähriger
jähriges mit monate monaten nur rund von wochen
âge âgé âgée ai ans avait de déjà elle il j l mois semaines
años cumple cumplió edad los meses semanas tiene
anni compie di enne enni età ha mesi settimane
"""
_WORDS: Final = frozenset(_BESIDE.split())
"""What may stand in an age beside its number: nothing in these words is a date."""


def is_age(text: str, start: int, end: int) -> bool:
    """Say whether what stands there is an age and nothing else: its number, with or without the words around it."""
    if end - start > _LONGEST or not all(map(_may_be_in_age, _PARTS.findall(text, start, end))):
        return False
    low = max(0, start - _REACH)
    near = text[low : end + _REACH]
    return any(start <= low + place and low + last <= end for place, last in _ages(near))


def _may_be_in_age(part: str) -> bool:
    return _NUMBER.fullmatch(part) is not None if part[0].isdigit() else part.casefold() in _WORDS


def _ages(near: str) -> Iterator[tuple[int, int]]:
    return (match.span() for age in _AGES for match in age.finditer(near))
