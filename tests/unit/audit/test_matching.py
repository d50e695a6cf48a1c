import pytest

from audit.matching import Matching
from tests.unit.audit.logbook import closed, opened, passed_over, rerouted

CALL, OTHER = opened(), opened()


@pytest.mark.parametrize(
    ("records", "left"),
    [
        pytest.param([CALL, closed(CALL)], [], id="in order"),
        pytest.param([closed(CALL), CALL], [], id="the end first"),
        pytest.param([CALL, OTHER, closed(CALL)], [OTHER.id], id="one stays open"),
        pytest.param([closed(CALL)], [], id="an end without a beginning"),
        pytest.param([], [], id="nothing"),
        pytest.param([CALL, rerouted(CALL), rerouted(CALL), closed(CALL)], [], id="it went on"),
        pytest.param([CALL, rerouted(CALL)], [CALL.id], id="it went on and stays open"),
    ],
)
def test_halves_find_each_other(records: list, left: list[str]) -> None:
    matching = Matching()
    for record in records:
        matching.see(record.row())
    assert list(matching.unmatched(2**60)) == left


def test_a_young_call_is_not_late() -> None:
    matching = Matching()
    matching.see(CALL.row())
    assert list(matching.unmatched(CALL.t_ms)) == []
    assert list(matching.unmatched(CALL.t_ms + 1)) == [CALL.id]


@pytest.mark.parametrize(
    ("records", "orphans"),
    [
        pytest.param([CALL, rerouted(CALL), closed(CALL)], [], id="in order"),
        pytest.param([rerouted(CALL), closed(CALL), CALL], [], id="the beginning last"),
        pytest.param([closed(CALL)], [CALL.id], id="an end without a beginning"),
        pytest.param([rerouted(CALL)], [CALL.id], id="it went on without a beginning"),
        pytest.param([rerouted(CALL), closed(CALL)], [CALL.id], id="all but the beginning"),
        pytest.param([CALL, passed_over(CALL), closed(CALL)], [], id="somebody was passed over"),
        pytest.param([passed_over(CALL)], [CALL.id], id="passed over without a beginning"),
        pytest.param([rerouted(OTHER), CALL], [OTHER.id], id="another call's beginning"),
    ],
)
def test_what_was_never_opened_is_told(records: list, orphans: list[str]) -> None:
    matching = Matching()
    for record in records:
        matching.see(record.row())
    assert matching.orphans() == orphans
