"""Compiles policies: Rego in, a WebAssembly module with its manifest out. The same sources give the same bytes."""

import hashlib
import re
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from gateway.policy.archive import DATA, MANIFEST, MODULE, BundleUnusable, read_files
from gateway.policy.bundle import Bundle, digest_of, parse_data, rego_sources, shipped, source_digests
from gateway.policy.instance import ENTRYPOINT
from gateway.policy.opa_command import OpaCommand, OpaFailed

TESTS = "*_test.rego"
CAPABILITIES = "capabilities.json"

_PACKAGE = re.compile(rb"^package\s+(\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A module and its manifest, as files of the bundle."""

    module: bytes
    manifest: bytes

    def write(self, folder: Path) -> None:
        """Put both files into the bundle's folder."""
        for path, content in ((MODULE, self.module), (MANIFEST, self.manifest)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def build(folder: Path, opa: OpaCommand) -> Compiled:
    """Compile the policies of a folder laid out like `policies/`; nothing is written to it.

    Raises:
        BundleUnusable: The folder can't be read or has no policies.
        OpaFailed: A policy is wrong or uses a builtin that is not allowed; the message names file and line.
    """
    sources = rego_sources(read_files(folder))
    if not sources:
        raise BundleUnusable(f"{folder} has no policies (*.rego)")
    module = _compile(folder, opa)
    manifest = {
        "entrypoint": ENTRYPOINT,
        "module": hashlib.sha256(module).hexdigest(),
        "opa": opa.version(),
        "reads": _reads(folder, opa),
        "sources": source_digests(sources),
    }
    text = orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return Compiled(module, text)


def capabilities(folder: Path) -> Path:
    """Give the list of builtins that policies of this folder may use: its own, else the shipped one."""
    own = folder / CAPABILITIES
    return own if own.is_file() else shipped() / CAPABILITIES


def archive_files(folder: Path, compiled: Compiled, data: Path | None = None) -> tuple[str, Mapping[str, bytes]]:
    """Give a bundle's digest, and the files that both OPA and the gateway can load it from.

    OPA serves the digest as the bundle's revision. The compiled module has a name that OPA overlooks.

    Raises:
        BundleUnusable: The folder can't be read or the data is not valid.
    """
    files = read_files(folder)
    sources = rego_sources(files)
    origin = data or folder / DATA
    try:
        text = parse_data(origin.read_bytes(), files, str(origin))
    except OSError as exc:
        raise BundleUnusable(f"{origin} can't be read: {exc.strerror}") from exc
    digest = digest_of(source_digests(sources), text)
    manifest = orjson.dumps({"revision": digest, "roots": _roots(sources, text)}, option=orjson.OPT_SORT_KEYS)
    schemas = {path: content for path, content in files.items() if path.startswith("schemas/")}
    parts = {".manifest": manifest, DATA: text, MODULE: compiled.module, MANIFEST: compiled.manifest}
    return digest, {**sources, **schemas, **parts}


def _compile(folder: Path, opa: OpaCommand) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch, "bundle.tar.gz")
        limits = ["--capabilities", str(capabilities(folder).resolve()), "--ignore", TESTS]
        opa.run(["build", "-t", "wasm", "-e", ENTRYPOINT, "-o", str(target), *limits, "--bundle", "."], folder)
        with tarfile.open(target) as tar:
            member = tar.extractfile("/policy.wasm")
            if member is None:
                raise OpaFailed("opa build gave no module")
            return member.read()


def _reads(folder: Path, opa: OpaCommand) -> list[str]:
    """List what the entry point reads of the input, as the compiler sees it."""
    text = opa.run(["deps", "--bundle", ".", "--format", "json", f"data.{ENTRYPOINT.replace('/', '.')}"], folder)
    references: list[list[dict[str, Any]]] = orjson.loads(text).get("base", [])
    paths = (".".join(str(term["value"]) for term in reference) for reference in references)
    return sorted(path for path in set(paths) if path == "input" or path.startswith("input."))


def _roots(sources: Mapping[str, bytes], data: bytes) -> list[str]:
    packages = {match[1].decode() for text in sources.values() for match in _PACKAGE.finditer(text)}
    return sorted(packages | orjson.loads(data).keys())


def bundle_of(folder: Path, compiled: Compiled, data: Path | None = None) -> Bundle:
    """Give the bundle of a fresh compilation, without writing it anywhere.

    Raises:
        BundleUnusable: The folder can't be read or the data is not valid.
    """
    digest, files = archive_files(folder, compiled, data)
    reads = tuple(orjson.loads(compiled.manifest)["reads"])
    return Bundle(digest, compiled.module, files[DATA], reads, rego_sources(files))
