from pathlib import Path

import pytest

from audit.bundle import BundleSource
from audit.bundle import write as write_bundle
from audit.errors import StoreUnavailable, StoreUnreadable
from audit.export import export
from audit.reading import Filter, list_records
from audit.signed_note import Signer, generate
from audit.source import open_source
from audit.verdict import Kind, Report
from audit.verify import verify
from tests.unit.audit.logbook import fill, opened, tamper, write


@pytest.fixture
def bundle(url: str, signer: Signer, tmp_path: Path) -> Path:
    fill(url, signer, 11, per_round=4)
    file = tmp_path / "log.jsonl"
    export(url, signer, file)
    return file


def check(file: Path, signer: Signer) -> Report:
    return verify(BundleSource(file, signer.verifier()), signer.verifier())


def test_a_bundle_verifies_far_from_its_database(bundle: Path, signer: Signer) -> None:
    report = check(bundle, signer)
    assert report.ok
    assert (report.size, report.signed, report.pending) == (12, 12, 0)


def test_an_export_is_in_the_log_and_in_the_bundle(bundle: Path, url: str) -> None:
    (record,) = list_records(url, Filter(type="log.exported"))
    assert record.id in bundle.read_text()


def test_no_byte_of_a_bundle_can_be_changed(bundle: Path, signer: Signer) -> None:
    raw = bundle.read_bytes()
    unseen = []
    for place in range(len(raw)):
        bundle.write_bytes(raw[:place] + bytes([raw[place] ^ 1 << place % 7]) + raw[place + 1 :])
        try:
            if check(bundle, signer).ok:
                unseen.append(place)
        except StoreUnreadable:
            assert place < 10, "only a first line that is none makes a file no bundle"
    assert unseen == []


@pytest.mark.parametrize(
    ("edit", "kinds"),
    [
        pytest.param(lambda lines: lines[:-1], {Kind.MALFORMED}, id="no last line"),
        pytest.param(
            lambda lines: lines[:4] + lines[5:], {Kind.MISSING, Kind.ROOT, Kind.MALFORMED}, id="no fourth leaf"
        ),
        pytest.param(lambda lines: lines[:8], {Kind.UNSIGNED, Kind.MALFORMED}, id="cut"),
        pytest.param(lambda lines: [*lines, lines[1]], {Kind.MALFORMED}, id="something after the end"),
        pytest.param(lambda lines: [*lines[:3], lines[1], *lines[3:]], {Kind.MALFORMED}, id="a leaf twice"),
    ],
)
def test_missing_and_surplus_lines_are_named(bundle: Path, signer: Signer, edit: object, kinds: set[Kind]) -> None:
    bundle.write_bytes(b"".join(edit(bundle.read_bytes().splitlines(keepends=True))))
    assert {fault.kind for fault in check(bundle, signer).faults} == kinds


def test_a_bundle_of_another_log_is_refused(bundle: Path) -> None:
    kinds = {fault.kind for fault in check(bundle, generate("other.example")).faults}
    assert kinds == {Kind.WRONG_KEY}


def test_a_damaged_log_s_bundle_shows_the_damage(bundle: Path, url: str, path: Path, signer: Signer) -> None:
    tamper(path, "UPDATE record SET canonical = replace(canonical, 'allow', 'block') WHERE decision = 'allow'")
    again = bundle.with_name("again.jsonl")
    export(url, signer, again)
    assert {fault.kind for fault in check(again, signer).faults} == {Kind.MISMATCH}


def test_records_without_a_number_are_in_the_bundle(bundle: Path, url: str, signer: Signer) -> None:
    write(url, [late := opened()])
    with bundle.open("wb") as file, open_source(url) as source:
        assert write_bundle(source, signer.verifier(), file)["unnumbered"] == 1
    report = check(bundle, signer)
    assert report.ok
    assert [fault.record_id for fault in report.warnings] == [late.id]


def test_an_export_never_overwrites(bundle: Path, url: str, signer: Signer) -> None:
    before = bundle.read_bytes()
    with pytest.raises(StoreUnavailable, match="can't be written"):
        export(url, signer, bundle)
    assert bundle.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"{}\n", b"PK\x03\x04"])
def test_another_file_is_no_bundle(tmp_path: Path, signer: Signer, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(StoreUnreadable):
        BundleSource(tmp_path / "x", signer.verifier())
