"""The bench of the encoder, on a small one."""

import json
from pathlib import Path

import pytest

from tests.bench import encoder
from tests.bench.encoder_table import PROMISES, as_markdown, kept
from tests.unit.detectors.encoder.small_encoder import write_encoder

BOUNDS = {name: bound for name, (bound, _) in PROMISES.items()}


def figures(**other: float) -> dict[str, float]:
    times = {f"{n}_tokens_p95_ms": 99.0 for n in encoder.LENGTHS}
    rates = {f"{n}_tokens_calls_a_second": 1234.5 for n in encoder.LENGTHS}
    return {name: 0.9 * bound for name, bound in BOUNDS.items()} | times | rates | {"memory_before_mb": 40.0} | other


@pytest.mark.parametrize("name", PROMISES)
def test_a_promise_is_kept_only_below_its_bound(name: str):
    assert kept(figures()) == dict.fromkeys(PROMISES, True)
    assert kept(figures(**{name: BOUNDS[name]})) == dict.fromkeys(PROMISES, True) | {name: False}


def test_the_table_has_a_line_a_length_and_says_what_was_missed():
    about = {
        "version": "v7",
        "date": "2026-01-02",
        "machine": {"cores": 2, "architecture": "x86_64"},
        "repeats": 60,
        "together": 32,
    }
    text = as_markdown(figures(load_s=1.75), encoder.LENGTHS, about)
    assert "calls/s, 32 at once" in text
    cells = [cell.strip() for cell in text.splitlines()[2].strip("|").split("|")]
    assert cells == ["16", "1.08", "99.00", "1,234"]
    assert "- held: 512 tokens in less than 30 ms: 27.00" in text
    assert "- MISSED: loaded in less than 1.5 s: 1.75" in text
    assert "Encoder v7" in text


def test_it_measures_a_folder_and_writes_figures_and_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(encoder, "REPEATS", 3)
    monkeypatch.setattr(encoder, "CALLS", 8)
    weights, out = write_encoder(tmp_path / "weights"), tmp_path / "encoder.json"
    assert encoder.main(["--weights", str(weights), "--threads", "1", "--json", str(out)]) == 0
    document = json.loads(out.read_text())
    assert document["held"].keys() == PROMISES.keys()
    assert all(document[name] > 0 for name in PROMISES)
    assert document["version"] in out.with_suffix(".md").read_text() == capsys.readouterr().out.removesuffix("\n")


def test_no_encoder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert encoder.main(["--weights", str(tmp_path)]) == 2
    assert "bench: " in capsys.readouterr().err
