import hashlib

import pytest

from audit.commitment import commit, opens


def test_a_commitment_opens_with_its_nonce_and_text_only() -> None:
    made = commit(b"anna@example.org")
    assert opens(made.digest, made.nonce, b"anna@example.org")
    assert not opens(made.digest, made.nonce, b"anna@example.com")
    assert not opens(made.digest, commit(b"").nonce, b"anna@example.org")


def test_the_same_text_never_gives_the_same_commitment_twice() -> None:
    assert commit(b"yes").digest != commit(b"yes").digest


def test_a_commitment_is_no_bare_hash() -> None:
    assert commit(b"yes").digest != hashlib.sha256(b"yes").digest()


def test_a_nonce_can_be_derived_by_the_caller() -> None:
    assert commit(b"yes", b"n" * 32) == commit(b"yes", b"n" * 32)


def test_moving_the_border_between_nonce_and_text_opens_nothing() -> None:
    made = commit(b"ab")
    assert not opens(made.digest, made.nonce[:-1], made.nonce[-1:] + b"ab")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_nonce_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commit(b"yes", b"n" * length)
