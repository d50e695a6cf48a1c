import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest

from audit.errors import RecordRefused
from audit.record import Record, columns_of, new_id, now_ms


def record(**changes: object) -> Record:
    fields: dict[str, object] = {
        "id": new_id(),
        "type": "request.closed",
        "tenant": "acme",
        "use_case": "support",
        "t_ms": now_ms(),
        "body": {"decision": "block", "reason": "secret.detected"},
        "opened_ref": new_id(),
    }
    return Record(**{**fields, **changes})  # type: ignore[arg-type]


def test_an_id_is_a_version_7_uuid_that_tells_its_time() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_id())
    after = time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= after + 1


def test_ids_rise_even_within_a_moment_and_across_threads() -> None:
    alone = [new_id() for _ in range(5_000)]
    assert alone == sorted(alone)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: new_id(), range(5_000)))
    assert len({*alone, *together}) == 10_000


def test_the_canonical_form_covers_every_field() -> None:
    made = record()
    assert orjson.loads(made.canonical()) == {
        "v": 1,
        "id": made.id,
        "type": made.type,
        "tenant": "acme",
        "use_case": "support",
        "t_ms": made.t_ms,
        "opened_ref": made.opened_ref,
        "body": dict(made.body),
    }


def test_a_row_is_read_back_from_its_json() -> None:
    row = record().row()
    assert columns_of(row[-1]) == row


@pytest.mark.parametrize("decision", ["", "a\nb", 7, None], ids=["empty", "two lines", "a number", "nothing"])
def test_a_decision_that_is_no_word_is_not_searchable_but_kept(decision: object) -> None:
    row = record(body={"decision": decision}).row()
    assert row[6] is None
    assert orjson.loads(row[-1])["body"] == {"decision": decision}
    assert columns_of(row[-1]) == row


@pytest.mark.parametrize("name", ["id", "type", "tenant", "use_case"])
@pytest.mark.parametrize("value", ["", "x" * 201, "two\nlines", "nul\x00", "unit\x1fseparator"])
def test_a_name_must_be_short_and_printable(name: str, value: str) -> None:
    with pytest.raises(RecordRefused):
        record(**{name: value}).row()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"body":[]}', '{"v": 1}', "null"], ids=["none", "list", "empty", "body", "padded", "null"]
)
def test_other_json_is_no_record(text: str) -> None:
    with pytest.raises(RecordRefused):
        columns_of(text)
