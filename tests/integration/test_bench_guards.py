"""The servers of ours that the bench races are what their names say: proved on real ones, by their records."""

from pathlib import Path

import pytest

from tests.bench.airlock import airlock, airlock_encoder
from tests.bench.check import check_answer, check_guards
from tests.bench.peers import provider
from tests.bench.prompts import PROMPTS
from tests.bench.server import Run, free_port
from tests.unit.detectors.encoder.small_encoder import write_encoder

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]


def test_the_encoder_reads_for_one_and_not_for_the_other(tmp_path: Path) -> None:
    weights = write_encoder(tmp_path / "weights", window=256, overlap=32)
    (tmp_path / "run").mkdir()
    run = Run(tmp_path / "run", tmp_path, free_port(), weights)
    with provider(run), airlock(run) as plain, airlock_encoder(run) as encoded:
        assert check_guards(plain, run.upstream).keys() == {"patterns"}
        found = check_guards(encoded, run.upstream)
        assert found.keys() == {"patterns", "encoder"}
        assert "small" in found["encoder"]
        check_answer(encoded, PROMPTS["fresh"])
