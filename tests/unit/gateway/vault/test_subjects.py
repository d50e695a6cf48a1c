import pytest

from gateway.vault.subjects import digests

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("Ann Lee", "ann  LEE"),
        ("ann@Example.com", "Ann@example.COM"),
        ("+44 20 7946 0958", "+442079460958"),
        ("DE89 3704 0044 0532 0130 00", "de89370400440532013000"),
        ("Zoe\u0308", "Zo\u00eb"),
    ],
)
def test_a_value_is_found_however_it_is_written(kept: str, asked: str) -> None:
    assert not digests(KEY, [kept]).isdisjoint(digests(KEY, [asked]))


@pytest.mark.parametrize("other", ["Ann", "Ann Leeds", "", "ann.lee@example.com"])
def test_another_value_is_not(other: str) -> None:
    assert digests(KEY, ["Ann Lee"]).isdisjoint(digests(KEY, [other]))


def test_digests_are_keyed_and_short() -> None:
    assert digests(KEY, ["Ann"]).isdisjoint(digests(b"x" * 32, ["Ann"]))
    assert {len(digest) for digest in digests(KEY, ["Ann"])} == {16}
