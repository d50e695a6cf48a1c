from pathlib import Path

import pytest

from audit import schema


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'airlock.db'}"
    schema.upgrade(address)
    return address
