"""Import a library without the heavy ones that it takes along when they happen to be there."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def absent(*names: str) -> Iterator[None]:
    """Let imports inside go as if these packages were not installed; those that are loaded already stay.

    For imports at the top of a module: another thread that imports one of them meanwhile would not find it.
    """
    hidden = [name for name in names if name not in sys.modules]
    absences: dict[str, Any] = dict.fromkeys(hidden)  # the import system takes None for "there is none"
    sys.modules.update(absences)
    try:
        yield
    finally:
        for name in hidden:
            if sys.modules.get(name, ...) is None:
                del sys.modules[name]
