"""Bundles as folders and archives."""

import io
import tarfile

import pytest

from gateway.policy import archive
from gateway.policy.archive import BundleUnusable, read_files, write_archive

FILES = {
    ".manifest": b"{}",
    "airlock/main.rego": b"package airlock.main\n",
    "compiled/airlock.wasm": b"\0asm",
    "data.json": b"{}",
}


def test_an_archive_gives_back_what_was_written(tmp_path):
    write_archive(FILES, tmp_path / "b.tar.gz")
    assert read_files(tmp_path / "b.tar.gz") == FILES


def test_a_folder_gives_the_same_as_its_archive(tmp_path):
    for path, content in FILES.items():
        (tmp_path / "b" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "b" / path).write_bytes(content)
    assert read_files(tmp_path / "b") == FILES


def test_equal_files_give_equal_bytes(tmp_path):
    write_archive(FILES, tmp_path / "one.tar.gz")
    write_archive(dict(reversed(FILES.items())), tmp_path / "other.tar.gz")
    assert (tmp_path / "one.tar.gz").read_bytes() == (tmp_path / "other.tar.gz").read_bytes()


def test_names_as_opa_and_tar_write_them_are_understood(tmp_path):
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        for name in ("/data.json", "./airlock/main.rego", "./.manifest"):
            info = tarfile.TarInfo(name)
            info.size = 2
            tar.addfile(info, io.BytesIO(b"{}"))
    assert set(read_files(tmp_path / "b.tar.gz")) == {"data.json", "airlock/main.rego", ".manifest"}


def test_what_is_no_part_of_a_bundle_is_left_out(tmp_path):
    (tmp_path / "README.md").write_text("#")
    (tmp_path / "key.pem").write_text("-")
    (tmp_path / "data.json").write_text("{}")
    assert set(read_files(tmp_path)) == {"data.json"}


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08garbage"], ids=["empty", "text", "cut-off"])
def test_a_file_that_is_no_archive_says_so(tmp_path, content):
    (tmp_path / "b.tar.gz").write_bytes(content)
    with pytest.raises(BundleUnusable, match=r"it is no \.tar\.gz"):
        read_files(tmp_path / "b.tar.gz")


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(BundleUnusable, match="No such file"):
        read_files(tmp_path / "b.tar.gz")


@pytest.mark.parametrize(("name", "limit"), [("FILE_BYTES", 10), ("TOTAL_BYTES", 30)], ids=["one-file", "all-files"])
def test_a_bundle_that_is_too_large_is_refused(tmp_path, monkeypatch, name, limit):
    write_archive({f"{n}.json": b" " * 20 for n in range(3)}, tmp_path / "b.tar.gz")
    monkeypatch.setattr(archive, name, limit)
    with pytest.raises(BundleUnusable, match="MiB"):
        read_files(tmp_path / "b.tar.gz")
