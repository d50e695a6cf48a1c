import re
from pathlib import Path

import pytest

from detectors.encoder.format import ENTITIES, LABELS
from detectors.references import refs_of

KNOWN = re.compile(
    r"OWASP-LLM-2025:LLM(0[1-9]|10)|MITRE-ATLAS:AML\.T\d{4}(\.\d{3})?|NIST-AI-600-1:2\.([1-9]|1[0-2])|EU-AI-ACT:\d+(\(\d+\))?"
)


README = (Path(__file__).parents[3] / "detectors" / "README.md").read_text()


@pytest.mark.parametrize("label", [*LABELS, *ENTITIES])
def test_the_readme_tells_every_label_of_the_encoder_with_its_references(label: str):
    rows = [line for line in README.splitlines() if line.startswith("|") and f"`{label}`" in line]
    assert rows
    assert label in ENTITIES or all(f"`{reference}`" in rows[0] for reference in refs_of(label))


@pytest.mark.parametrize("label", [*LABELS, *ENTITIES, "SECRET_JWT"])
def test_every_label_refers_to_a_framework(label: str):
    assert refs_of(label)
    assert all(KNOWN.fullmatch(reference) for reference in refs_of(label))


@pytest.mark.parametrize(
    ("label", "reference"),
    [
        ("PERSON", "OWASP-LLM-2025:LLM02"), ("injection", "OWASP-LLM-2025:LLM01"),
        ("indirect", "MITRE-ATLAS:AML.T0051.001"),
        ("jailbreak", "MITRE-ATLAS:AML.T0054"), ("hate", "NIST-AI-600-1:2.3"), ("race", "NIST-AI-600-1:2.6"),
        ("sexual", "NIST-AI-600-1:2.11"),
    ],
)  # fmt: skip
def test_labels_refer_to_the_risk_that_they_name(label: str, reference: str):
    assert reference in refs_of(label)


def test_a_judgement_that_nobody_here_knows_is_not_passed_off_as_disclosure():
    assert refs_of("violence") == ()
    assert refs_of("PASSPORT") == refs_of("PERSON")
