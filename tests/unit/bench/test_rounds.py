from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.bench.load import Sample
from tests.bench.rounds import Turn, ratio, schedule, summarise

NAMES = st.lists(st.sampled_from("abcde"), min_size=1, unique=True)


def sample(rate: float, p50: float = 1.0, p99: float = 2.0, failures: int = 0) -> Sample:
    return Sample(int(rate), rate, p50, p99, failures)


ASKED = st.dictionaries(st.sampled_from("abcde"), NAMES, min_size=1)


@given(ASKED, st.integers(1, 5))
def test_every_server_has_a_turn_with_each_of_its_prompts_in_every_round(asked: dict[str, list[str]], rounds: int):
    counted = Counter(schedule(asked, (1, 32), rounds))
    assert counted == {Turn(s, p, c): rounds for s, prompts in asked.items() for p in prompts for c in (1, 32)}


@given(ASKED, st.integers(1, 5))
def test_the_nth_turn_with_a_prompt_is_the_same_for_every_server(asked: dict[str, list[str]], rounds: int):
    turns = list(schedule(asked, (1, 32), rounds))
    for prompt in {turn.prompt for turn in turns}:
        servers = [server for server, prompts in asked.items() if prompt in prompts]
        orders = {tuple(t.clients for t in turns if (t.server, t.prompt) == (s, prompt)) for s in servers}
        assert len(orders) == 1


def test_servers_alternate_and_each_round_starts_with_another():
    order = [turn.server for turn in schedule({name: ["plain"] for name in "abc"}, (1,), 3)]
    assert order == ["a", "b", "c", "b", "c", "a", "c", "a", "b"]


def test_a_row_holds_medians_of_each_figure_and_the_sum_of_failures():
    turn = Turn("a", "plain", 1)
    (row,) = summarise([(turn, sample(100, 3, 9)), (turn, sample(300, 1, 7, failures=2)), (turn, sample(120, 2, 99))])
    assert (row.requests_per_s, row.p50_ms, row.p99_ms, row.failures) == (120, 2, 9, 2)


def test_a_ratio_compares_the_same_prompt_at_the_same_number_of_clients():
    rows = summarise(
        [
            (Turn("a", "plain", 1), sample(800)),
            (Turn("b", "plain", 1), sample(100)),
            (Turn("a", "plain", 32), sample(900)),
            (Turn("b", "plain", 32), sample(300)),
        ]
    )
    assert [ratio(rows, row, "b") for row in rows] == [8, 1, 3, 1]


def test_there_is_no_ratio_to_a_server_that_did_not_run():
    rows = summarise([(Turn("a", "plain", 1), sample(800))])
    assert ratio(rows, rows[0], "b") is None
