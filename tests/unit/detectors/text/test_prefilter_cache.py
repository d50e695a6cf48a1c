import os
import stat

import pytest

from detectors.text.prefilter_cache import PrefilterCache


@pytest.fixture
def cache(tmp_path):
    made = PrefilterCache(tmp_path / "prefilter")
    assert made.store("name", b"content" * 100)
    return made


def test_what_was_stored_is_loaded(cache):
    assert cache.load("name") == b"content" * 100


def test_files_and_folder_belong_to_this_user_alone(cache):
    assert stat.S_IMODE((cache.folder / "name").stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700


def test_nothing_is_left_behind_but_the_file(cache):
    cache.store("name", b"other")
    assert [path.name for path in cache.folder.iterdir()] == ["name"]
    assert cache.load("name") == b"other"


def flip_a_bit(cache):
    path = cache.folder / "name"
    whole = bytearray(path.read_bytes())
    whole[-1] ^= 1
    path.write_bytes(whole)


def cut_short(cache):
    path = cache.folder / "name"
    path.write_bytes(path.read_bytes()[:-10])


def empty(cache):
    (cache.folder / "name").write_bytes(b"")


def rename(cache):
    (cache.folder / "name").rename(cache.folder / "old")
    cache.store("other", b"foreign")
    (cache.folder / "other").rename(cache.folder / "name")


def let_others_write(cache):
    (cache.folder / "name").chmod(0o620)


def let_others_into_the_folder(cache):
    cache.folder.chmod(0o777)


def link(cache):
    (cache.folder / "name").rename(cache.folder / "target")
    (cache.folder / "name").symlink_to(cache.folder / "target")


@pytest.mark.parametrize(
    "harm", [flip_a_bit, cut_short, empty, rename, let_others_write, let_others_into_the_folder, link]
)
def test_a_file_that_cannot_be_trusted_is_as_good_as_absent(cache, harm):
    harm(cache)
    assert cache.load("name") is None


def test_a_folder_that_cannot_be_made_is_reported(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = PrefilterCache(tmp_path / "file" / "folder")
    assert cache.store("name", b"content") is False
    assert cache.load("name") is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_not_trusted(cache):
    os.chown(cache.folder / "name", 12345, 12345)
    assert cache.load("name") is None
