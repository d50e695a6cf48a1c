"""Room in the queue: anything while it is empty, never all of it for one tenant, some for whoever comes."""

from hypothesis import given
from hypothesis import strategies as st

from detectors.serving.backlog import Backlog


def test_one_tenant_gets_four_fifths_and_another_finds_room_then():
    backlog = Backlog(1_000)
    taken = 0
    while not backlog.excess("a", 10):
        backlog.add("a", 10)
        taken += 10
    assert 780 <= taken <= 800
    assert not backlog.excess("b", 150)
    backlog.add("b", 150)
    assert backlog.excess("a", 1) > 0


def test_anything_goes_in_while_it_is_empty():
    backlog = Backlog(10)
    assert backlog.excess("a", 1_000_000) == 0
    backlog.add("a", 1_000_000)
    assert backlog.excess("b", 1) > 0
    backlog.remove("a", 1_000_000)
    assert backlog.excess("b", 10) == 0


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 400)), max_size=60))
def test_it_never_holds_more_than_its_room_and_each_newcomer_finds_some(calls):
    backlog = Backlog(1_000)
    for tenant, tokens in calls:
        if tokens <= 800 and not backlog.excess(tenant, tokens):
            backlog.add(tenant, tokens)
        assert backlog.tokens <= 1_000
        assert not backlog.excess("newcomer", 1) or backlog.tokens == 1_000
    for tenant in "abcd":
        backlog.remove(tenant, backlog.of(tenant))
    assert backlog.tokens == 0
