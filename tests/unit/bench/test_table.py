import orjson

from tests.bench.claims import judge
from tests.bench.load import Sample
from tests.bench.options import ENCODED
from tests.bench.rounds import Turn, summarise
from tests.bench.server import Server
from tests.bench.table import Report, as_document, as_markdown

RATES = {"airlock": 1_700.4, "litellm": 100.0}


def report() -> Report:
    rows = summarise(
        (Turn(name, "plain", clients), Sample(10, rate / clients, 0.5, 21.04, 0))
        for clients in (1, 32)
        for name, rate in RATES.items()
    )
    servers = [Server(name, 1, f"{name}'s features", {"authorization": "Bearer ak_hidden"}) for name in RATES]
    settings = {"rounds": 3, "seconds": 10}
    machine = {"cores": 2, "architecture": "x86_64"}
    return Report("2026-01-02T03:04:05+00:00", settings, machine, {"wrk": "4.1.0"}, servers, rows, judge(rows))


def test_the_table_has_one_line_a_row_with_figures_and_ratios():
    lines = as_markdown(report()).splitlines()
    cells = [cell.strip() for cell in lines[2].strip("|").split("|")]
    assert cells == [
        "airlock",
        "airlock's features",
        "plain",
        "1",
        "0.50",
        "21.0",
        "1,700",
        "1,700-1,700",
        "17.00",
        "",
        "",
    ]
    assert len({len(line) for line in lines[:6]}) == 1


def test_below_the_table_stand_the_claims_and_the_method():
    text = as_markdown(report())
    assert "- held: airlock, plain: at least 8 times litellm at 1 client: 17.00" in text
    assert "Medians of 3 interleaved rounds of 10 s each" in text
    assert "2 cores" in text
    assert "fresh" not in text


def test_a_missed_claim_is_said_aloud():
    slow = summarise(
        (Turn(name, "plain", 32), Sample(10, rate, 1, 1, 0))
        for name, rate in {"airlock": 700.0, "litellm": 100.0}.items()
    )
    missed = Report(
        "2026-01-02",
        {"rounds": 1, "seconds": 1},
        {"cores": 1, "architecture": "x"},
        {},
        [Server("airlock", 1, ""), Server("litellm", 2, "")],
        slow,
        judge(slow),
    )
    assert "- MISSED: airlock, plain: at least 8 times litellm at 32 clients: 7.00" in as_markdown(missed)


def test_with_new_words_each_time_the_method_says_so():
    rates = {ENCODED: 9, "litellm": 2}
    rows = summarise((Turn(name, "fresh", 1), Sample(10, rate, 1, 1, 0)) for name, rate in rates.items())
    servers = [Server(ENCODED, 1, "encoder, patterns"), Server("litellm", 2, "nothing on")]
    settings, machine = {"rounds": 1, "seconds": 1}, {"cores": 1, "architecture": "x"}
    text = as_markdown(Report("2026-01-02", settings, machine, {}, servers, rows, judge(rows)))
    assert "- held: airlock-encoder, fresh: at least 4 times litellm at 1 client: 4.50" in text
    assert "`fresh`: each request has other words" in text


def test_the_document_is_json_and_holds_every_round_but_no_key():
    encoded = orjson.dumps(as_document(report()))
    first = orjson.loads(encoded)["results"][0]
    assert (first["server"], first["clients"], first["ratios"]["litellm"]) == ("airlock", 1, 17.004)
    assert first["rounds"][0]["requests_per_s"] == 1_700.4
    assert b"ak_hidden" not in encoded


def test_the_spread_of_the_rounds_stands_beside_the_median():
    turn = Turn("airlock", "plain", 1)
    rows = summarise((turn, Sample(10, rate, 1, 1, 0)) for rate in (1_900.0, 208.0, 797.0))
    text = as_markdown(
        Report(
            "2026-01-02",
            {"rounds": 3, "seconds": 1},
            {"cores": 1, "architecture": "x"},
            {},
            [Server("airlock", 1, "")],
            rows,
            [],
        )
    )
    cells = [cell.strip() for cell in text.splitlines()[2].strip("|").split("|")]
    assert cells[6:8] == ["797", "208-1,900"]
