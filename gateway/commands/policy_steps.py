"""What `airlock policy` does: steps that each say in one line whether all is well, and what is wrong if not."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import typer
from rich.console import Console
from rich.markup import escape

from gateway.policy import build as compiler
from gateway.policy.archive import DATA, BundleUnusable, read_files, write_archive
from gateway.policy.bundle import load, parse_data, shipped
from gateway.policy.cases import Case, read_cases, settings, written
from gateway.policy.engine import Engine
from gateway.policy.opa import OpaEngine
from gateway.policy.opa_command import OpaCommand, OpaFailed, OpaMissing
from gateway.policy.program import ModuleUnusable
from gateway.policy.thresholds import retuned
from gateway.policy.wasm import WasmEngine

WRONG, UNABLE = 1, 2
SERVER_TIMEOUT_S = 5.0  # cases are about what OPA decides, not how soon


def check(folder: Path | None, opa: str) -> None:
    """Check format, types, references, builtins, data and the compiled form of a folder, by default the shipped one.

    Raises:
        typer.Exit: With `WRONG` or `UNABLE`.
    """
    console, where = Console(highlight=False), folder or shipped()
    with _unable(console):
        command = OpaCommand.find(opa)
    strict = ["check", "--strict", "--schema", "schemas", "--bundle", "."]
    limited = ["check", "--ignore", compiler.TESTS, "--capabilities", str(compiler.capabilities(where).resolve())]
    steps: list[tuple[str, Callable[[], object]]] = [
        ("Format (opa fmt mends it: opa fmt -w .)", lambda: command.run(["fmt", "--list", "--fail", "."], where)),
        ("Types and references", lambda: command.run(strict, where)),
        ("Builtins that both engines have", lambda: command.run([*limited, "--bundle", "."], where)),
        ("Data fits its schemas", lambda: _check_data(where)),
        ("Compiled form is current", lambda: load(where)),
    ]
    # Every step runs, so that the author sees all faults at once.
    results = [_step(console, title, action) for title, action in steps]
    if not all(results):
        raise typer.Exit(WRONG)


def run_tests(folder: Path | None, opa: str) -> None:
    """Run the policies' tests, and the cases through every engine at hand.

    Raises:
        typer.Exit: With `WRONG` or `UNABLE`.
    """
    console, where = Console(highlight=False), folder or shipped()
    with _unable(console):
        cases = read_cases(where)
        command = _find(opa)
        compiled = compiler.build(where, command) if command else None
        data = settings(where)
        bundle = compiler.bundle_of(where, compiled, data) if compiled else load(where, data)
        embedded = WasmEngine(bundle)
    passed = True
    if command:
        passed &= _step(console, "Tests beside the policies", lambda: _run_tests(command, where))
    passed &= _step(console, f"{len(cases)} cases, embedded engine", lambda: _run_cases(embedded, cases))
    if command and compiled:
        passed &= _step(console, f"{len(cases)} cases, OPA server", lambda: _serve(command, where, compiled, cases))
    else:
        console.print("[yellow]-[/] Not run without `opa`: tests beside the policies; cases on an OPA server.")
    if not passed:
        raise typer.Exit(WRONG)


def build(folder: Path | None, output: Path | None, data: Path | None, opa: str) -> None:
    """Compile the policies into the folder's `compiled/`, or into one archive to publish.

    Raises:
        typer.Exit: With `WRONG` or `UNABLE`.
    """
    console, where = Console(highlight=False), folder or shipped()
    with _unable(console):
        compiled = compiler.build(where, OpaCommand.find(opa))
        digest, files = compiler.archive_files(where, compiled, data)
        if output is None:
            compiled.write(where)
        else:
            write_archive(files, output)
    console.print(f"[green]✓[/] {escape(str(output or where / 'compiled'))}", soft_wrap=True)
    console.print(f"  {digest}", soft_wrap=True)


def retune(thresholds: Path, data: Path | None) -> None:
    """Write an encoder's thresholds into a file of policy data, by default the shipped one.

    Raises:
        typer.Exit: With `UNABLE`.
    """
    console, target = Console(highlight=False), data or shipped() / DATA
    with _unable(console):
        try:
            target.write_text(retuned(target.read_text(), thresholds.read_bytes()))
        except OSError as exc:
            raise BundleUnusable(f"{exc.filename}: {exc.strerror}") from exc
    console.print(f"[green]✓[/] {escape(str(target))}", soft_wrap=True)


@contextmanager
def _unable(console: Console) -> Iterator[None]:
    try:
        yield
    except OpaFailed as exc:
        console.print(f"[red]✗[/] {escape(str(exc))}", soft_wrap=True)
        raise typer.Exit(WRONG) from exc
    except (OpaMissing, BundleUnusable, ModuleUnusable) as exc:
        console.print(f"[red]✗[/] {escape(str(exc))}")
        raise typer.Exit(UNABLE) from exc


def _step(console: Console, title: str, action: Callable[[], object]) -> bool:
    try:
        action()
    except (OpaFailed, BundleUnusable, ModuleUnusable) as exc:
        console.print(f"[red]✗[/] {title}")
        for line in str(exc).splitlines():
            console.print(f"    {escape(line)}", soft_wrap=True)
        return False
    console.print(f"[green]✓[/] {title}")
    return True


def _find(opa: str) -> OpaCommand | None:
    try:
        return OpaCommand.find(opa)
    except OpaMissing:
        return None


def _check_data(folder: Path) -> None:
    files = read_files(folder)
    if DATA not in files:
        raise BundleUnusable(f"{folder} has no {DATA}")
    parse_data(files[DATA], files, str(folder / DATA))


def _run_tests(opa: OpaCommand, folder: Path) -> None:
    opa.run(["test", "--bundle", "."], folder)


def _run_cases(engine: Engine, cases: list[Case]) -> None:
    async def decided() -> list[str]:
        try:
            return [fault for case in cases for fault in await _compare(engine, case)]
        finally:
            await engine.close()

    if faults := asyncio.run(decided()):
        raise OpaFailed("\n".join(faults))


async def _compare(engine: Engine, case: Case) -> list[str]:
    got = written(await engine.decide(case.document))
    if got == case.expect:
        return []
    fields = [name for name in got if got[name] != case.expect.get(name)] or ["fields that no decision has"]
    lines = [f"  {name}: {_json(got.get(name))}, expected {_json(case.expect.get(name))}" for name in fields]
    return [f"{case.name}: {case.note}", *lines]


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _serve(opa: OpaCommand, folder: Path, compiled: compiler.Compiled, cases: list[Case]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(scratch, "bundle.tar.gz")
        write_archive(compiler.archive_files(folder, compiled, settings(folder))[1], archive)
        with opa.serving(archive) as url:
            _run_cases(OpaEngine(url, timeout_s=SERVER_TIMEOUT_S), cases)
