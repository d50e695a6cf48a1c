import pytest

from audit.matching import Matching
from tests.unit.audit.logbook import closed, opened

CALL, OTHER = opened(), opened()


@pytest.mark.parametrize(
    ("records", "left"),
    [
        pytest.param([CALL, closed(CALL)], [], id="in order"),
        pytest.param([closed(CALL), CALL], [], id="the end first"),
        pytest.param([CALL, OTHER, closed(CALL)], [OTHER.id], id="one stays open"),
        pytest.param([closed(CALL)], [], id="an end without a beginning"),
        pytest.param([], [], id="nothing"),
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
