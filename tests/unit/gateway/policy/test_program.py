"""The cache of compiled modules: ours alone, or not at all."""

import pytest
from wasmtime import wat2wasm

from gateway.policy import program as module_under_test
from gateway.policy.instance import Instance, Limits
from gateway.policy.program import ModuleUnusable, compile_program

WASM = bytes(wat2wasm('(module (func (export "f")))'))


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def cached(cache):
    return sorted(cache.iterdir())


@pytest.fixture
def compilations(monkeypatch):
    """Counts how often a module is really compiled."""
    count = []
    real = module_under_test.Module

    class Counting(real):
        def __init__(self, engine, wasm):
            count.append(len(wasm))
            super().__init__(engine, wasm)

    monkeypatch.setattr(module_under_test, "Module", Counting)
    return count


def test_the_second_start_loads_what_the_first_compiled(cache, compilations):
    compile_program(WASM, cache)
    compile_program(WASM, cache)
    assert len(compilations) == 1
    assert len(cached(cache)) == 1
    assert cache.stat().st_mode & 0o777 == 0o700
    assert cached(cache)[0].stat().st_mode & 0o777 == 0o600


def test_without_a_cache_each_start_compiles(compilations):
    compile_program(WASM)
    compile_program(WASM)
    assert len(compilations) == 2


def test_another_module_has_another_file(cache):
    compile_program(WASM, cache)
    compile_program(bytes(wat2wasm('(module (func (export "g")))')), cache)
    assert len(cached(cache)) == 2


def test_a_folder_that_others_may_enter_is_not_used(cache, compilations):
    cache.mkdir(mode=0o755)
    compile_program(WASM, cache)
    compile_program(WASM, cache)
    assert len(compilations) == 2
    assert cached(cache) == []


def test_a_link_to_a_folder_is_not_used(cache, tmp_path):
    (tmp_path / "real").mkdir(mode=0o700)
    cache.symlink_to(tmp_path / "real")
    compile_program(WASM, cache)
    assert list((tmp_path / "real").iterdir()) == []


def test_a_file_that_others_may_read_is_not_loaded(cache, compilations):
    compile_program(WASM, cache)
    cached(cache)[0].chmod(0o644)
    compile_program(WASM, cache)
    assert len(compilations) == 2


def test_a_link_in_place_of_the_file_is_not_loaded(cache, compilations, tmp_path):
    compile_program(WASM, cache)
    file = cached(cache)[0]
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    compile_program(WASM, cache)
    assert len(compilations) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[: len(content) // 2], id="cut-off"),
        pytest.param(lambda content: content[:-1] + bytes([content[-1] ^ 1]), id="one-bit"),
        pytest.param(lambda content: b"", id="empty"),
        pytest.param(lambda content: b"\x7fELF" + content, id="shifted"),
    ],
)
def test_a_damaged_file_is_compiled_anew_and_mended(cache, compilations, damage):
    compile_program(WASM, cache)
    file = cached(cache)[0]
    file.write_bytes(damage(file.read_bytes()))
    compile_program(WASM, cache)
    compile_program(WASM, cache)
    assert len(compilations) == 2


def test_bytes_that_are_no_module_are_refused(cache):
    with pytest.raises(ModuleUnusable, match="no WebAssembly module"):
        compile_program(b"not a module", cache)


MEMORY = '(import "env" "memory" (memory 2))'
VERSION = '(global (export "opa_wasm_abi_version") i32 (i32.const {}))'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("(module)", "imports no memory", id="no-memory"),
        pytest.param(f"(module {MEMORY})", "can't be started", id="no-exports"),
        pytest.param(
            f'(module {MEMORY} {VERSION.format(2)}(global (export "opa_wasm_abi_minor_version") i32 (i32.const 0)))',
            r"interface 2\.0",
            id="another-interface",
        ),
        pytest.param('(module (import "env" "memory" (memory 9999)))', "can't be started", id="too-much-memory"),
    ],
)
def test_a_module_that_is_no_policy_is_refused(text, message):
    with pytest.raises(ModuleUnusable, match=message):
        Instance(compile_program(bytes(wat2wasm(text))), b"{}", Limits())
