"""Names stand in data as often as in prose: the shipped encoder finds them in both, at the policy's own threshold."""

import html
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

import detectors
import policies
from detectors.catalog import EncoderOptions, encoder_detector, shipped_weights
from detectors.encoder.detector import EncoderDetector
from detectors.finding import Passage

WEIGHTS = Path(detectors.__file__).parent / "weights" / "encoder.json"
pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(not WEIGHTS.exists(), reason="The encoder's weights are not here yet (detectors/weights)."),
]

NAMES = (
    "Maria Lopez", "Peter Novak", "Aisha Rahman", "Li Wei", "Jürgen Müller", "Oluwaseun Adeyemi", "Priya Sharma",
    "John Smith", "Ingrid Svensson", "Carlos Fernández",
)  # fmt: skip

PLACES = {
    "prose": "Yesterday {} called about the invoice.",
    "JSON": '{{"id": 7, "name": "{}", "active": true}}',
    "nested JSON": '{{"user": {{"fullName": "{}", "roles": ["admin"]}}, "ts": 1731900000}}',
    "CSV": "id,name,city,amount\n1,{},Berlin,20.50\n2,Ann Lee,Paris,11.00",
    "CSV with semicolons": "17;{};Vienna;2024-02-01;ok",
    "a log": "2024-05-01 12:00:03,112 INFO  user={} action=login ip=10.0.0.7",
    "a system log": "May 01 12:00:03 host sshd[311]: Accepted password for {} from 10.0.0.7",
    "From": "From: {} <x@example.com>\nTo: support@example.com\nSubject: Refund",
    "To": "To: {}\nCc: Ann Lee\nSubject: Minutes",
    "a reply": "On Mon, 6 May 2024 at 10:11, {} wrote:\n> thanks",
    "code": 'user = User(name="{}", email="x@example.com")',
    "a comment": "# Ask {} before you change the parser.",
    "SQL": "INSERT INTO customers (name, city) VALUES ('{}', 'Rome');",
    "YAML": "customer:\n  name: {}\n  tier: gold",
    "XML": "<customer><name>{}</name><id>4</id></customer>",
    "a table": "| name | mail |\n|---|---|\n| {} | x@example.com |",
    "git": "Author: {} <x@example.com>\nDate:   Mon May 6 10:00:00 2024 +0200\n\n    Fix typo",
    "a signature": "Best regards,\n{}\nHead of Sales",
    "a form": "Full name: {}\nPhone: 555-0100",
    "nothing else": "{}",
}


@pytest.fixture(scope="module")
def encoder() -> Iterator[EncoderDetector]:
    detector = encoder_detector(EncoderOptions(shipped_weights()))
    yield detector
    detector.close()


@pytest.fixture(scope="module")
def threshold() -> int:
    data = json.loads((Path(policies.__file__).parent / "data.json").read_text())
    return int(data["labels"]["personal"]["PERSON"])


@pytest.mark.parametrize("place", PLACES)
def test_a_name_is_found_whole(encoder: EncoderDetector, threshold: int, place: str) -> None:
    missed = [name for name in NAMES if not found_whole(encoder, threshold, PLACES[place].format(name), name)]
    assert len(missed) <= 1, missed  # a model's word, so one in ten may be lost before this counts as broken


WRITTEN = {
    "JSON's escapes": lambda name: json.dumps(name)[1:-1],
    "percent-encoding": quote,
    "HTML's references": lambda name: html.escape(name).encode("ascii", "xmlcharrefreplace").decode(),
}


@pytest.mark.parametrize("form", WRITTEN)
def test_a_name_is_found_however_it_is_written(encoder: EncoderDetector, threshold: int, form: str) -> None:
    names = [WRITTEN[form](name) for name in NAMES]
    text = "Yesterday {} called about the invoice."
    missed = [name for name in names if not found_whole(encoder, threshold, text.format(name), name)]
    assert len(missed) <= 1, missed


def found_whole(encoder: EncoderDetector, threshold: int, text: str, name: str) -> bool:
    findings = encoder.inspect((Passage("slot", text),), 60)
    seen = {
        at
        for finding in findings
        if finding.label == "PERSON" and finding.score_ppm >= threshold
        for at in range(finding.start, finding.end)
    }
    start = text.index(name)
    return all(at in seen or text[at] == " " for at in range(start, start + len(name)))
