"""Joins a policy module to its memory and to the few functions that it may call outside."""

from typing import Any, NoReturn

from wasmtime import Func, FuncType, Linker, Memory, MemoryType, Store, WasmtimeError

from gateway.policy.program import ModuleUnusable, Program


def link(store: Store, program: Program, aborts: list[str]) -> tuple[Memory, Any]:
    """Instantiate a module in a store; gives its memory and its exports.

    What the module says when it gives up is appended to `aborts`.

    Raises:
        ModuleUnusable: The module imports something else than a compiled policy does.
        WasmtimeError: It can't be instantiated, for want of memory for instance.
    """
    linker = Linker(program.engine)
    memory: Memory | None = None
    for wanted in program.module.imports:
        if isinstance(wanted.type, MemoryType):
            memory = Memory(store, wanted.type)
            linker.define(store, wanted.module, str(wanted.name), memory)
    if memory is None:
        raise ModuleUnusable("the policy module imports no memory")
    for wanted in program.module.imports:
        if isinstance(wanted.type, FuncType):
            function = _opa_abort(store, memory, aborts) if wanted.name == "opa_abort" else _refuse
            linker.define(store, wanted.module, str(wanted.name), Func(store, wanted.type, function))
    return memory, linker.instantiate(store, program.module).exports(store)


def _opa_abort(store: Store, memory: Memory, aborts: list[str]) -> Any:
    def opa_abort(address: int) -> None:
        # The module traps by itself right after; the message tells want of memory from other causes.
        start = address & 0xFFFFFFFF
        aborts.append(bytes(memory.read(store, start, start + 64)).partition(b"\0")[0].decode(errors="replace"))

    return opa_abort


def _refuse(*_: int) -> NoReturn:
    raise WasmtimeError("the policy module called a function of the host")
