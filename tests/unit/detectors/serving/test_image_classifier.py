import io
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from transformers import pipeline

from detectors.serving.errors import ModelUnusable
from detectors.serving.image_classifier import ImageClassifier, load_image_classifier
from detectors.serving.model_files import look_at
from detectors.serving.model_settings import ImageSettings
from detectors.serving.pictures import MOST_FRAMES, PictureUnreadable, frames_of
from detectors.serving.reading import read_now
from tests.unit.detectors.serving.small_models import picture

RED, BLUE, WHITE = (220, 20, 20), (20, 40, 100), (250, 250, 250)


def load(folder: Path, **members: object) -> ImageClassifier:
    settings = ImageSettings(
        kind="image-classification", source=str(folder), **({"labels": {"unfit": "sexual"}} | members)
    )
    return load_image_classifier("small", settings, look_at(folder), "cpu")


@pytest.fixture(scope="module")
def read(image_folder: Path):
    model = load(image_folder)
    yield partial(read_now, model)
    model.close()


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def animated(*colours: tuple[int, int, int], kind: str = "GIF") -> bytes:
    frames = [picture(colour, seed=at) for at, colour in enumerate(colours)]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF"])
def test_pictures_of_each_format_are_judged(read, kind):
    bad, good = read([encoded(picture(RED), kind), encoded(picture(BLUE), kind)])
    assert bad.scores["sexual"] > 0.9 > 0.1 > good.scores["sexual"]
    assert (bad.spans, bad.unread, good.unread) == ((), None, None)


def test_scores_are_those_of_a_pipeline_of_transformers(read, image_folder):
    theirs = pipeline("image-classification", model=str(image_folder))
    for colour in (RED, BLUE, (120, 60, 40)):
        expected = {one["label"]: one["score"] for one in theirs(picture(colour))}
        assert read([encoded(picture(colour))])[0].scores["sexual"] == pytest.approx(expected["unfit"], abs=1e-4)


def test_any_frame_of_an_animation_counts(read):
    assert read([animated(BLUE, BLUE, RED)])[0].scores["sexual"] > 0.9
    assert read([animated(BLUE, BLUE, BLUE)])[0].scores["sexual"] < 0.1


def test_an_animation_of_many_frames_is_read_in_part_and_says_so(read):
    (answer,) = read([animated(*[BLUE] * (MOST_FRAMES + 4), RED)])
    assert answer.unread == "length"
    assert answer.scores["sexual"] > 0.9  # the last frame is always looked at


def test_what_only_looks_transparent_is_seen_on_white():
    hidden = Image.new("RGBA", (20, 20), (*RED, 0))
    ((frame, _),) = frames_of(encoded(hidden))
    assert np.asarray(frame).reshape(-1, 3).tolist() == [[255, 255, 255]] * 400


def test_a_picture_is_turned_as_viewers_turn_it():
    image = picture(BLUE, (40, 20))
    exif = image.getexif()
    exif[0x0112] = 6
    ((frame, _),) = frames_of(encoded(image, "JPEG", exif=exif))
    assert frame.size == (20, 40)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        encoded(picture(RED))[:200],
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        encoded(picture(RED), "PPM"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)
def test_what_can_not_be_read_is_not_clean(read, content):
    (answer,) = read([content])
    assert answer.unread == "format"
    assert answer.scores == {}


def test_a_small_file_does_not_unfold_to_a_huge_picture():
    with pytest.raises(PictureUnreadable, match="too many pixels"):
        list(frames_of(encoded(Image.new("1", (9_000, 9_000)))))


def test_no_page_of_a_file_is_larger_than_a_picture_may_be():
    pages = [Image.new("1", (9, 9)), Image.new("1", (9_000, 9_000))]
    with pytest.raises(PictureUnreadable, match="too many pixels"):
        list(frames_of(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])))


def test_a_small_file_does_not_unfold_to_a_long_film(monkeypatch, read):
    film = animated(*[BLUE] * 6)
    monkeypatch.setattr("detectors.serving.pictures.MOST_MOVING_PIXELS", 5 * 40 * 30)
    with pytest.raises(PictureUnreadable, match="in its frames"):
        list(frames_of(film))
    assert read([film])[0].unread == "format"


def test_pictures_together_are_judged_as_alone(image_folder):
    model = load(image_folder, batch_images=3)
    pictures = [encoded(picture(colour, seed=at)) for at, colour in enumerate([RED, BLUE, RED, (100, 90, 10), BLUE])]
    pieces = [piece for one in pictures for piece in model.begin(one).more()]
    together = np.stack(model.run(pieces))
    assert together == pytest.approx(np.stack([model.run([piece])[0] for piece in pieces]), abs=1e-5)
    model.close()
    with pytest.raises(RuntimeError, match="closed"):
        read_now(model, pictures)


def test_a_model_of_texts_reads_no_pictures(text_folder):
    with pytest.raises(ModelUnusable, match="can't be loaded"):
        load(text_folder)
