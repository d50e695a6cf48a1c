"""A bundle: the policies in source and compiled form, their data, and the digest that names both.

The digest covers the entry point, every policy file (tests excepted) and the data, so records that state it say exactly
what decided; it is the same whether the bundle is a folder, an archive, embedded or served by OPA.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import orjson
import yaml

from gateway.policy.archive import DATA, MANIFEST, MODULE, BundleUnusable, read_files
from gateway.policy.instance import ENTRYPOINT
from gateway.policy.schema import SchemaUnknown, faults

SHOWN_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Bundle:
    """What an engine needs.

    `digest` is `sha256:` and 64 hex digits. `module` is WebAssembly, `data` canonical JSON, `reads` the references to
    the input that the policies read (None: not known). `sources` are the policy files by path, without tests.
    """

    digest: str
    module: bytes
    data: bytes
    reads: tuple[str, ...] | None
    sources: Mapping[str, bytes]


def shipped() -> Path:
    """Give the folder of the policies that come with Airlock."""
    return Path(str(package_files("policies")))


def load(bundle: Path | None = None, data: Path | None = None) -> Bundle:
    """Load a compiled bundle, by default the shipped one, and check that its parts belong together.

    Args:
        bundle: A folder laid out like `policies/`, or the `.tar.gz` that `airlock policy build -o` writes.
        data: A JSON or YAML file that takes the place of the bundle's own data.

    Raises:
        BundleUnusable: A part is missing, wrong or out of date; the message says which and what to do.
    """
    where = bundle or shipped()
    files = read_files(where)
    manifest = _manifest(files, where)
    sources = rego_sources(files)
    _check_fresh(files, sources, manifest, where)
    text, origin = _data_text(files, where, data)
    encoded = parse_data(text, files, origin)
    reads = manifest.get("reads")
    return Bundle(
        digest=digest_of(manifest["sources"], encoded),
        module=files[MODULE],
        data=encoded,
        reads=tuple(map(str, reads)) if isinstance(reads, list) else None,
        sources=sources,
    )


def rego_sources(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pick the policy files that decide: Rego without tests."""
    return {path: text for path, text in files.items() if path.endswith(".rego") and not path.endswith("_test.rego")}


def source_digests(sources: Mapping[str, bytes]) -> dict[str, str]:
    """Give each policy file's SHA-256 in hex."""
    return {path: hashlib.sha256(text).hexdigest() for path, text in sorted(sources.items())}


def digest_of(sources: Mapping[str, str], data: bytes) -> str:
    """Give the digest of a bundle from its files' digests and its canonical data."""
    parts = {"entrypoint": ENTRYPOINT, "sources": dict(sources), "data": hashlib.sha256(data).hexdigest()}
    return f"sha256:{hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()}"


def parse_data(text: bytes, files: Mapping[str, bytes], origin: str) -> bytes:
    """Read policy data from JSON or YAML, check it and write it as canonical JSON.

    Each top-level key must have a schema `schemas/<key>.json` among the files, and each such schema its key.

    Raises:
        BundleUnusable: With the first faults, each with its path.
    """
    try:
        value = orjson.loads(text) if origin.endswith(".json") else yaml.safe_load(text)
        data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError, yaml.YAMLError) as exc:
        raise BundleUnusable(f"{origin} can't be read: {' '.join(str(exc).split())}") from exc
    schema = {"type": "object", "additionalProperties": False, "properties": (parts := _schemas(files))}
    try:
        found = list(faults(value, {**schema, "required": sorted(parts)}, "data"))
    except SchemaUnknown as exc:
        raise BundleUnusable(f"{origin} can't be checked: {exc}") from exc
    if found:
        more = f" (and {len(found) - SHOWN_FAULTS} more)" if len(found) > SHOWN_FAULTS else ""
        raise BundleUnusable(f"{origin}: {'; '.join(found[:SHOWN_FAULTS])}{more}")
    return data


def _schemas(files: Mapping[str, bytes]) -> dict[str, Any]:
    names = [path for path in files if path.startswith("schemas/") and path != "schemas/input.json"]
    return {Path(path).stem: orjson.loads(files[path]) for path in names}


def _manifest(files: Mapping[str, bytes], where: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = orjson.loads(files[MANIFEST])
        if not isinstance(manifest["sources"], dict) or not isinstance(manifest["module"], str):
            raise BundleUnusable(f"{where}: {MANIFEST} is not one that `airlock policy build` writes")
    except KeyError as exc:
        raise BundleUnusable(f"{where} is not compiled: run `airlock policy build`") from exc
    except (orjson.JSONDecodeError, TypeError) as exc:
        raise BundleUnusable(f"{where}: {MANIFEST} is not one that `airlock policy build` writes") from exc
    return manifest


def _check_fresh(
    files: Mapping[str, bytes], sources: Mapping[str, bytes], manifest: Mapping[str, Any], where: Path
) -> None:
    if MODULE not in files or hashlib.sha256(files[MODULE]).hexdigest() != manifest["module"]:
        raise BundleUnusable(f"{where}: {MODULE} is not the one of its manifest: run `airlock policy build`")
    if source_digests(sources) != manifest["sources"]:
        raise BundleUnusable(f"{where}: the policies have changed since they were compiled: run `airlock policy build`")


def _data_text(files: Mapping[str, bytes], where: Path, data: Path | None) -> tuple[bytes, str]:
    if data is not None:
        try:
            return data.read_bytes(), str(data)
        except OSError as exc:
            raise BundleUnusable(f"{data} can't be read: {exc.strerror}") from exc
    if DATA not in files:
        raise BundleUnusable(f"{where} has no {DATA}")
    return files[DATA], str(where / DATA)
