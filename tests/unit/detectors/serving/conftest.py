"""Each small model is made once; tests that change its files take a copy."""

from pathlib import Path

import pytest

from tests.unit.detectors.serving import small_models


@pytest.fixture(scope="session")
def text_folder(tmp_path_factory) -> Path:
    return small_models.write_text_classifier(tmp_path_factory.mktemp("text"))


@pytest.fixture(scope="session")
def multi_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("multi")
    return small_models.write_text_classifier(folder, ("toxic", "injection"), "multi_label_classification")


@pytest.fixture(scope="session")
def token_folder(tmp_path_factory) -> Path:
    return small_models.write_token_classifier(tmp_path_factory.mktemp("token"))


@pytest.fixture(scope="session")
def image_folder(tmp_path_factory) -> Path:
    return small_models.write_image_classifier(tmp_path_factory.mktemp("image"))


@pytest.fixture(scope="session")
def guard_folder(tmp_path_factory) -> Path:
    return small_models.write_guard(tmp_path_factory.mktemp("guard"))
