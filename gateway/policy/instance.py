"""One running copy of a compiled policy: OPA's WebAssembly interface, version 1.3, on wasmtime.

The interface is described at https://www.openpolicyagent.org/docs/wasm. Data is loaded once; behind it each call writes
its input and evaluates, and what the evaluation allocated is forgotten with the next call. A step limit (fuel) and a
memory limit end whatever runs away.

`opa_eval` is called through wasmtime's C interface with argument buffers that are made once: the same call through
`wasmtime.Func` takes twice as long, most of it spent on asking for types (tests/bench/policy.py measures it).
"""

import ctypes
from dataclasses import dataclass
from typing import Any, NoReturn

import orjson
from wasmtime import Func, Global, Store, Trap, TrapCode, WasmtimeError
from wasmtime import _ffi as ffi

from gateway.policy.engine import Fault, Unavailable
from gateway.policy.linking import link
from gateway.policy.program import ModuleUnusable, Program

ENTRYPOINT = "airlock/main/decision"
FUEL = 50_000_000  # about 6 ms of a two-GHz core; the default policies take 0.3 million steps
MEMORY_BYTES = 64 * 2**20
RESULT_BYTES = 2**20

_LOADING_FUEL = 2**40  # data is the operator's own and loaded once
_PAGE = 65_536
_CHUNK = 4_096


@dataclass(frozen=True, slots=True)
class Limits:
    """What one decision may take: steps of WebAssembly, and bytes of memory together with the data."""

    fuel: int = FUEL
    memory_bytes: int = MEMORY_BYTES


class Instance:
    """A store, its memory and the one export that a decision needs. Serves one thread at a time.

    Raises:
        ModuleUnusable: The module has another interface, lacks the entry point or wants functions of the host.
    """

    def __init__(self, program: Program, data: bytes, limits: Limits) -> None:
        self._store = Store(program.engine)
        self._store.set_limits(memory_size=limits.memory_bytes)
        self._store.set_fuel(_LOADING_FUEL)
        self._fuel = limits.fuel
        self._aborts: list[str] = []
        try:
            self._memory, self._exports = link(self._store, program, self._aborts)
            self._check_interface()
            self._data, self._heap = self._load(data)
        except (Trap, WasmtimeError, KeyError, Unavailable) as exc:
            raise ModuleUnusable(f"the policy module can't be started: {exc}") from exc
        self._prepare(self._exports["opa_eval"])

    def evaluate(self, document: bytes) -> bytes:
        """Evaluate the entry point and give OPA's result set as JSON.

        Raises:
            Unavailable: Fuel, memory or another trap: the instance is in an unknown state, throw it away.
        """
        store, end = self._store, self._heap + len(document)
        self._reserve(end)
        store.set_fuel(self._fuel)
        ctypes.memmove(self._base() + self._heap, document, len(document))
        self._length.i32 = len(document)
        self._scratch.i32 = _aligned(end)
        error: Any = ffi.wasmtime_func_call(self._context, self._func, self._arguments, 7, self._result, 1, self._trap)
        if error:
            raise Unavailable(Fault.TRAP) from WasmtimeError._from_ptr(error)  # noqa: SLF001 - see the docstring
        if self._trap_pointer:
            self._fail()
        return self._text(self._returned.i32 & 0xFFFFFFFF)

    def _prepare(self, evaluate: Func) -> None:
        # opa_eval(reserved, entrypoint, data, input, input length, heap, format 0 = JSON)
        self._context = self._store._context()  # noqa: SLF001 - see the module's docstring
        self._func = ctypes.byref(evaluate._func)  # noqa: SLF001 - likewise
        self._arguments = (ffi.wasmtime_val_t * 7)()
        values = (0, self._entrypoint, self._data, self._heap, 0, 0, 0)
        for argument, value in zip(self._arguments, values, strict=True):
            argument.kind, argument.of.i32 = ffi.WASMTIME_I32.value, value
        self._length, self._scratch = self._arguments[4].of, self._arguments[5].of
        self._result = (ffi.wasmtime_val_t * 1)()
        self._returned = self._result[0].of
        self._trap_pointer: Any = ctypes.POINTER(ffi.wasm_trap_t)()
        self._trap = ctypes.byref(self._trap_pointer)

    def _check_interface(self) -> None:
        version, minor = (self._number(f"opa_wasm_abi_{name}version") for name in ("", "minor_"))
        if version != 1 or minor < 2:  # opa_eval came with 1.2
            raise ModuleUnusable(f"the policy module has interface {version}.{minor}; 1.2 or a later 1.x is needed")
        if wanted := self._listing("builtins"):
            raise ModuleUnusable(f"the policy module needs builtins that run outside of it: {', '.join(wanted)}")
        entrypoints = self._listing("entrypoints")
        if ENTRYPOINT not in entrypoints:
            raise ModuleUnusable(f"the policy module has no entry point {ENTRYPOINT}")
        self._entrypoint = entrypoints[ENTRYPOINT]

    def _load(self, data: bytes) -> tuple[int, int]:
        address = self._call("opa_malloc", len(data))
        ctypes.memmove(self._base() + address, data, len(data))
        value = self._call("opa_json_parse", address, len(data))
        if not value:
            raise ModuleUnusable("the policy data is not JSON")
        return value, _aligned(self._call("opa_heap_ptr_get"))

    def _call(self, name: str, *arguments: int) -> int:
        function = self._exports[name]
        if not isinstance(function, Func):
            raise KeyError(name)
        return int(function(self._store, *arguments)) & 0xFFFFFFFF

    def _number(self, name: str) -> int:
        value = self._exports[name]
        if not isinstance(value, Global):
            raise KeyError(name)
        return int(value.value(self._store))

    def _listing(self, name: str) -> dict[str, int]:
        listing: dict[str, int] = orjson.loads(self._text(self._call("opa_json_dump", self._call(name))))
        return listing

    def _base(self) -> int:
        return ctypes.addressof(self._memory.data_ptr(self._store).contents)

    def _reserve(self, end: int) -> None:
        missing = end + _PAGE - self._memory.data_len(self._store)
        if missing <= 0:
            return
        try:
            self._memory.grow(self._store, -(-missing // _PAGE))
        except WasmtimeError as exc:
            raise Unavailable(Fault.MEMORY) from exc

    def _text(self, address: int) -> bytes:
        """Copy a string that ends in a zero byte, never reading past the module's memory."""
        size = _CHUNK
        while size <= RESULT_BYTES:
            room = self._memory.data_len(self._store) - address
            text = ctypes.string_at(self._base() + address, min(size, room)) if room > 0 else b""
            end = text.find(0)
            if end >= 0:
                return text[:end]
            size *= 4 if size < room else RESULT_BYTES
        raise Unavailable(Fault.MALFORMED)

    def _fail(self) -> NoReturn:
        trap = Trap._from_ptr(self._trap_pointer)  # noqa: SLF001 - see the module's docstring
        if trap.trap_code is TrapCode.OUT_OF_FUEL:
            raise Unavailable(Fault.FUEL) from trap
        if any(message.startswith("opa_malloc") for message in self._aborts):
            raise Unavailable(Fault.MEMORY) from trap
        raise Unavailable(Fault.TRAP) from trap


def _aligned(address: int) -> int:
    return (address + 7) & ~7
