"""Bring a store's tables up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from audit.engine import POSTGRES, SQLITE, make_engine, parse_url, translate
from audit.sqlite_file import prepare_file

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x41_49_52_4C_4F_43_4B  # "AIRLOCK": Postgres' advisory lock while tables change


def upgrade(url: str) -> None:
    """Make or migrate the tables, in one transaction. Safe to call from several processes at once.

    A SQLite file and its folder are made if missing, readable by their owner only (0600 and 0700).

    Raises:
        StoreUnreadable: The address is no store's.
        StoreUnavailable: The database can't be reached or written.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == SQLITE:
        prepare_file(Path(str(parsed.database)))
    engine = make_engine(url)
    try:
        with engine.connect().execution_options(immediate=True) as connection, connection.begin():
            if connection.dialect.name == POSTGRES:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            command.upgrade(alembic_config(connection), "head")
    except DBAPIError as exc:
        raise translate(exc) from exc
    finally:
        engine.dispose()


def alembic_config(connection: Connection) -> Config:
    """Give Alembic's configuration for our migrations on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
