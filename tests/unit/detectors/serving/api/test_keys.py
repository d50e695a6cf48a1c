"""Keys: one of several, as a bearer token, or none at all."""

import pytest

from detectors.serving.api.faults import Unauthenticated
from detectors.serving.api.keys import Keys


def test_without_keys_anybody_may_call():
    assert Keys().holder("") == Keys([]).holder("Bearer x") == ""


def test_blank_keys_let_nobody_in():
    with pytest.raises(ValueError, match="all are blank"):
        Keys(["", "  "])
    with pytest.raises(Unauthenticated):
        Keys(["", "first"]).holder("Bearer ")


@pytest.mark.parametrize("sent", ["Bearer second", "bearer second", "BEARER  second "])
def test_holders_are_told_apart(sent):
    keys = Keys(["first", "second"])
    assert keys.holder("Bearer first") != keys.holder(sent) != ""


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", "Bearer third", "second", "Basic second", "Bearer second x"])
def test_whoever_has_none_of_them_is_refused(sent):
    with pytest.raises(Unauthenticated) as refused:
        Keys(["first", "second"]).holder(sent)
    assert "first" not in str(refused.value)
