from dataclasses import replace
from pathlib import Path

import pytest

from audit import schema
from audit.errors import NotFound, StoreUnreadable
from audit.reading import Filter, list_records, show_record
from audit.record import Record, now_ms
from audit.signed_note import Signer
from tests.unit.audit.logbook import closed, opened, sequence, tamper, write


@pytest.fixture
def records(url: str) -> list[Record]:
    schema.upgrade(url)
    call = opened()
    made = [call, closed(call), opened("block"), replace(opened(), tenant="other"), replace(opened(), use_case="hr")]
    write(url, made)
    return made


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        pytest.param(Filter(), [4, 3, 2, 1, 0], id="all, newest first"),
        pytest.param(Filter(tenant="other"), [3], id="a tenant"),
        pytest.param(Filter(use_case="hr"), [4], id="a use case"),
        pytest.param(Filter(type="request.closed"), [1], id="a type"),
        pytest.param(Filter(decision="block"), [2], id="a decision"),
        pytest.param(Filter(decision="block", tenant="other"), [], id="two conditions"),
        pytest.param(Filter(since_ms=0), [4, 3, 2, 1, 0], id="since ever"),
        pytest.param(Filter(since_ms=2**45), [], id="since the future"),
        pytest.param(Filter(tenant="' OR 1=1 --"), [], id="a trick"),
    ],
)
def test_records_are_found(url: str, records: list[Record], wanted: Filter, places: list[int]) -> None:
    assert [found.id for found in list_records(url, wanted)] == [records[place].id for place in places]


def test_since_goes_by_the_record_s_own_time(url: str, records: list[Record]) -> None:
    write(url, [replace(opened(), t_ms=now_ms() + 60_000)])
    assert len(list_records(url, Filter(since_ms=now_ms() + 30_000))) == 1


def test_pages_join_without_gap_or_overlap(url: str, records: list[Record]) -> None:
    pages: list[str] = []
    while page := list_records(url, Filter(), limit=2, before=pages[-1] if pages else None):
        assert len(page) <= 2
        pages += [record.id for record in page]
    assert pages == [record.id for record in records[::-1]]


@pytest.mark.parametrize(("place", "others"), [(0, [1]), (1, [0]), (2, [])], ids=["opened", "closed", "alone"])
def test_a_record_is_shown_with_the_other_half_of_its_call(
    url: str, records: list[Record], place: int, others: list[int]
) -> None:
    shown = show_record(url, records[place].id)
    assert [record.id for record in shown] == [records[at].id for at in (place, *others)]


def test_a_numbered_record_shows_its_place(url: str, records: list[Record], signer: Signer) -> None:
    assert show_record(url, records[2].id)[0].index is None
    sequence(url, signer)
    assert show_record(url, records[2].id)[0].index == 2


def test_a_damaged_record_is_still_listed(url: str, path: Path, records: list[Record]) -> None:
    tamper(path, f"UPDATE record SET canonical = '[' WHERE id = '{records[2].id}'")
    assert show_record(url, records[2].id)[0].body == {}


def test_what_is_not_there_is_said(url: str, tmp_path: Path, records: list[Record]) -> None:
    with pytest.raises(NotFound):
        show_record(url, "nothing")
    with pytest.raises(StoreUnreadable):
        list_records(f"sqlite:///{tmp_path}/none.db", Filter())
    assert not (tmp_path / "none.db").exists()
