"""Names of types: which of them mean the same kind, and which nobody finds."""

import pytest

from detectors.encoder.format import ENTITIES, LABELS
from detectors.evaluation.errors import BadOption
from detectors.evaluation.kinds import ALIASES, Kinds, parse_renames

EVERYTHING = frozenset({*ENTITIES, *LABELS, "AGE", "US_PASSPORT", "UK_NHS", "UK_POSTCODE", "SECRET_JWT"})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("PERSON", "PERSON"),
        ("per", "PERSON"),
        ("street-address", "ADDRESS"),
        ("UK_POSTCODE", "ADDRESS"),
        ("GPE", "LOCATION"),
        ("Date Time", "DATE_TIME"),
        ("US_PASSPORT", "ID"),  # of the patterns: the encoder can't tell it from other numbers
        ("UK_NHS", "ID"),
        ("Age", "AGE"),  # of the patterns, too, and no number of a document
        ("TITLE", None),
        ("MISC", None),
        ("SECRET_JWT", None),  # not personal
        ("toxic", None),  # of a whole text
    ],
)
def test_names_lead_to_kinds(name, kind):
    assert Kinds(EVERYTHING).of(name) == kind


def test_every_alias_leads_to_an_entity():
    assert set(ALIASES.values()) == set(ENTITIES)
    assert not set(ALIASES) & set(ENTITIES)


def test_what_no_detector_at_hand_emits_is_not_known():
    kinds = Kinds({"EMAIL_ADDRESS", "US_PASSPORT"})
    assert [kinds.of(name) for name in ("EMAIL", "PASSPORT", "PERSON")] == ["EMAIL_ADDRESS", "ID", None]
    assert Kinds({*ENTITIES, *LABELS}).of("AGE") is None  # the encoder judges what is said of ages, and finds none


def test_a_kind_is_reported_under_the_only_name_that_the_file_has_for_it():
    names = Kinds(EVERYTHING).names(["GPE", "STREET_ADDRESS", "ZIP_CODE", "TITLE", "US_PASSPORT"])
    assert names == {"LOCATION": "GPE", "ADDRESS": "ADDRESS", "ID": "US_PASSPORT"}


def test_renaming_goes_first():
    kinds = Kinds(EVERYTHING, parse_renames(["ADDRESS=LOCATION, misc=none", "EMPLOYER=ORG"]))
    assert [kinds.of(name) for name in ("ADDRESS", "MISC", "Employer")] == ["LOCATION", "NONE", "ORGANIZATION"]
    assert kinds.names(["MISC", "ADDRESS"]) == {"LOCATION": "ADDRESS"}


@pytest.mark.parametrize("text", ["A", "A=", "=B", "A=B,", ""])
def test_half_a_renaming_is_refused(text):
    with pytest.raises(BadOption):
        parse_renames([text])
