"""Pictures at the detector service, asked for as OpenAI's documents say, by its SDK; with real small models."""

import io
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from openai import OpenAI

from detectors.encoder.files import read_encoder
from detectors.encoder.model import load_encoder
from detectors.serving.api.moderation_shapes import MOST_PICTURE_BYTES
from detectors.serving.encoder_model import EncoderModel
from detectors.serving.image_classifier import ImageClassifier, load_image_classifier
from detectors.serving.model_files import look_at
from detectors.serving.model_settings import ImageSettings
from tests.detector_service import Fixed, detector_service
from tests.unit.detectors.encoder.small_encoder import write_encoder
from tests.unit.detectors.serving.small_models import picture, write_image_classifier

pytestmark = pytest.mark.integration

CLEAN, NASTY = "the word goes on", "so you are nasty"
RED, BLUE = (220, 20, 20), (20, 40, 100)
Part = dict[str, Any]


def url_of(content: bytes, media: str = "image/png") -> str:
    return f"data:{media};base64,{b64encode(content).decode()}"


def shown(url: str) -> Part:
    return {"type": "image_url", "image_url": {"url": url}}


def painted(colour: tuple[int, int, int], kind: str = "PNG", **options: Any) -> Part:
    content = io.BytesIO()
    picture(colour).save(content, kind, **options)
    return shown(url_of(content.getvalue(), f"image/{kind.lower()}"))


def said(text: str) -> Part:
    return {"type": "text", "text": text}


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> EncoderModel:
    return EncoderModel("encoder", load_encoder(read_encoder(write_encoder(tmp_path_factory.mktemp("w"))), threads=1))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_image_classifier(tmp_path_factory.mktemp("image"))


def loaded(folder: Path, label: str = "sexual") -> ImageClassifier:
    settings = ImageSettings(kind="image-classification", source=str(folder), labels={"unfit": label})
    return load_image_classifier("pictures", settings, look_at(folder), "cpu")


@pytest.fixture(scope="module")
def service(encoder: EncoderModel, folder: Path) -> Iterator[httpx.Client]:
    with detector_service(Fixed(encoder, images=[loaded(folder)])) as http:
        yield http


@pytest.fixture
def sdk(service: httpx.Client) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{service.base_url}/v1", api_key="none", max_retries=0) as client:
        yield client


def test_a_text_and_a_picture_are_one_input_and_both_are_looked_at(sdk: OpenAI) -> None:
    [result] = sdk.moderations.create(
        model="omni-moderation-latest", input=[said("...text to classify goes here..."), painted(RED)]
    ).results
    assert (result.flagged, result.categories.sexual) == (True, True)
    assert result.category_scores.sexual > 0.9
    assert result.category_applied_input_types.sexual == ["text", "image"]
    assert result.category_applied_input_types.harassment == ["text"]
    assert result.categories.harassment is False
    [clean] = sdk.moderations.create(input=[said(CLEAN), painted(BLUE)]).results
    assert (clean.flagged, clean.categories.sexual) == (False, False)
    [nasty] = sdk.moderations.create(input=[painted(BLUE), said(NASTY)]).results
    assert (nasty.flagged, nasty.categories.harassment, nasty.categories.sexual) == (True, True, False)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_alone_is_judged_by_what_looks_at_pictures_only(sdk: OpenAI, kind: str) -> None:
    got = sdk.moderations.create(input=[painted(RED, kind)])
    [result] = got.results
    assert (result.flagged, result.categories.sexual, result.categories.harassment) == (True, True, None)
    assert result.category_applied_input_types.harassment == []
    assert "harassment" in got.model_extra["airlock"]["unscanned"]["categories"]


def test_any_of_several_pictures_counts(sdk: OpenAI) -> None:
    [result] = sdk.moderations.create(input=[painted(BLUE), painted(RED), painted(BLUE)]).results
    assert result.categories.sexual is True


@pytest.mark.parametrize(
    ("model", "parts", "unread"),
    [
        ("encoder", [said(CLEAN), painted(BLUE)], "modality.image"),
        ("pictures", [said(CLEAN), painted(BLUE)], "modality.text"),
        ("omni-moderation-latest", [shown(url_of(b"no picture at all"))], "format"),
        ("omni-moderation-latest", [shown(url_of(b""))], "format"),
    ],
)
def test_what_nobody_could_look_at_is_flagged_without_a_verdict(
    sdk: OpenAI, model: str, parts: Any, unread: str
) -> None:
    got = sdk.moderations.create(model=model, input=parts)
    assert (got.results[0].flagged, got.results[0].categories.sexual) == (True, None)
    assert got.model_extra["airlock"]["unscanned"]["inputs"] == [[unread]]


def test_an_animation_of_which_only_part_is_looked_at_is_flagged(sdk: OpenAI) -> None:
    frames = [picture(BLUE, seed=at) for at in range(12)]
    got = sdk.moderations.create(input=[painted(BLUE, "GIF", save_all=True, append_images=frames)])
    assert got.results[0].flagged
    assert got.model_extra["airlock"]["unscanned"]["inputs"] == [["length"]]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.com/image.png", "what is at an address is not fetched"),
        ("http://169.254.169.254/latest/meta-data", "what is at an address is not fetched"),
        ("file:///etc/passwd", "what is at an address is not fetched"),
        ("data:image/png,%89PNG", "must be a data URL in base64"),
        ("data:image/png;base64,@@@@", "not base64"),
        (url_of(bytes(MOST_PICTURE_BYTES + 1)), "may have 20,000,000 bytes"),
        ("", "must be a data URL"),
    ],
)
def test_what_is_not_in_the_request_or_too_large_is_an_error_that_names_its_place(
    sdk: OpenAI, url: str, why: str
) -> None:
    with pytest.raises(openai.BadRequestError, match=why) as caught:
        sdk.moderations.create(input=[said(CLEAN), shown(url)])
    assert caught.value.param == "input.1.image_url.url"
    assert caught.value.type == "invalid_request_error"
    assert len(str(caught.value)) < 400


def test_pictures_are_healthy_and_counted(service: httpx.Client) -> None:
    assert service.get("/health").json()["models"]["pictures"]["ready"] is True
    assert 'airlock_detectors_answered_total{model="pictures"}' in service.get("/metrics").text


def test_a_service_of_pictures_alone_is_well_and_says_what_it_did_not_read(folder: Path) -> None:
    with detector_service(Fixed(images=[loaded(folder, "house_style")])) as http:
        assert http.get("/health").status_code == 200
        told = http.post("/v1/moderations", json={"input": CLEAN}).json()
        assert (told["results"][0]["flagged"], told["airlock"]["unscanned"]["inputs"]) == (True, [["modality.text"]])
        told = http.post("/v1/moderations", json={"input": [painted(RED)], "model": "pictures"}).json()
        assert told["results"][0]["flagged"] is True  # a label that stands for no category of OpenAI's counts as well
        assert set(told["results"][0]["categories"].values()) == {None}
        assert http.post("/predict", json={"inputs": CLEAN}).status_code == 404
        assert http.post("/v1/screen", json={"texts": []}).status_code == 404


def test_a_late_picture_is_an_error_and_never_clean(folder: Path) -> None:
    with detector_service(Fixed(images=[loaded(folder)]), seconds=0.001) as http:
        got = http.post("/v1/moderations", json={"input": [painted(BLUE)]})
        assert (got.status_code, got.json()["error"]["code"]) == (504, "timeout")
