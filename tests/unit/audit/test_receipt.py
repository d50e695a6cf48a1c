from collections.abc import Callable
from typing import Any

import orjson
import pytest

from audit import receipt
from audit.errors import BadNote, BadProof, NotFound, NotSequenced, StoreUnreadable
from audit.record import new_id
from audit.signed_note import Signer, generate
from tests.unit.audit.logbook import fill, opened, write


@pytest.mark.parametrize("place", [0, 1, 150, 255, 256, 299])
def test_a_receipt_is_checked_with_the_public_key_alone(url: str, signer: Signer, place: int) -> None:
    ids = fill(url, signer, 300, per_round=100)
    raw = orjson.dumps(receipt.issue(url, ids[place]).as_json())
    shown = receipt.parse(raw)
    assert receipt.verify(shown, signer.verifier()).size == 300
    assert (shown.record["id"], shown.index) == (ids[place], place)


def _change_record(value: dict[str, Any]) -> None:
    value["record"]["body"]["decision"] = "block"


def _change_index(value: dict[str, Any]) -> None:
    value["index"] ^= 1


def _change_proof(value: dict[str, Any]) -> None:
    value["proof"][0] = value["proof"][1]


def _shorten_proof(value: dict[str, Any]) -> None:
    value["proof"].pop()


def _add_float(value: dict[str, Any]) -> None:
    value["record"]["body"]["score"] = 0.5


@pytest.mark.parametrize("change", [_change_record, _change_index, _change_proof, _shorten_proof, _add_float])
def test_a_changed_receipt_proves_nothing(url: str, signer: Signer, change: Callable[[dict[str, Any]], None]) -> None:
    ids = fill(url, signer, 20)
    value = receipt.issue(url, ids[4]).as_json()
    change(value)
    with pytest.raises(BadProof):
        receipt.verify(receipt.parse(orjson.dumps(value)), signer.verifier())


def test_a_receipt_of_another_log_proves_nothing(url: str, signer: Signer) -> None:
    ids = fill(url, signer, 2)
    with pytest.raises(BadNote):
        receipt.verify(receipt.issue(url, ids[0]), generate("log.example").verifier())


def test_a_record_without_a_number_has_no_receipt_yet(url: str, signer: Signer) -> None:
    fill(url, signer, 2)
    write(url, [late := opened()])
    with pytest.raises(NotSequenced):
        receipt.issue(url, late.id)


def test_there_is_no_receipt_of_nothing(url: str, signer: Signer) -> None:
    with pytest.raises(StoreUnreadable):
        receipt.issue(url, new_id())
    fill(url, signer, 2)
    with pytest.raises(NotFound):
        receipt.issue(url, new_id())


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"v":1,"proof":[1]}', b'{"proof":["!"]}'])
def test_other_json_is_no_receipt(raw: bytes) -> None:
    with pytest.raises(BadProof):
        receipt.parse(raw)


@pytest.mark.parametrize("change", [{"v": 2}, {"index": True}, {"index": "1"}, {"checkpoint": 1}])
def test_a_receipt_s_fields_have_their_types(url: str, signer: Signer, change: dict[str, object]) -> None:
    ids = fill(url, signer, 2)
    with pytest.raises(BadProof):
        receipt.parse(orjson.dumps({**receipt.issue(url, ids[0]).as_json(), **change}))
