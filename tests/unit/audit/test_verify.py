"""An intruder with the database's password, and what an auditor with a public key sees of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from audit import checkpoint
from audit.checkpoint import Checkpoint
from audit.merkle import EMPTY_ROOT, leaf_hash
from audit.record import now_ms
from audit.signed_note import Signer, generate
from audit.source import open_source
from audit.verdict import Kind
from audit.verify import verify
from tests.unit.audit.logbook import check, closed, fill, opened, rerouted, sequence, tamper, write

SIZE = 520  # two full tiles and a bit


@pytest.fixture
def ids(url: str, signer: Signer) -> list[str]:
    return fill(url, signer, SIZE, per_round=100)


def heads(url: str, signer: Signer) -> list[Checkpoint]:
    with open_source(url) as source:
        return [checkpoint.verify(note, signer.verifier()) for _, note in source.notes()]


def test_an_honest_log_verifies(url: str, signer: Signer, ids: list[str]) -> None:
    report = check(url, signer.verifier(), prior=heads(url, signer)[1])
    assert report.ok
    assert (report.size, report.signed, report.checkpoints, report.warnings) == (len(ids), SIZE, 6, [])


def test_an_empty_log_verifies(url: str, signer: Signer) -> None:
    fill(url, signer, 0)
    assert check(url, signer.verifier()).ok


def quoted(ids: list[str], *places: int) -> list[str]:
    return [f"'{ids[place]}'" for place in places]


TAMPERED = [
    pytest.param(
        ["UPDATE record SET canonical = replace(canonical, 'allow', 'block') WHERE id = {7}"],
        [(Kind.MISMATCH, 7, 7)],
        id="one word of a record",
    ),
    pytest.param(
        ["UPDATE record SET canonical = CAST(x'ff' || canonical AS TEXT) WHERE id = {7}"],
        [(Kind.MISMATCH, 7, 7)],
        id="a byte that is no UTF-8",
    ),
    pytest.param(
        ["UPDATE record SET canonical = canonical || ' ' WHERE id = {7}"], [(Kind.MISMATCH, 7, 7)], id="a space"
    ),
    pytest.param(
        ["UPDATE record SET decision = 'block' WHERE id = {7}"], [(Kind.COLUMN, 7, 7)], id="a searchable column"
    ),
    pytest.param(["UPDATE record SET t_ms = t_ms + 1 WHERE id = {7}"], [(Kind.COLUMN, 7, 7)], id="the time column"),
    pytest.param(["DELETE FROM record WHERE id = {7}"], [(Kind.MISSING, 7, 7)], id="a deleted record"),
    pytest.param(
        ["DELETE FROM record WHERE id IN ({7}, {9})"],
        [(Kind.MISSING, 7, 7), (Kind.MISSING, 9, 9)],
        id="two deleted records",
    ),
    pytest.param(
        [
            "CREATE TEMP TABLE x AS SELECT id, canonical FROM record WHERE id IN ({7}, {9})",
            "UPDATE record SET canonical = (SELECT canonical FROM x WHERE x.id <> record.id) WHERE id IN ({7}, {9})",
        ],
        [(Kind.SWAPPED, 7, 7), (Kind.SWAPPED, 9, 9)],
        id="two records' contents swapped",
    ),
    pytest.param(
        [
            "UPDATE leaf SET record_id = 'x' WHERE number = 7",
            "UPDATE leaf SET record_id = {7} WHERE number = 9",
            "UPDATE leaf SET record_id = {9} WHERE number = 7",
        ],
        [(Kind.SWAPPED, 7, 9), (Kind.SWAPPED, 9, 7)],
        id="two leaves' records swapped",
    ),
    pytest.param(
        ["UPDATE record SET canonical = (SELECT canonical FROM record WHERE id = {3}) WHERE id IN ({7}, {9})"],
        [(Kind.MISMATCH, 7, 7), (Kind.MISMATCH, 9, 9)],
        id="one record's content over two others",
    ),
    pytest.param(
        ["UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND number = 1"], [(Kind.TILE, 256, None)], id="a tile"
    ),
    pytest.param(["DELETE FROM node WHERE number = 0"], [(Kind.TILE, 0, None)], id="a deleted tile"),
    pytest.param(
        ["UPDATE checkpoint SET note = replace(note, '300' || char(10), '301' || char(10)) WHERE size = 300"],
        [(Kind.BAD_SIGNATURE, 300, None)],
        id="a checkpoint's text",
    ),
    pytest.param(
        ["UPDATE checkpoint SET size = 301 WHERE size = 300"],
        [(Kind.BAD_SIGNATURE, 301, None)],
        id="a checkpoint's size",
    ),
    pytest.param(
        ["DELETE FROM leaf WHERE number >= 510"],
        [(Kind.TRUNCATED, 510, None), *((Kind.UNQUEUED, None, place) for place in range(510, SIZE))],
        id="the last leaves",
    ),
    pytest.param(
        ["INSERT INTO leaf (number, record_id, hash) VALUES (520, 'forged', zeroblob(32))"],
        [(Kind.UNSIGNED, 520, None), (Kind.MISSING, 520, "forged")],
        id="a forged leaf at the end",
    ),
    pytest.param(["DELETE FROM checkpoint WHERE size > 500"], [(Kind.UNSIGNED, 500, None)], id="the last checkpoint"),
]


@pytest.mark.parametrize(("statements", "expected"), TAMPERED)
def test_tampering_is_named(
    url: str,
    path: Path,
    signer: Signer,
    ids: list[str],
    statements: list[str],
    expected: list[tuple[Kind, int | None, int | str | None]],
) -> None:
    tamper(path, *(statement.format(*quoted(ids, *range(20))) for statement in statements))
    found = {(fault.kind, fault.number, fault.record_id) for fault in check(url, signer.verifier()).faults}
    assert found == {
        (kind, number, ids[whose] if isinstance(whose, int) else whose) for kind, number, whose in expected
    }


@pytest.mark.parametrize("place", [0, 7, 255, 256, SIZE - 1])
def test_a_leaf_and_record_deleted_together_leave_a_hole(
    url: str, path: Path, signer: Signer, ids: list[str], place: int
) -> None:
    tamper(path, f"DELETE FROM leaf WHERE number = {place}", f"DELETE FROM record WHERE id = '{ids[place]}'")
    report = check(url, signer.verifier())
    named = {(fault.kind, fault.number, fault.end) for fault in report.faults}
    hole = (Kind.MISSING, place, place + 1) if place < SIZE - 1 else (Kind.TRUNCATED, place, SIZE)
    assert hole in named
    assert not report.ok


def test_a_rewritten_leaf_hash_is_found_between_two_checkpoints(
    url: str, path: Path, signer: Signer, ids: list[str]
) -> None:
    forged = replace(opened(), id=ids[250], body={"decision": "block"})
    digest = leaf_hash(forged.canonical()).hex()
    row = forged.row()
    tamper(
        path,
        f"UPDATE leaf SET hash = x'{digest}' WHERE number = 250",
        f"UPDATE record SET canonical = '{row[-1]}', t_ms = {row[4]}, type = '{row[1]}', decision = 'block', "
        f"opened_ref = NULL WHERE id = '{ids[250]}'",
    )
    report = check(url, signer.verifier())
    ranges = [(fault.number, fault.end) for fault in report.faults if fault.kind is Kind.ROOT]
    assert ranges == [(200, 300)]
    assert report.signed == 200


def test_a_prior_checkpoint_shows_a_cut_tail_even_if_later_checkpoints_are_gone(
    url: str, path: Path, signer: Signer, ids: list[str]
) -> None:
    prior = heads(url, signer)[-1]
    tamper(
        path,
        "DELETE FROM leaf WHERE number >= 500",
        f"DELETE FROM record WHERE id IN ({','.join(quoted(ids, *range(500, SIZE)))})",
        "DELETE FROM checkpoint WHERE size > 500",
    )
    assert check(url, signer.verifier()).ok, "without a prior checkpoint nothing can show it"
    faults = check(url, signer.verifier(), prior=prior).faults
    assert [(fault.kind, fault.number, fault.end) for fault in faults] == [(Kind.TRUNCATED, 500, SIZE)]


def test_a_history_rewritten_by_the_key_s_holder_is_a_fork(
    url: str, path: Path, signer: Signer, tmp_path: Path, ids: list[str]
) -> None:
    prior = heads(url, signer)[2]
    other = f"sqlite:///{tmp_path / 'other.db'}"
    fill(other, signer, SIZE)
    assert check(other, signer.verifier()).ok
    faults = check(other, signer.verifier(), prior=prior).faults
    assert [(fault.kind, fault.number, fault.end) for fault in faults] == [(Kind.FORKED, 0, prior.size)]


def test_two_roots_signed_for_one_size_are_a_fork(url: str, signer: Signer, ids: list[str]) -> None:
    class Doubled:
        """The log with a second truth, as a bundle could carry it."""

        def __init__(self, source: object) -> None:
            self._source = source

        def __getattr__(self, name: str) -> object:
            return getattr(self._source, name)

        def notes(self) -> list[tuple[int, str]]:
            honest = list(self._source.notes())
            return [*honest, (SIZE, Checkpoint(signer.name, SIZE, EMPTY_ROOT).sign(signer))]

    with open_source(url) as source:
        kinds = {fault.kind for fault in verify(Doubled(source), signer.verifier()).faults}
    assert Kind.FORKED in kinds


@pytest.mark.parametrize("other", [generate("log.example"), generate("other.example")], ids=["same name", "other name"])
def test_the_wrong_key_verifies_nothing(url: str, signer: Signer, ids: list[str], other: Signer) -> None:
    report = check(url, other.verifier())
    assert [fault.kind for fault in report.faults] == [Kind.WRONG_KEY]
    assert report.signed == 0


def test_a_call_that_was_never_closed_is_a_warning(url: str, signer: Signer) -> None:
    fill(url, signer, 10)
    hour_ago = replace(opened(), t_ms=now_ms() - 3_700_000)
    just_now, early = opened(), replace(opened(), t_ms=0)
    write(url, [closed(early), hour_ago, just_now, early])
    sequence(url, signer)
    report = check(url, signer.verifier())
    assert report.ok
    assert [(fault.kind, fault.record_id) for fault in report.warnings] == [(Kind.UNMATCHED, hour_ago.id)]


def test_a_call_that_went_on_without_having_been_opened_is_a_warning(url: str, signer: Signer) -> None:
    fill(url, signer, 10)
    known, unknown = opened(), opened()
    write(url, [known, rerouted(known), closed(known), rerouted(unknown)])
    sequence(url, signer)
    report = check(url, signer.verifier())
    assert report.ok
    assert [(fault.kind, fault.record_id) for fault in report.warnings] == [(Kind.ORPHANED, unknown.id)]
    assert report.as_json()["orphaned"] == 1


def test_a_record_without_a_number_is_a_warning_and_closes_its_call(url: str, signer: Signer) -> None:
    fill(url, signer, 10)
    old = replace(opened(), t_ms=0)
    write(url, [old])
    sequence(url, signer)
    write(url, [late := closed(old)])
    report = check(url, signer.verifier())
    assert report.ok
    assert [(fault.kind, fault.record_id) for fault in report.warnings] == [(Kind.PENDING, late.id)]


def test_a_record_taken_off_the_queue_is_a_fault(url: str, path: Path, signer: Signer) -> None:
    fill(url, signer, 10)
    write(url, [late := opened()])
    tamper(path, "DELETE FROM pending")
    faults = check(url, signer.verifier()).faults
    assert [(fault.kind, fault.record_id) for fault in faults] == [(Kind.UNQUEUED, late.id)]


def test_faults_past_a_thousand_are_counted(url: str, path: Path, signer: Signer) -> None:
    fill(url, signer, 1_100, per_round=1_100 // 5)
    tamper(path, "UPDATE record SET canonical = canonical || ' '")
    report = check(url, signer.verifier())
    assert (report.fault_count, len(report.faults)) == (1_100, 1_000)
