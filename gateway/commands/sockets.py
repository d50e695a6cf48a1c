"""Sockets to listen on: a port of a host, or a path of this machine."""

import os
import socket
from pathlib import Path
from typing import Final

from gateway.secret_source import SettingsError

BACKLOG: Final = 2048

_OTHERS_OUT: Final = 0o117
"""Takes from a new socket what lets anybody but its owner and his group connect."""


def tcp_socket(host: str, port: int) -> socket.socket:
    """Listen on a port; 0 takes a free one.

    Raises:
        SettingsError: it can't be had.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, proto)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
            bound.listen(BACKLOG)
        except OSError:
            bound.close()
            raise
    except OSError as exc:
        raise SettingsError(f"{host}:{port} can't be listened on: {exc.strerror}") from exc
    return bound


def unix_socket(path: Path) -> socket.socket:
    """Listen at a path, for the owner and his group. What a process that is no more has left there is removed.

    Raises:
        SettingsError: it can't be had, or somebody listens there.
    """
    if _is_served(path):
        raise SettingsError(f"{path} is in use by another process")
    bound = socket.socket(socket.AF_UNIX)
    before = os.umask(_OTHERS_OUT)
    try:
        if path.is_socket():
            path.unlink()
        bound.bind(str(path))
        bound.listen(BACKLOG)
    except OSError as exc:
        bound.close()
        raise SettingsError(f"{path} can't be listened on: {exc.strerror or exc}") from exc
    finally:
        os.umask(before)
    return bound


def _is_served(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True
