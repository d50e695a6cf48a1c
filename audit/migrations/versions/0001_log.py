"""The log, the queue before it, and the API keys."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INSERT_ONLY = ("record", "leaf", "node", "checkpoint")
KEYS: dict[str, list[tuple[str, ...]]] = {
    "record": [("id",)],
    "leaf": [("number",), ("record_id",)],
    "node": [("level", "number")],
    "checkpoint": [("size",)],
}


def upgrade() -> None:
    """Make the tables and the triggers that keep the first four insert-only."""
    _log_tables()
    _other_tables()
    op.execute("INSERT INTO sequencer (id, epoch) VALUES (1, 0)")
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_triggers()
    else:
        _postgres_triggers()


def _log_tables() -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("type", "tenant", "use_case")),
        sa.Column("t_ms", sa.BigInteger, nullable=False),
        sa.Column("opened_ref", sa.Text, nullable=True),
        sa.Column("decision", sa.Text, nullable=True),
        sa.Column("canonical", sa.Text, nullable=False),
    )
    has_opened = sa.text("opened_ref IS NOT NULL")
    op.create_index("record_by_opened", "record", ["opened_ref"], sqlite_where=has_opened, postgresql_where=has_opened)
    op.create_table(
        "leaf",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("record_id", sa.Text, nullable=False, unique=True),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "node",
        sa.Column("level", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("t_ms", sa.BigInteger, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )


def _other_tables() -> None:
    op.create_table("pending", sa.Column("record_id", sa.Text, primary_key=True))
    op.create_table(
        "sequencer",
        sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "api_key",
        sa.Column("handle", sa.Text, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("tenant", "use_case", "roles", "label")),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sa.Column("expires_ms", sa.BigInteger, nullable=True),
        sa.Column("revoked_ms", sa.BigInteger, nullable=True),
    )


def _sqlite_triggers() -> None:
    for table in INSERT_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
            )
        # INSERT OR REPLACE deletes without firing delete triggers. A record written again is ignored, since a writer
        # repeats itself after a lost connection; anything else numbered twice is a fault.
        answer = "IGNORE" if table == "record" else f"ABORT, '{table} is insert-only'"
        for key in KEYS[table]:
            same = " AND ".join(f"{name} = NEW.{name}" for name in key)
            twice = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - constants of this file
            name = f"{table}_keeps_first_{'_'.join(key)}"
            op.execute(f"CREATE TRIGGER {name} BEFORE INSERT ON {table} {twice} BEGIN SELECT RAISE({answer}); END")
    op.execute(
        "CREATE TRIGGER record_is_queued AFTER INSERT ON record "
        "BEGIN INSERT INTO pending (record_id) VALUES (NEW.id); END"
    )


def _postgres_triggers() -> None:
    op.execute(
        "CREATE FUNCTION airlock_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME; END $$"
    )
    for table in INSERT_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION airlock_refuse()"
        )
    op.execute(
        "CREATE FUNCTION airlock_queue() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO pending (record_id) SELECT id FROM fresh; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER record_is_queued AFTER INSERT ON record REFERENCING NEW TABLE AS fresh "
        "FOR EACH STATEMENT EXECUTE FUNCTION airlock_queue()"
    )
    # A queue's table is small and churns: sweep it by count, not by share.
    op.execute("ALTER TABLE pending SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)")
