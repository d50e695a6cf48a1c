"""Keep compiled databases on disk. Deserialising one trusts it, so only files of our own that are whole are read."""

import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_MAGIC = b"airlock-prefilter-1\n"
_DIGEST_BYTES = 32
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_TURN = ".turn"
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class PrefilterCache:
    """A folder of files named by what they were made from.

    A file counts only if it belongs to this process's user, nobody else may write it or its folder, and its SHA-256
    over name and content is the one that it starts with. Anything else is as good as absent.
    """

    folder: Path

    def load(self, name: str) -> bytes | None:
        """Give the content stored under a name, or None."""
        try:
            if not _is_ours(self.folder.stat()):
                return None
            descriptor = os.open(self.folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with os.fdopen(descriptor, "rb") as file:
                whole = file.read() if _is_ours(os.fstat(descriptor)) else b""
        except OSError:
            return None
        head, content = whole[: len(_MAGIC) + _DIGEST_BYTES], whole[len(_MAGIC) + _DIGEST_BYTES :]
        return content if head == _head(name, content) else None

    def store(self, name: str, content: bytes) -> bool:
        """Write the content in one step, readable by this user only. False if the folder can't be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor, temporary = tempfile.mkstemp(prefix=f".{name}.", dir=self.folder)  # mkstemp makes it 0600
        except OSError:
            return False
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_head(name, content))
                file.write(content)
            Path(temporary).replace(self.folder / name)
        except OSError:
            with suppress(OSError):
                Path(temporary).unlink()
            return False
        return True

    @contextmanager
    def turn(self, is_given_up: Callable[[], bool]) -> Iterator[None]:
        """Wait while another process makes something for this folder: what it made can be loaded then.

        Where a file can not be locked nobody waits, nor any longer when `is_given_up`.
        """
        descriptor = self._turn_file()
        try:
            while descriptor is not None and not _locked(descriptor) and not is_given_up():
                time.sleep(_LOOK_S)
            yield
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _turn_file(self) -> int | None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            return os.open(self.folder / _TURN, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError:
            return None


def _locked(descriptor: int) -> bool:
    """Take the lock if it is free; true as well where there is no way to lock."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_ours(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE


def _head(name: str, content: bytes) -> bytes:
    return _MAGIC + sha256(name.encode() + b"\n" + content).digest()
