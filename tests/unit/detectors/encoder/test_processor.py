"""Scores are the same on every processor: one without VNNI is told to multiply exactly."""

from pathlib import Path

import onnxruntime
import pytest

from detectors.encoder import model
from detectors.encoder.files import read_encoder
from detectors.encoder.processor import sums_overflow
from tests.unit.detectors.encoder.small_encoder import write_encoder

FLAGS = {
    "a server of 2013": ("flags\t\t: fpu sse4_2 avx avx2 fma", True),
    "AVX-512 without VNNI": ("flags\t\t: avx2 avx512f avx512bw avx512vl", True),
    "a server of 2019": ("processor\t: 0\nflags\t\t: avx2 avx512f avx512_vnni", False),
    "a desk of 2022": ("flags\t\t: avx2 avx_vnni", False),
}


@pytest.mark.parametrize(("told", "overflow"), FLAGS.values(), ids=FLAGS)
def test_vnni_tells(tmp_path: Path, told: str, overflow: bool) -> None:
    (tmp_path / "cpuinfo").write_text(f"model name\t: some avx_vnni\n{told}\n")
    assert sums_overflow("x86_64", tmp_path / "cpuinfo") is overflow


def test_what_can_not_be_told_counts_as_no_vnni_and_other_families_have_no_such_sums(tmp_path: Path) -> None:
    assert sums_overflow("AMD64", tmp_path / "nothing")
    assert not sums_overflow("aarch64", tmp_path / "nothing")


@pytest.mark.parametrize("overflow", [True, False])
def test_the_session_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, overflow: bool) -> None:
    told: list[str] = []

    class Options(onnxruntime.SessionOptions):  # type: ignore[misc]
        def add_session_config_entry(self, name: str, value: str) -> None:
            told.append(name)
            super().add_session_config_entry(name, value)

    monkeypatch.setattr(onnxruntime, "SessionOptions", Options)
    monkeypatch.setattr(model, "sums_overflow", lambda: overflow)
    write_encoder(tmp_path / "weights")
    model.load_encoder(read_encoder(tmp_path / "weights"), 1)
    assert (model.EXACT in told) is overflow
