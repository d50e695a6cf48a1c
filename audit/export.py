"""Hand the whole log to an auditor. The hand-over is itself a record, and it is in the bundle."""

import os
from pathlib import Path

from audit import bundle, schema
from audit.connect import open_store
from audit.errors import StoreUnavailable
from audit.record import LOG_EXPORTED, Record, new_id, now_ms
from audit.sequencer import Sequencer
from audit.signed_note import Signer
from audit.source import open_source

TENANT = "airlock"  # whose the records are that no caller's request made
USE_CASE = "audit"


def export(url: str, signer: Signer, path: Path) -> dict[str, int]:
    """Record the export, number what can be numbered, and write a bundle to a new file (mode 0600).

    If another process is the sequencer, its next round numbers the export's record; until then the bundle has it as
    one without a number.

    Returns:
        How many leaves, checkpoints and unnumbered records the bundle holds.

    Raises:
        StoreUnavailable: The export could not be recorded, so there is none; or the file can't be written.
        LogDamaged: What is stored contradicts what was signed. Verify the store instead.
    """
    schema.upgrade(url)
    record = Record(new_id(), LOG_EXPORTED, TENANT, USE_CASE, now_ms(), {"format": f"bundle/{bundle.VERSION}"})
    _record(url, record)
    _number(url, signer)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file, open_source(url) as source:
            return bundle.write(source, signer.verifier(), file)
    except OSError as exc:
        raise StoreUnavailable(f"{path} can't be written: {exc.strerror}") from exc


def _record(url: str, record: Record) -> None:
    writer = open_store(url).writer()
    try:
        writer.write([record.row()])
    finally:
        writer.close()


def _number(url: str, signer: Signer) -> None:
    sequencer = Sequencer(open_store(url).log(), signer)
    try:
        sequencer.run()
    finally:
        sequencer.close()
