"""What a file of one's own recognisers may say, and how its faults are told."""

from pathlib import Path

import pytest

from detectors.catalog import custom_recognizers
from detectors.errors import RecognizersUnusable
from detectors.text.custom_file import read_recognizers

PLANTED = "Zugspitze"

OF_PRESIDIO = """
supported_languages: [en, de]
global_regex_flags: 26
recognizers:
  - name: Zip code Recognizer
    supported_language: de
    patterns:
      - {name: zip code (weak), regex: '(\\b\\d{5}(?:\\-\\d{4})?\\b)', score: 0.01}
    context: [zip, code]
    supported_entity: ZIP
  - name: Titles recognizer
    supported_languages: [{language: en, context: [mister]}, {language: de, context: [Herr]}]
    supported_entities: [TITLE]
    type: custom
    enabled: false
    deny_list: [Mr., Mrs.]
    deny_list_score: 0.7
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "recognizers.yaml"
    file.write_text(text)
    return file


def test_a_file_of_presidios_is_read_as_it_is(tmp_path):
    read, _ = read_recognizers(written(tmp_path, OF_PRESIDIO))
    assert [(part.label, part.words, part.enabled) for part in read.recognizers] == [
        ("ZIP", ["zip", "code"], True),
        ("TITLE", ["mister", "Herr"], False),
    ]


def test_the_digest_changes_with_the_content(tmp_path):
    file = written(tmp_path, OF_PRESIDIO)
    first = read_recognizers(file)[1]
    assert read_recognizers(file)[1] == first
    assert read_recognizers(written(tmp_path, OF_PRESIDIO.replace("0.7", "0.8")))[1] != first


def entry(rest: str, label: str = "PROJECT") -> str:
    return f"recognizers: [{{name: x, supported_entity: {label}, {rest}}}]"


LIST = f"deny_list: [{PLANTED}]"


def pattern(expression: str = "x", score: str = "0.5") -> str:
    return f"patterns: [{{name: {PLANTED}, regex: '{expression}', score: {score}}}]"


FAULTS = {
    "not YAML": (f"recognizers: [{PLANTED}", "is not YAML (line 1)"),
    "no mapping": (f"[{PLANTED}]", "the top level must be a mapping"),
    "nothing in it": ("recognizers: []", "recognizers: Tuple should have at least 1 item"),
    "an unknown field": (entry(f"{LIST}, colour: {PLANTED}"), "recognizers.0.colour: unknown field"),
    "an unknown section": (f"{entry(LIST)}\nother: {PLANTED}", "other: unknown field"),
    "a bad expression": (entry(pattern(f"({PLANTED}")), "recognizers.0.patterns.0.regex: it is no regular expression"),
    "a score above one": (entry(pattern(score="1.5")), "recognizers.0.patterns.0.score: Input should be less than"),
    "a score of nothing": (entry(pattern(score="0")), "recognizers.0.patterns.0.score: Input should be greater than 0"),
    "a score that is none": (entry(pattern(score=".nan")), "recognizers.0.patterns.0.score: Input should be a finite"),
    "a list's score": (entry(f"{LIST}, deny_list_score: -1"), "recognizers.0.deny_list_score: Input should be greater"),
    "an empty list": (entry("deny_list: []"), "recognizers.0.deny_list: Tuple should have at least 1 item"),
    "an empty term": (entry(f"deny_list: [{PLANTED}, ' ']"), "recognizers.0.deny_list.1: it is empty"),
    "a term that is no text": (entry("deny_list: [1]"), "recognizers.0.deny_list.0: Input should be a valid string"),
    "an empty context word": (entry(f"{LIST}, context: ['']"), "recognizers.0.context.0: it is empty"),
    "nothing to look for": (entry("context: [x]"), "recognizers.0: there is nothing to look for"),
    "no label": (f"recognizers: [{{name: x, {LIST}}}]", "recognizers.0: name one label"),
    "two labels": (entry(f"{LIST}, supported_entities: [OTHER]"), "recognizers.0: name one label"),
    "a label in lower case": (entry(LIST, "project"), "recognizers.0.supported_entity: String should match"),
    "a label of Presidio's": (entry(LIST, "EMAIL_ADDRESS"), "recognizers.0: the label EMAIL_ADDRESS is one that the"),
    "a label of a secret": (entry(LIST, "SECRET_JWT"), "recognizers.0: the label SECRET_JWT is one that the built-in"),
    "a label of the encoder": (entry(LIST, "PERSON"), "recognizers.0: the label PERSON is one that the built-in"),
    "Presidio's own": (entry("type: predefined"), "recognizers.0: only recognisers of type `custom` can be listed"),
    "a name alone": ("recognizers: [CreditCardRecognizer]", "recognizers.0: only recognisers of type `custom`"),
    "flags": (f"global_regex_flags: 64\n{entry(LIST)}", "global_regex_flags: only IGNORECASE (2), MULTILINE (8)"),
}


@pytest.mark.parametrize(("text", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_its_place_and_quotes_nothing(tmp_path, text, told):
    file = written(tmp_path, text)
    with pytest.raises(RecognizersUnusable) as fault:
        custom_recognizers(file)
    assert str(fault.value).startswith(str(file))
    assert told in str(fault.value)
    assert PLANTED not in str(fault.value)


@pytest.mark.parametrize(
    ("raw", "told"), [(None, "No such file or directory"), (b"\xff\xfe\xfd", "not UTF-8")], ids=["missing", "bytes"]
)
def test_a_file_that_can_not_be_read_is_told(tmp_path, raw, told):
    file = tmp_path / "recognizers.yaml"
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(RecognizersUnusable, match=told):
        custom_recognizers(file)
