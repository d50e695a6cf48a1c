"""Compiled policies, and a cache of them on disk.

Translating a module to machine code takes 0.2 s; loading the result takes one millisecond. A loaded result is run as it
is, so it must come from ourselves: only files of this user, in a folder that only this user may touch, are read; where
that can't be had, the module is compiled anew each time.
"""

import hashlib
import logging
import os
import stat
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from wasmtime import Config, Engine, Module, WasmtimeError

_LOG = logging.getLogger(__name__)
_DIGEST_BYTES = 32


class ModuleUnusable(Exception):
    """The module is no compiled policy that this engine can run; the message says why."""


@dataclass(frozen=True, slots=True)
class Program:
    """A module and the wasmtime engine that compiled it. May be shared by threads."""

    engine: Engine
    module: Module


def compile_program(wasm: bytes, cache: Path | None = None) -> Program:
    """Compile a module, or load its compiled form from the folder `cache` and keep it there.

    Raises:
        ModuleUnusable: The bytes are no WebAssembly module.
    """
    engine = _engine()
    file = cache / _name(wasm) if cache is not None and _is_private(cache) else None
    module = _read(engine, file) if file is not None else None
    if module is None:
        try:
            module = Module(engine, wasm)
        except WasmtimeError as exc:
            raise ModuleUnusable("the policy module is no WebAssembly module") from exc
        if file is not None:
            _write(file, bytes(module.serialize()))
    return Program(engine, module)


def _engine() -> Engine:
    config = Config()
    config.consume_fuel = True
    return Engine(config)


def _name(wasm: bytes) -> str:
    return f"policy-{hashlib.sha256(wasm).hexdigest()[:32]}-wasmtime-{version('wasmtime')}.bin"


def _is_private(folder: Path) -> bool:
    """Make the folder if need be, and say whether it is ours alone."""
    if os.name != "posix":
        return False
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _is_ours(folder.lstat(), stat.S_IFDIR)
    except OSError:
        return False


def _is_ours(status: os.stat_result, kind: int) -> bool:
    private = not status.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return stat.S_IFMT(status.st_mode) == kind and status.st_uid == os.geteuid() and private


def _read(engine: Engine, file: Path) -> Module | None:
    try:
        with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW), "rb") as stream:
            if not _is_ours(os.fstat(stream.fileno()), stat.S_IFREG):
                return None
            content = stream.read()
    except OSError:
        return None
    digest, code = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    if hashlib.sha256(code).digest() != digest:  # cut off or damaged: wasmtime checks its own header only
        return None
    try:
        return Module.deserialize(engine, code)
    except WasmtimeError:
        return None


def _write(file: Path, code: bytes) -> None:
    try:
        descriptor, name = tempfile.mkstemp(dir=file.parent)  # made with mode 0600
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(hashlib.sha256(code).digest() + code)
        Path(name).replace(file)
    except OSError as exc:
        _LOG.warning("the compiled policy can't be kept: %s", exc.strerror)
