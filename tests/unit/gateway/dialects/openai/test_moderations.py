import json
from typing import Any

import pytest

from detectors.catalog import labels
from detectors.encoder.format import AXES, ENTITIES, LABELS
from detectors.finding import Finding, Unscanned
from detectors.moderation_categories import CATEGORIES, category_of, covered
from gateway.dialects.judgement import Judgement
from gateway.dialects.message import Inbound, Request
from gateway.dialects.openai.moderations import MODERATIONS
from gateway.errors import BadRequest

ALL = frozenset({"EMAIL_ADDRESS", "SECRET_AWS", "DATE_TIME"})
IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}


def request(asked: Any, **more: Any) -> Request:
    return MODERATIONS.read_request(Inbound(json.dumps({"input": asked, **more}).encode()))


def judged(asked: Request, *found: tuple[str, str, int], **more: Any) -> dict[str, Any]:
    """Give the answer when these labels were found in texts, with these scores."""
    ids = {slot.text: slot.id for slot in asked.content.slots}
    findings = [Finding("d", "1", label, ids[text], 0, 1, score) for text, label, score in found]
    unwalked = tuple(Unscanned(part.id, part.reason) for part in asked.content.unwalked)
    known: dict[str, Any] = {"unscanned": unwalked, "labels": ALL, "thresholds": {}, "stopped": "", **more}
    told: dict[str, Any] = json.loads(MODERATIONS.answer(asked, Judgement(id="r1", findings=findings, **known)))
    return told


def categories(result: dict[str, Any]) -> tuple[Any, Any, Any]:
    return result["categories"]["pii"], result["categories"]["secrets"], result["categories"]["hate"]


INPUTS: dict[str, tuple[Any, list[str], list[str]]] = {
    "a string": ("I am Ann", ["I am Ann"], []),
    "strings": (["Ann", "", "Bob"], ["Ann", "Bob"], []),
    "parts": ([{"type": "text", "text": "Ann"}, IMAGE], ["Ann"], ["modality.image"]),
    "a part of some other kind": ([{"type": "sound", "of": "Ann"}], ["sound", "Ann"], ["unknown_part"]),
}


@pytest.mark.parametrize(("asked", "texts", "reasons"), INPUTS.values(), ids=INPUTS)
def test_every_text_is_a_slot(asked: Any, texts: list[str], reasons: list[str]) -> None:
    content = request(asked).content
    assert [slot.text for slot in content.slots] == texts
    assert [part.reason for part in content.unwalked] == reasons


@pytest.mark.parametrize("body", [{}, {"input": []}, {"input": 4}, {"input": None}], ids=str)
def test_without_a_text_there_is_nothing_to_judge(body: dict[str, Any]) -> None:
    with pytest.raises(BadRequest):
        MODERATIONS.read_request(Inbound(json.dumps(body).encode()))


def test_each_string_has_its_result() -> None:
    told = judged(request(["Ann", "key", "red"]), ("Ann", "EMAIL_ADDRESS", 900_000), ("key", "SECRET_AWS", 1_000_000))
    assert [result["flagged"] for result in told["results"]] == [True, True, False]
    assert [categories(result) for result in told["results"]] == [
        (True, False, None),
        (False, True, None),
        (False, False, None),
    ]
    assert told["results"][0]["category_scores"]["pii"] == 0.9
    assert told["results"][0]["category_scores"]["hate"] is None
    assert told["results"][0]["category_applied_input_types"]["pii"] == ["text"]
    assert (told["id"], told["model"]) == ("modr-r1", "omni-moderation-latest")


def test_parts_have_one_result_together() -> None:
    parts = [{"type": "text", "text": "red"}, {"type": "text", "text": "Ann"}]
    told = judged(request(parts, model="m"), ("Ann", "EMAIL_ADDRESS", 900_000))
    assert [result["flagged"] for result in told["results"]] == [True]
    assert told["model"] == "m"


def test_what_no_detector_looks_for_is_null_and_named() -> None:
    told = judged(request("red"), labels=frozenset({"SECRET_AWS"}))
    assert categories(told["results"][0]) == (None, False, None)
    assert set(told["airlock"]["unscanned"]["categories"]) == set(CATEGORIES) - {"secrets"}


def test_a_picture_alone_was_not_looked_at() -> None:
    told = judged(request([IMAGE]))
    assert set(told["results"][0]["categories"].values()) == {None}
    assert told["airlock"]["unscanned"]["parts"] == [{"reason": "modality.image", "count": 1}]


def test_a_text_that_was_too_long_was_not_looked_at() -> None:
    asked = request(["long", "red"])
    told = judged(asked, unscanned=(Unscanned(asked.content.slots[0].id, "too_long"),))
    assert [categories(result)[0] for result in told["results"]] == [None, False]


@pytest.mark.parametrize(
    ("score", "thresholds", "flagged"),
    [(399_999, {}, False), (400_000, {}, True), (500_000, {"EMAIL_ADDRESS": 600_000}, False)],
)
def test_what_counts_is_policys_to_say(score: int, thresholds: dict[str, int], flagged: bool) -> None:
    told = judged(request("Ann"), ("Ann", "EMAIL_ADDRESS", score), thresholds=thresholds)
    assert told["results"][0]["flagged"] is flagged


def test_a_label_that_stands_for_nothing_flags_nothing() -> None:
    assert judged(request("today"), ("today", "DATE_TIME", 900_000))["results"][0]["flagged"] is False


def test_what_policy_would_stop_is_flagged_whatever_was_found() -> None:
    told = judged(request([IMAGE]), stopped="coverage.unscanned")
    assert told["results"][0]["flagged"] is True
    assert (told["airlock"]["decision"], told["airlock"]["reason"]) == ("block", "coverage.unscanned")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"insult": 700_000}, {"harassment": 0.7}),
        ({"hate": 600_000, "sexism": 800_000}, {"hate": 0.8}),
        ({"threat": 900_000}, {"harassment/threatening": 0.9}),
        ({"threat": 900_000, "hate": 600_000},
         {"harassment/threatening": 0.9, "hate": 0.6, "hate/threatening": 0.6}),
        ({"sexual": 800_000}, {"sexual": 0.8}),
        ({"obscene": 600_000, "toxic": 700_000}, {"toxicity": 0.7}),
        ({"stereotype": 500_000, "gender": 900_000}, {"bias": 0.5}),
        ({"jailbreak": 900_000}, {"injection": 0.9}),
    ],
)  # fmt: skip
def test_what_a_classifier_says_of_a_text_has_its_categories(found: dict[str, int], expected: dict[str, float]) -> None:
    findings = [("red", label, score) for label, score in found.items()]
    told = judged(request("red"), *findings, labels=frozenset(LABELS), thresholds=dict.fromkeys(LABELS, 500_000))
    result = told["results"][0]
    assert {name for name, counts in result["categories"].items() if counts} == set(expected)
    assert {name: score for name, score in result["category_scores"].items() if score} == expected
    assert result["flagged"]


def test_what_a_classifier_cannot_judge_stays_open() -> None:
    result = judged(request("red"), labels=frozenset(LABELS))["results"][0]
    unjudged = {name for name, counts in result["categories"].items() if counts is None}
    assert unjudged == {
        "illicit", "illicit/violent", "self-harm", "self-harm/instructions", "self-harm/intent", "sexual/minors",
        "violence", "violence/graphic", "pii", "secrets",
    }  # fmt: skip


def test_a_score_that_policy_does_not_count_is_told_all_the_same() -> None:
    result = judged(request("red"), ("red", "insult", 900_000), labels=frozenset(LABELS))["results"][0]
    assert (result["flagged"], result["categories"]["harassment"]) == (False, False)
    assert result["category_scores"]["harassment"] == 0.9


def test_every_label_of_the_shipped_detectors_has_its_category() -> None:
    neutral = {"AGE", "DATE_TIME", "URL", "LOCATION", "NRP", "ORGANIZATION", *AXES}
    without = {label for label in (*labels(), *LABELS, *ENTITIES) if category_of(label) is None}
    assert without == neutral
    assert covered(labels()) >= {"pii", "secrets"}
