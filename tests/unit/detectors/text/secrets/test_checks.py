import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.text.secrets.checks import (
    entropy,
    github_checksum,
    is_placeholder,
    jwt_header,
    looks_random,
    url_password,
)

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@given(st.text(BASE62, min_size=30, max_size=30))
def test_a_token_with_its_own_checksum_is_proven(body):
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = BASE62[digit] + digits
    assert github_checksum("ghp_" + body + digits) is True
    assert github_checksum("ghp_" + body + ("A" if digits[0] != "A" else "B") + digits[1:]) is None


@pytest.mark.parametrize(
    ("token", "genuine"),
    [
        ("eyJhbGciOiJIUzI1NiJ9.e30.sig", True),
        ("eyJ0eXAiOiJKV1QifQ.e30.sig", False),
        ("eyJhbGci.e30.sig", False),
        ("ey!!.e30.sig", False),
        ("WyJhbGciXQ.e30.sig", False),
    ],
    ids=["names an algorithm", "names none", "cut JSON", "not base64", "a list"],
)
def test_a_token_header_must_name_its_algorithm(token, genuine):
    assert jwt_header(token) is genuine


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("tr0ub4dor&3", None),
        ("aaaa1111", False),
        ("onlylowercase", False),
        ("${DB_PASS1}", False),
        ("Your_Key_1", False),
    ],
)
def test_a_value_must_look_chosen_at_random(value, verdict):
    assert looks_random(value) is verdict


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("postgres://app:s3cr3t@db/x", None),
        ("postgres://app:app@db/x", False),
        ("postgres://app:<password>@db/x", False),
        ("redis://:s3cr3t-1@cache", None),
    ],
)
def test_a_url_must_hold_a_real_password(url, verdict):
    assert url_password(url) is verdict


@pytest.mark.parametrize(("value", "bits"), [("aaaa", 0.0), ("abab", 1.0), ("abcdefgh", 3.0)])
def test_entropy_counts_bits_a_character(value, bits):
    assert entropy(value) == pytest.approx(bits)


@pytest.mark.parametrize("value", ["<token>", "%PASSWORD%", "my-EXAMPLE-key", "xxxx-xxxx"])
def test_placeholders_are_known(value):
    assert is_placeholder(value)
