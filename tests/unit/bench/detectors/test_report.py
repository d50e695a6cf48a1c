"""What stands in the tables: what was measured, what was promised, and what the machine lacks."""

import json
from pathlib import Path

import orjson
import pytest

from tests.bench.detectors.claims import judge
from tests.bench.detectors.clients import Sample
from tests.bench.detectors.contenders import Contender
from tests.bench.detectors.lone import AT_PORT, AT_SOCKET, IN_PROCESS, Lone
from tests.bench.detectors.overload import Overload, Stretch
from tests.bench.detectors.picture import draw
from tests.bench.detectors.race import CLIENTS, Result
from tests.bench.detectors.report import as_document, as_markdown
from tests.bench.detectors.service_claims import judge_service
from tests.bench.detectors.service_report import service_document, service_markdown

ABOUT = {
    "date": "2026-01-02",
    "weights": "small",
    "settings": {"rounds": 3, "seconds": 10.0},
    "machine": {"cores": 2, "architecture": "x86_64", "card": None},
    "versions": {"torch": "2.13"},
    "apart": 0.00123,
}

LONE = Lone({IN_PROCESS: [2.0, 3.0, 2.5], AT_SOCKET: [3.1, 3.0, 9.0], AT_PORT: [4.0, 4.0, 4.0]})


def overloaded(waited: float = 90.0, refused: float = 3.0, faults: tuple[str, ...] = (), early: int = 0) -> Overload:
    calm = Stretch(40.0, [10.0] * 95 + [50.0] * 5, [1.0] * early, [])
    return Overload(50.0, calm, Stretch(100.0, [waited] * 50, [refused] * 50, [*faults]))


def result(ours: bool, device: str, rate: float, p99: float) -> Result:
    contender = Contender(ours, "torch", device, "float32", lambda: pytest.fail("loaded"))
    if not rate:
        return Result(contender, "no CUDA device")
    samples = {clients: Sample(p99 / 2, p99 * clients, rate, 9) for clients in CLIENTS}
    measured = Result(contender, None, [rate * 0.5, rate * 2, rate], None, 0.001, samples)
    if not ours:
        measured.together, measured.rates_alone = 8, [1.0, 3.0, 2.0]
    return measured


def race(times: float, p99: float, device: str = "cpu") -> list[Result]:
    gone = [result(True, "cuda", 0, 0), result(False, "cuda", 0, 0)]
    return [*gone, result(True, device, 1000.0 * times, p99), result(False, device, 1000.0, 10.0)]


def test_the_tables_have_what_was_measured_and_name_what_is_missing():
    table = as_markdown(race(2.0, 5.0), ABOUT)
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"]
    assert ["cuda", "torch float32, packed", "missing: no CUDA device", "", "", ""] in cells
    assert ["cuda", "torch float32, padded", "missing: no CUDA device", "", "", ""] in cells
    assert ["cpu", "torch float32, packed", "2,000", "1,000-4,000", "2.00", ""] in cells
    assert ["cpu", "torch float32, padded by 8", "1,000", "500-2,000", "", ""] in cells
    assert ["cpu", "torch float32, one by one", "2", "1-3", "", ""] in cells
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
    draw(race(2.0, 5.0), (LONE, overloaded()), tmp_path / "race.png")
    assert (tmp_path / "race.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("over", "held"),
    [
        (overloaded(), [True, True, True]),
        (overloaded(waited=101.0), [True, True, False]),
        (overloaded(early=10), [True, True, False]),
        (overloaded(refused=51.0), [True, False, True]),
        (overloaded(faults=("unanswered",)), [True, False, True]),
    ],
)
def test_a_service_must_turn_away_quickly_and_keep_what_it_has_accepted(over: Overload, held: list[bool]):
    assert [promise.held for promise in judge_service(LONE, over)] == held


def test_a_service_that_nobody_overloads_has_kept_no_promise():
    idle = Overload(50.0, Stretch(40.0, [9.0], [], []), Stretch(100.0, [], [], []))
    slow = Lone(LONE.calls_ms | {AT_SOCKET: [3.6]})
    assert [promise.held for promise in judge_service(slow, idle)] == [False, False, False]


def test_the_service_has_its_tables_and_its_part_of_the_document():
    table = service_markdown(LONE, overloaded())
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"]
    assert ["Unix socket", "3.10", "9.00", "0.60"] in cells
    assert ["0.8 of the capacity", "40.0", "100", "10.0", "50.0", "0%", "", "", "0"] in cells
    assert ["2 of the capacity", "100.0", "50", "90.0", "90.0", "50%", "3.0", "3.0", "0"] in cells
    document = json.loads(orjson.dumps(service_document(LONE, overloaded())))
    assert document["lone"]["medians_ms"][AT_SOCKET] == 3.1
    assert document["overload"]["too_much"]["refused_ms"] == {"count": 50, "p50": 3.0, "p90": 3.0, "p99": 3.0}
    assert [one["held"] for one in document["promises"]] == [True, True, True]
