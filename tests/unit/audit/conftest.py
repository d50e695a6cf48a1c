from pathlib import Path

import pytest

from audit.signed_note import Signer, generate


@pytest.fixture(scope="session")
def signer() -> Signer:
    return generate("log.example")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "airlock.db"


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"
