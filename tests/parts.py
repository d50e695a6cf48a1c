"""Real parts that integration tests need: found, or skipped with a word on how to get them.

In CI (the variable `CI` is set) a missing part is a failure: a suite that skips its proof has proved nothing.
"""

import os
import shutil
from typing import NoReturn

import pytest

REDIS_URL = os.environ.get("AIRLOCK_TEST_REDIS", "redis://127.0.0.1:6379")
POSTGRES_URL = os.environ.get("AIRLOCK_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")


def missing(what: str, how: str) -> NoReturn:
    """End the test: a failure in CI, elsewhere a skip that says how to get the part."""
    message = f"{what} is missing. {how}"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def require_opa() -> str:
    """Give the path of a real `opa`, from the setting AIRLOCK_OPA or from PATH."""
    found = shutil.which(os.environ.get("AIRLOCK_OPA", "opa"))
    if found is None:
        missing(
            "The `opa` command",
            "Get it from https://www.openpolicyagent.org/docs/#1-download-opa (1.21.3 or newer), "
            "put it on PATH or name it in AIRLOCK_OPA.",
        )
    return found


def require_postgres() -> str:
    """Give the SQLAlchemy URL of a real Postgres, from AIRLOCK_TEST_POSTGRES or the default on loopback."""
    try:
        import psycopg
    except ImportError:
        missing("The Postgres driver", "Install it with `pip install 'airlock-gateway[postgres]'`.")
    try:
        psycopg.connect(POSTGRES_URL.replace("+psycopg", ""), connect_timeout=3).close()
    except psycopg.OperationalError:
        missing(
            "Postgres",
            "Start one on 127.0.0.1:5432 with a database `test`, or name one in AIRLOCK_TEST_POSTGRES "
            "(postgresql+psycopg://user@host/database).",
        )
    return POSTGRES_URL


def require_redis() -> str:
    """Give the URL of a real Redis, from AIRLOCK_TEST_REDIS or the default on loopback. Others may use it, too."""
    try:
        import redis
    except ImportError:
        missing("The Redis driver", "Install it with `pip install 'airlock-gateway[redis]'`.")
    try:
        with redis.Redis.from_url(REDIS_URL, socket_timeout=3) as client:
            client.ping()
    except redis.RedisError:
        missing("Redis", "Start one on 127.0.0.1:6379, or name one in AIRLOCK_TEST_REDIS (redis://host:port).")
    return REDIS_URL


def require_chromium() -> str:
    """Give the path of a real Chromium, from the setting AIRLOCK_CHROMIUM or from PATH."""
    for name in (os.environ.get("AIRLOCK_CHROMIUM", "chromium"), "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    missing("Chromium", "Install it (Debian: `apt-get install chromium`), or name it in AIRLOCK_CHROMIUM.")
