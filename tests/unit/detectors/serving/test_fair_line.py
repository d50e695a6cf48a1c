"""Turns: equal shares of tokens for tenants who wait, and what is due first within each."""

from hypothesis import given
from hypothesis import strategies as st

from detectors.serving.fair_line import FairLine
from detectors.serving.orders import Job, Order

QUANTUM = 50


def job(name: str, *tenants: str, rank: float = 0.0) -> Job:
    made = Job(name, tenants[0], 1, 0.0)
    made.rank = rank
    made.wanted = [(Order(number, 1, tenant, 0.0), 0) for number, tenant in enumerate(tenants)]
    return made


def taken(line: FairLine) -> list[tuple[str, str]]:
    turns = []
    while turn := line.pop():
        turns.append((turn[0].text, turn[1]))
        line.charge(turn[1], QUANTUM)
    return turns


def test_tenants_take_turns_and_each_takes_what_is_due_first():
    line = FairLine(QUANTUM)
    for name, rank in (("late", 3.0), ("soon", 1.0), ("later", 4.0)):
        line.push(job(name, "a", rank=rank))
    line.push(job("other", "b", rank=9.0))
    assert len(line) == 4
    assert taken(line) == [("soon", "a"), ("other", "b"), ("late", "a"), ("later", "a")]
    assert len(line) == 0
    assert line.pop() is None


def test_who_was_served_much_waits_until_the_others_had_as_much():
    line = FairLine(QUANTUM)
    for number in range(8):
        line.push(job(f"a{number}", "a", rank=number))
        line.push(job(f"b{number}", "b", rank=number))
    costs = {"a": 5 * QUANTUM, "b": QUANTUM}
    order = []
    while turn := line.pop():
        order.append(turn[1])
        line.charge(turn[1], costs[turn[1]])
    assert "".join(order[:10]) == "abbbbbabbb"


@given(
    costs=st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200), st.integers(1, 200)), min_size=30, max_size=60)
)
def test_no_tenant_gets_more_than_another_by_more_than_a_turn_and_a_text(costs):
    line, spent = FairLine(QUANTUM), dict.fromkeys("abc", 0)
    cost_of = {}
    for number, three in enumerate(costs):
        for tenant, cost in zip("abc", three, strict=True):
            cost_of[f"{tenant}{number}"] = cost
            line.push(job(f"{tenant}{number}", tenant, rank=number))
    left = dict.fromkeys("abc", len(costs))
    while min(left.values()):
        text, tenant = line.pop()
        spent[tenant] += cost_of[text.text]
        left[tenant] -= 1
        line.charge(tenant, cost_of[text.text])
        assert max(spent.values()) - min(spent.values()) <= 2 * (QUANTUM + 200)


def test_a_job_of_two_tenants_is_taken_once_by_whoever_is_first():
    line = FairLine(QUANTUM)
    shared = job("shared", "a")
    line.push(job("before", "a", rank=-1.0))
    line.push(shared)
    shared.wanted.append((Order(9, 1, "b", 0.0), 0))
    line.join(shared, "b")
    assert len(line) == 2
    assert taken(line) == [("before", "a"), ("shared", "b")]


def test_what_was_removed_or_lined_up_anew_has_one_place_at_most():
    line = FairLine(QUANTUM)
    gone, again = job("gone", "a"), job("again", "a", rank=5.0)
    line.push(gone)
    line.push(again)
    again.rank = 1.0
    line.push(again)
    line.remove(gone)
    line.remove(gone)
    assert len(line) == 1
    assert taken(line) == [("again", "a")]


def test_debts_are_kept_while_anything_is_under_way_and_forgotten_then():
    line = FairLine(QUANTUM)
    line.push(job("dear", "a"))
    assert line.pop() is not None
    line.charge("a", 10 * QUANTUM)
    line.push(job("a1", "a"))
    line.push(job("b1", "b", rank=9.0))
    line.push(job("b2", "b", rank=9.0))
    assert [tenant for _, tenant in taken(line)] == ["b", "b", "a"]
    line.forget("a")
    line.forget("unknown")
    line.charge("a", 10 * QUANTUM)
    line.push(job("a2", "a"))
    line.push(job("b3", "b"))
    assert [tenant for _, tenant in taken(line)] == ["a", "b"]


def test_forgetting_a_tenant_leaves_a_shared_job_to_the_other():
    line = FairLine(QUANTUM)
    line.push(job("shared", "a", "b"))
    line.forget("a")
    assert taken(line) == [("shared", "b")]
