"""Moderations with OpenAI's own SDK, answered by the gateway: nothing leaves, and the record says what was decided."""

import json
from collections.abc import Iterator

import openai
import pytest

from audit.reading import show_record
from tests.gateways import Gateway, running
from tests.scripted import Scripted, scripted

pytestmark = pytest.mark.integration

SECRET = "AKIAQYLPMN5HHHFPZAM2"
PIXEL = "data:image/png;base64,iVBORw0KGgo="


@pytest.fixture(scope="module")
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


@pytest.fixture(scope="module")
def gateway(upstream: Scripted, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("moderations"), upstream.base_url) as started:
        yield started


def test_each_text_is_judged_and_nothing_leaves(gateway: Gateway, upstream: Scripted) -> None:
    got = gateway.sdk().moderations.create(input=["red", "I am ann.lee@example.com", f"the key is {SECRET}"])
    assert [result.flagged for result in got.results] == [False, True, True]
    first, second, third = (result.categories.model_dump(by_alias=True) for result in got.results)
    assert (first["pii"], first["secrets"], first["violence"]) == (False, False, None)
    assert second["pii"] is True
    assert third["secrets"] is True
    assert got.results[1].category_scores.model_dump(by_alias=True)["pii"] > 0.4
    assert "violence" in got.model_extra["airlock"]["unscanned"]["categories"]
    assert upstream.paths == []


def test_a_picture_is_told_as_unread_and_flagged(gateway: Gateway) -> None:
    parts = [{"type": "text", "text": "red"}, {"type": "image_url", "image_url": {"url": PIXEL}}]
    got = gateway.sdk().moderations.create(model="omni-moderation-latest", input=parts)
    assert got.results[0].flagged
    told = got.model_extra["airlock"]
    assert (told["decision"], told["reason"]) == ("block", "coverage.unscanned")
    assert told["unscanned"]["parts"] == [{"reason": "modality.image", "count": 1}]


def test_the_record_holds_what_was_decided_on(gateway: Gateway) -> None:
    raw = gateway.sdk().moderations.with_raw_response.create(input=f"the key is {SECRET}")
    assert raw.headers["x-airlock-reason"] == "secret.detected"
    opened = show_record(gateway.settings.store.url, raw.headers["x-airlock-receipt"])[0].body
    document = json.loads(opened["policy"]["input"])
    assert document["request"]["dialect"] == "openai.moderations"
    assert [found["label"] for found in document["detections"]] == ["SECRET_AWS_ACCESS_KEY_ID"]
    assert (opened["decision"], opened["reason"]) == ("block", "secret.detected")
    assert SECRET not in str(opened)


def test_who_may_not_ask_is_refused(gateway: Gateway) -> None:
    with pytest.raises(openai.PermissionDeniedError) as caught:
        gateway.sdk("nobody").moderations.create(input="red")
    assert caught.value.code == "subject.unknown_use_case"
    with pytest.raises(openai.BadRequestError):
        gateway.sdk().moderations.create(input=[])
