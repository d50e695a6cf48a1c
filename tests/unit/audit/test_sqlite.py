import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from audit import schema
from audit.connect import open_store
from audit.errors import StoreUnavailable
from audit.store import RecordWriter
from tests.unit.audit.logbook import opened


@pytest.fixture
def writer(url: str) -> RecordWriter:
    schema.upgrade(url)
    return open_store(url).writer()


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


COUNTING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
print(*connection.execute("SELECT count(*) FROM record").fetchone())
connection.close()
"""


def counted_elsewhere(path: Path) -> int:
    """Count the records in a process of its own, which closes the file as the last one would, if it is let."""
    counted = subprocess.run([sys.executable, "-c", COUNTING, str(path)], capture_output=True, check=True)
    return int(counted.stdout)


@pytest.mark.parametrize("rows", [1, 2, 256])
def test_rows_are_written_and_queued_together(writer: RecordWriter, path: Path, rows: int) -> None:
    assert writer.write([opened().row() for _ in range(rows)]) == frozenset()
    writer.close()
    assert (count(path, "record"), count(path, "pending")) == (rows, rows)


def test_every_character_survives(writer: RecordWriter, path: Path) -> None:
    row = opened(text="\u0000 \u001f \u2028 \U0001f512 \\ \" ' \n").row()
    writer.write([row])
    writer.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM record").fetchone() == row


def test_a_row_written_twice_is_one_row(writer: RecordWriter, path: Path) -> None:
    row = opened().row()
    assert writer.write([row]) == writer.write([row, opened().row()]) == frozenset()
    writer.close()
    assert (count(path, "record"), count(path, "pending")) == (2, 2)


def test_an_id_that_another_record_has_is_named_and_the_rest_is_written(writer: RecordWriter, path: Path) -> None:
    first = opened()
    writer.write([first.row()])
    assert writer.write([replace(first, tenant="other").row(), opened().row()]) == {first.id}
    writer.close()
    assert count(path, "record") == 2


def test_a_file_locked_by_another_process_is_an_error_and_recovers(
    writer: RecordWriter, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.sqlite_file.BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for call in (writer.ping, lambda: writer.write([opened().row()])):
            with pytest.raises(StoreUnavailable, match="locked"):
                call()
        other.execute("ROLLBACK")
    writer.ping()
    assert writer.write([opened().row()]) == frozenset()
    writer.close()


def test_a_full_file_is_an_error(writer: RecordWriter, path: Path) -> None:
    writer.ping()
    connection = writer._connection  # the limit is the connection's own
    connection.execute("PRAGMA max_page_count = 1").fetchall()
    with pytest.raises(StoreUnavailable, match="full"):
        writer.write([opened(text="x" * 60_000).row() for _ in range(100)])
    assert writer.write([opened().row()]) == frozenset()
    writer.close()


def test_a_database_that_became_read_only_is_an_error(writer: RecordWriter, path: Path) -> None:
    writer.ping()
    writer._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreUnavailable, match="readonly"):
        writer.write([opened().row()])
    assert writer.write([opened().row()]) == frozenset()
    writer.close()


def test_another_process_that_comes_and_goes_takes_nothing_along(writer: RecordWriter, url: str, path: Path) -> None:
    writer.ping()
    log = open_store(url).log()
    assert log.acquire() is not None  # a second connection of this process, as a ledger has
    for expected in (1, 2):
        assert writer.write([opened().row()]) == frozenset()
        assert counted_elsewhere(path) == expected
    writer.close()
    log.close()
    assert counted_elsewhere(path) == 2


def test_every_commit_is_synced_to_the_disk(writer: RecordWriter) -> None:
    writer.ping()
    pragmas = [writer._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    writer.close()
    assert pragmas == ["wal", 2]
