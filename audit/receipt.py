"""Receipts: one record, its place in the tree, and the checkpoint over it. Whoever has the public key can check one."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import text

from audit import canonical, checkpoint, engine, merkle, tiles
from audit.checkpoint import Checkpoint
from audit.errors import BadProof, LogDamaged, NotFound, NotSequenced, RecordRefused
from audit.signed_note import Verifier
from audit.source import DatabaseSource, stable

VERSION = 1
_FIND = """SELECT r.canonical, l.number FROM record r LEFT JOIN leaf l ON l.record_id = r.id WHERE r.id = :id"""
_NEWEST = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Evidence that a record is in the log: its whole JSON, its place, the hashes beside its path, the signed note."""

    record: Mapping[str, Any]
    index: int
    proof: tuple[bytes, ...]
    checkpoint: str

    def as_json(self) -> dict[str, Any]:
        """Give the receipt as a JSON object; hashes are base64."""
        return {
            "v": VERSION,
            "record": dict(self.record),
            "index": self.index,
            "proof": [base64.b64encode(item).decode() for item in self.proof],
            "checkpoint": self.checkpoint,
        }


def issue(url: str, record_id: str) -> Receipt:
    """Make the receipt of a record against the newest checkpoint.

    Raises:
        NotFound: There is no such record.
        NotSequenced: It has no number yet; ask again after the next checkpoint.
        LogDamaged: Hashes or the checkpoint are missing.
        StoreUnavailable, StoreUnreadable: The store can't be read.
    """
    with engine.reading(url) as database, stable(database.connect()) as connection:
        row = connection.execute(text(_FIND), {"id": record_id}).first()
        if row is None:
            raise NotFound(f"there is no record {record_id}")
        if row[1] is None:
            raise NotSequenced(f"record {record_id} has no number yet; ask again in a moment")
        note = connection.execute(text(_NEWEST)).scalar()
        if note is None:
            raise LogDamaged("the log has leaves and no checkpoint")
        head = checkpoint.parse(note.rpartition("\n\n")[0] + "\n")
        proof = tiles.prove_inclusion(DatabaseSource(connection), row[1], head.size)
        return Receipt(orjson.loads(row[0]), row[1], tuple(proof), note)


def parse(raw: bytes) -> Receipt:
    """Read a receipt's JSON.

    Raises:
        BadProof: It is not one.
    """
    try:
        value = orjson.loads(raw)
        proof = tuple(base64.b64decode(item, validate=True) for item in value["proof"])
        receipt = Receipt(value["record"], value["index"], proof, value["checkpoint"])
    except (ValueError, KeyError, TypeError, binascii.Error) as exc:
        raise BadProof("this is not a receipt") from exc
    if value.get("v") != VERSION or type(receipt.index) is not int or not isinstance(receipt.checkpoint, str):
        raise BadProof("this is not a receipt of this version")
    return receipt


def verify(receipt: Receipt, verifier: Verifier) -> Checkpoint:
    """Check a receipt with nothing but the log's public key. Give the checkpoint that it leads to.

    Raises:
        BadNote: The checkpoint is not signed by this key.
        BadProof: The record, as the receipt shows it, is not in the tree at this index.
    """
    head = checkpoint.verify(receipt.checkpoint, verifier)
    try:
        leaf = merkle.leaf_hash(canonical.encode(receipt.record))
    except RecordRefused as exc:
        raise BadProof("the receipt's record is not one") from exc
    merkle.check_inclusion(leaf, receipt.index, head.size, receipt.proof, head.root)
    return head
