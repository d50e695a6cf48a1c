"""The compiled policies in the tree are what the sources give."""

import json

import pytest

from gateway.policy.archive import MANIFEST, MODULE, read_files, write_archive
from gateway.policy.build import archive_files, build, bundle_of
from gateway.policy.bundle import load, rego_sources, shipped, source_digests
from gateway.policy.cases import read_cases, settings, written
from gateway.policy.opa_command import OpaCommand
from gateway.policy.wasm import WasmEngine
from tests.parts import require_opa

STALE = "policies/compiled is out of date: run `airlock policy build`"


def test_the_sources_are_those_that_were_compiled():
    files = read_files(shipped())
    assert json.loads(files[MANIFEST])["sources"] == source_digests(rego_sources(files)), STALE


@pytest.mark.integration
def test_compiling_again_gives_the_same():
    opa = OpaCommand.find(require_opa())
    files, fresh = read_files(shipped()), build(shipped(), opa)
    manifest = json.loads(files[MANIFEST])
    assert json.loads(fresh.manifest)["reads"] == manifest["reads"], STALE
    if manifest["opa"] == opa.version():  # another version's compiler may write other bytes
        assert fresh.module == files[MODULE], STALE
        assert fresh.manifest == files[MANIFEST], STALE


@pytest.mark.integration
async def test_compiling_again_decides_the_same():
    fresh = build(shipped(), OpaCommand.find(require_opa()))
    engine = WasmEngine(bundle_of(shipped(), fresh, settings(shipped())))
    for case in read_cases(shipped()):
        assert written(await engine.decide(case.document)) == case.expect, case.name


@pytest.mark.integration
def test_the_archive_has_the_digest_of_the_folder(tmp_path):
    compiled = build(shipped(), OpaCommand.find(require_opa()))
    digest, files = archive_files(shipped(), compiled)
    write_archive(files, tmp_path / "bundle.tar.gz")
    assert digest == load().digest == load(tmp_path / "bundle.tar.gz").digest
    assert json.loads(files[".manifest"]) == {
        "revision": digest,
        "roots": ["airlock", "labels", "profiles", "tenants", "use_cases"],
    }
