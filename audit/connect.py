"""From a store's address to its database. Drivers are imported here, when they are asked for."""

from pathlib import Path

from audit.engine import SQLITE, parse_url
from audit.store import Store


def open_store(url: str) -> Store:
    """Choose the database by its address. Nothing is connected yet.

    Raises:
        StoreUnreadable: The address is no store's, or the Postgres driver is not installed.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == SQLITE:
        from audit.sqlite import SqliteStore

        return SqliteStore(Path(str(parsed.database)))
    from audit.postgres import PostgresStore

    return PostgresStore(parsed.set(drivername="postgresql").render_as_string(hide_password=False))
