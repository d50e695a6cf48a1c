"""What stands in the tables: what was measured, what was promised, and what the machine lacks."""

import json
from pathlib import Path

import orjson
import pytest

from tests.bench.detectors.claims import judge
from tests.bench.detectors.clients import Sample
from tests.bench.detectors.contenders import Contender
from tests.bench.detectors.picture import draw
from tests.bench.detectors.race import CLIENTS, Result
from tests.bench.detectors.report import as_document, as_markdown

ABOUT = {
    "date": "2026-01-02",
    "weights": "small",
    "settings": {"rounds": 3, "seconds": 10.0},
    "machine": {"cores": 2, "architecture": "x86_64", "card": None},
    "versions": {"torch": "2.13"},
    "apart": 0.00123,
}


def result(ours: bool, device: str, rate: float, p99: float) -> Result:
    contender = Contender(ours, "torch", device, "float32", lambda: pytest.fail("loaded"))
    if not rate:
        return Result(contender, "no CUDA device")
    samples = {clients: Sample(p99 / 2, p99 * clients, rate, 9) for clients in CLIENTS}
    return Result(contender, None, [rate * 0.5, rate * 2, rate], None, 0.001, samples)


def race(times: float, p99: float, device: str = "cpu") -> list[Result]:
    gone = [result(True, "cuda", 0, 0), result(False, "cuda", 0, 0)]
    return [*gone, result(True, device, 1000.0 * times, p99), result(False, device, 1000.0, 10.0)]


def test_the_tables_have_what_was_measured_and_name_what_is_missing():
    table = as_markdown(race(2.0, 5.0), ABOUT)
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"]
    assert ["cuda", "torch float32, packed", "missing: no CUDA device", "", "", ""] in cells
    assert ["cuda", "torch float32, padded", "missing: no CUDA device", "", "", ""] in cells
    assert ["cpu", "torch float32, packed", "2,000", "1,000-4,000", "2.00", ""] in cells
    assert ["cpu", "torch float32, padded", "1,000", "500-2,000", "", ""] in cells
    assert ["cpu", "torch float32, packed", "64", "2.5", "320.0", "2,000"] in cells
    assert "at most 0.0012. 2 cores (x86_64), no card, 2026-01-02. torch 2.13." in table


@pytest.mark.parametrize(
    ("device", "times", "p99", "held"),
    [
        ("cpu", 1.5, 9.9, True),
        ("cpu", 1.49, 5.0, False),
        ("cpu", 9.0, 10.0, False),
        ("cuda", 2.9, 5.0, False),
        ("cuda", 3, 5, True),
    ],
)
def test_a_promise_needs_both_more_tokens_and_less_waiting(device: str, times: float, p99: float, held: bool):
    results = race(times, p99, device)
    missing, measured = judge(results)
    assert (missing.held, measured.held) == (None, held)
    lines = as_markdown(results, ABOUT).splitlines()
    assert [line for line in lines if line.startswith("- not measured (no CUDA device): torch float32, packed on cuda")]
    assert [line for line in lines if line.startswith(f"- {'held' if held else 'MISSED'}: torch float32, packed on")]


def test_the_document_holds_every_round_and_every_number_of_clients():
    document = json.loads(orjson.dumps(as_document(race(2.0, 5.0), ABOUT)))
    gone, _, ours, usual = document["results"]
    assert (gone["missing"], gone["tokens_per_s"], gone["load"]) == ("no CUDA device", None, {})
    assert (ours["times_padded"], ours["held"], usual["times_padded"]) == (2.0, True, None)
    assert ours["rounds"] == [1000.0, 4000.0, 2000.0]
    assert list(ours["load"]) == [str(clients) for clients in CLIENTS]
    assert document["machine"]["card"] is None


def test_a_picture_is_drawn_of_what_there_is(tmp_path: Path):
    draw(race(2.0, 5.0), tmp_path / "race.png")
    assert (tmp_path / "race.png").read_bytes().startswith(b"\x89PNG")
