"""What a file of lists may say, and how its faults are told."""

from pathlib import Path

import pytest

from detectors.errors import ListsUnusable
from detectors.lists import file as reading
from detectors.lists.entries import ANY, LONGEST, Entries
from detectors.lists.file import read_lists

PLANTED = "Zugspitze"
LIGATURE = "\ufb03"

FULL = """
tenants:
  "*":
    allow: [Info@acme.example]
  acme:
    allow:
      - 0800 111 0111
      - {values: [Alexa, info@acme.example], labels: [PERSON]}
      - {values: [ALEXA], labels: [ORGANIZATION]}
    deny:
      PERSON: &staff [Ann  Lee, "no", Ann Lee]
      CUSTOMER: [0049, 2024-01-01, no]
  other:
    deny:
      PERSON: *staff
  third:
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "lists.yaml"
    file.write_text(text)
    return file


def test_a_file_is_read_as_it_is_written(tmp_path):
    tenants = read_lists(written(tmp_path, FULL)).tenants
    assert dict(tenants["*"].allow) == {"info@acme.example": ANY}
    assert dict(tenants["acme"].allow) == {
        "0800 111 0111": ANY,
        "alexa": {"PERSON", "ORGANIZATION"},
        "info@acme.example": {"PERSON"},
    }
    assert dict(tenants["acme"].deny) == {
        "ann lee": {"PERSON"},
        "no": {"PERSON", "CUSTOMER"},
        "0049": {"CUSTOMER"},
        "2024-01-01": {"CUSTOMER"},
    }
    assert tenants["other"].deny.keys() == {"ann lee", "no"}
    assert tenants["third"] == Entries()


def test_a_value_that_is_listed_with_labels_and_without_counts_for_all(tmp_path):
    both = "tenants: {a: {allow: [x1, {values: [x1, y1], labels: [PERSON]}, y1]}}"
    assert dict(read_lists(written(tmp_path, both)).tenants["a"].allow) == {"x1": ANY, "y1": ANY}


def test_the_digest_changes_with_the_content(tmp_path):
    first = read_lists(written(tmp_path, FULL)).digest
    assert read_lists(written(tmp_path, FULL)).digest == first
    assert read_lists(written(tmp_path, FULL.replace("0049", "0050"))).digest != first


def allow(entries: str) -> str:
    return f"tenants:\n  acme:\n    allow: {entries}"


def deny(labels: str) -> str:
    return f"tenants:\n  acme:\n    deny: {labels}"


AT = "line 3: tenants.acme"
FAULTS = {
    "not YAML": (f"tenants: [{PLANTED}", "is not YAML (line"),
    "two documents": (f"tenants: {{}}\n---\n{PLANTED}: x", "is not YAML (line 2)"),
    "nothing in it": ("", "there is nothing in it"),
    "a list on top": (f"[{PLANTED}]", "line 1: it must be a mapping `tenants`"),
    "an unknown member on top": (f"tenants: {{}}\n{PLANTED}: x", "line 2: unknown member: it may have `tenants`"),
    "tenants as a list": (f"tenants: [{PLANTED}]", "line 1: tenants: it must be a mapping"),
    "a tenant without a name": (f'tenants: {{"": {{allow: [{PLANTED}]}}}}', "line 1: tenants: a name is missing"),
    "a tenant twice": ("tenants:\n  a: {}\n  a: {}", "line 3: tenants: the same name stands twice"),
    "a tenant that is a list": ("tenants:\n  a: [x]", "line 2: tenants.a: it must be a mapping `allow` and `deny`"),
    "an unknown list": (f"tenants:\n  a: {{{PLANTED}: [x]}}", "line 2: tenants.a: unknown member: it may have `allow`"),
    "allow as a mapping": (allow(f"{{{PLANTED}: x}}"), f"{AT}.allow: it must be a list"),
    "allow as a text": (allow(PLANTED), f"{AT}.allow: it must be a list"),
    "an allowed list": (allow(f"[[{PLANTED}]]"), f"{AT}.allow.0: it must be a text"),
    "an empty value": (allow(f"[{PLANTED}, '  ']"), f"{AT}.allow.1: it is empty"),
    "an entry without labels": (allow(f"[{{values: [{PLANTED}]}}]"), f"{AT}.allow.0: it must have `values` and"),
    "no labels": (allow(f"[{{values: [{PLANTED}], labels: []}}]"), f"{AT}.allow.0.labels: there is none"),
    "an unknown member": (allow(f"[{{value: {PLANTED}}}]"), f"{AT}.allow.0: unknown member"),
    "an allowed secret": (
        allow(f"[{{values: [{PLANTED}], labels: [PERSON, SECRET_AWS_KEY]}}]"),
        f"{AT}.allow.0.labels.1: a label is that of a value, in capitals, and no secret (SECRET_...) and no card",
    ),
    "an allowed card": (allow(f"[{{values: [{PLANTED}], labels: [CREDIT_CARD]}}]"), f"{AT}.allow.0.labels.0: a label"),
    "an allowed judgement": (allow(f"[{{values: [{PLANTED}], labels: [toxic]}}]"), f"{AT}.allow.0.labels.0: a label"),
    "deny as a list": (deny(f"[{PLANTED}]"), f"{AT}.deny: it must be a mapping"),
    "a value for a label": (deny(f"{{{PLANTED}: [PERSON]}}"), f"{AT}.deny: a label is that of a value, in capitals"),
    "a denied secret": (deny(f"{{SECRET_DOOR: [{PLANTED}]}}"), f"{AT}.deny: a label is that of a value"),
    "a denied judgement": (deny(f"{{toxic: [{PLANTED}]}}"), f"{AT}.deny: a label is that of a value"),
    "a label twice": (deny("{PERSON: [Ann Lee], PERSON: [Bob Ray]}"), f"{AT}.deny: the same name stands twice"),
    "values as a text": (deny(f"{{PERSON: {PLANTED}}}"), f"{AT}.deny.PERSON: it must be a list"),
    "a value that is a mapping": (deny(f"{{PERSON: [{{x: {PLANTED}}}]}}"), f"{AT}.deny.PERSON.0: it must be a text"),
    "one letter": (deny("{PERSON: [Q]}"), f"{AT}.deny.PERSON.0: it needs 2 characters"),
    "no letter": (deny("{PERSON: ['!?']}"), f"{AT}.deny.PERSON.0: it needs 2 characters"),
    "nothing that is seen": (deny("{PERSON: ['\u200b\u200b']}"), f"{AT}.deny.PERSON.0: it is empty"),
    "too long": (deny(f"{{PERSON: [{PLANTED * 8}]}}"), f"{AT}.deny.PERSON.0: it is longer than 64 characters"),
    "too long once it is spelt out": (allow(f"['{LIGATURE * 30}']"), f"{AT}.allow.0: it is longer than 64 characters"),
}


@pytest.mark.parametrize(("text", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_its_place_and_nothing_is_quoted(tmp_path, text, told):
    with pytest.raises(ListsUnusable) as raised:
        read_lists(written(tmp_path, text))
    assert told in str(raised.value)
    assert PLANTED not in str(raised.value)


def test_the_first_ten_faults_are_told(tmp_path):
    with pytest.raises(ListsUnusable, match=r"line 2: .*line 11: .*; and 2 more$"):
        read_lists(written(tmp_path, "tenants: {a: {deny: {PERSON: [\n" + "Q,\n" * 12 + "]}}}"))


def test_a_file_that_is_not_there_or_not_utf8_is_named(tmp_path):
    with pytest.raises(ListsUnusable, match=r"away\.yaml can't be read"):
        read_lists(tmp_path / "away.yaml")
    (tmp_path / "latin.yaml").write_bytes("tenants: {é: {}}".encode("latin-1"))
    with pytest.raises(ListsUnusable, match=r"latin\.yaml is not UTF-8"):
        read_lists(tmp_path / "latin.yaml")


def test_the_longest_value_can_be_listed(tmp_path):
    longest = "a" * LONGEST
    assert read_lists(written(tmp_path, deny(f"{{PERSON: [{longest}]}}"))).tenants["acme"].deny.keys() == {longest}


def test_values_and_bytes_are_bounded(tmp_path, monkeypatch):
    file = written(tmp_path, "tenants: {a: {allow: [x1, x2]}, b: {deny: {PERSON: [x3]}}}")
    monkeypatch.setattr(reading, "MOST_VALUES", 3)
    assert read_lists(file).tenants.keys() == {"a", "b"}
    monkeypatch.setattr(reading, "MOST_VALUES", 2)
    with pytest.raises(ListsUnusable, match=r"tenants.b.deny.PERSON.0: there are more than 2 values in the file$"):
        read_lists(file)
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(ListsUnusable, match="is larger than"):
        read_lists(file)
