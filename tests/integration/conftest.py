"""What integration tests share: one canned model and one gateway in front of it."""

from collections.abc import Iterator

import pytest

from gateway.demo.background import Background
from gateway.demo.canned import CannedModel
from tests.gateways import Gateway, running


@pytest.fixture(scope="module")
def canned() -> Iterator[CannedModel]:
    model = CannedModel()
    with Background(model.app, model.app) as server:
        model.base_url = server.base_url
        yield model


@pytest.fixture(scope="module")
def gateway(canned: CannedModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(tmp_path_factory.mktemp("gateway"), canned.base_url) as started:
        yield started
