import base64

import pytest

from audit.errors import BadNote, KeyFileFault
from audit.signed_note import Signer, WrongKey, generate, parse_signer, parse_verifier

# The key and note of Go's own tests (golang.org/x/mod/sumdb/note): two implementations must agree.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
GO_NOTE = f"{GO_TEXT}\n\u2014 PeterNeumann {GO_SIGNATURE}\n"


@pytest.fixture
def note(signer: Signer) -> str:
    return signer.sign("first\n\nlast\n")


def test_a_note_that_go_signed_opens_here() -> None:
    assert parse_verifier(GO_KEY).open(GO_NOTE) == GO_TEXT


def test_a_note_opens_with_its_key(signer: Signer, note: str) -> None:
    assert signer.verifier().open(note) == "first\n\nlast\n"


def test_keys_survive_their_text_form(signer: Signer, note: str) -> None:
    assert parse_verifier(signer.verifier().text()).open(parse_signer(signer.text()).sign("x\n")) == "x\n"


def test_a_foreign_signature_beside_ours_is_ignored(signer: Signer) -> None:
    ours = signer.sign("x\n")
    theirs = generate("witness.example").sign("x\n").splitlines()[-1]
    assert signer.verifier().open(ours + theirs + "\n") == "x\n"


@pytest.mark.parametrize("other", [generate("log.example"), generate("other.example")], ids=["same name", "other name"])
def test_another_key_opens_nothing(note: str, other: Signer) -> None:
    with pytest.raises(WrongKey):
        other.verifier().open(note)


def test_no_byte_of_a_note_can_be_changed(signer: Signer, note: str) -> None:
    raw = note.encode()
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(BadNote):
            signer.verifier().open(changed.decode(errors="surrogateescape"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x\n",
        "\n\n",
        "x\n\n",
        "x\n\n\u2014 log.example\n",
        "x\n\n\u2014 log.example !!!\n",
        "x\n\n- a AAAAAAA=\n",
    ],
)
def test_what_is_no_note_is_refused(signer: Signer, text: str) -> None:
    with pytest.raises(BadNote):
        signer.verifier().open(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name+id",
        "name+00000000+AA",
        "name+00000000+" + base64.b64encode(b"\x01" + bytes(32)).decode(),
        GO_KEY.replace("+AR", "+BR"),
        GO_KEY[:-1],
    ],
    ids=["empty", "two parts", "short", "wrong id", "wrong algorithm", "cut"],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyFileFault):
        parse_verifier(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "x" * 201])
def test_a_name_that_would_break_a_note_is_refused(name: str) -> None:
    with pytest.raises(KeyFileFault):
        generate(name)


def test_a_public_key_is_no_signing_key(signer: Signer) -> None:
    with pytest.raises(KeyFileFault):
        parse_signer(signer.verifier().text())


def test_the_secret_key_does_not_show(signer: Signer) -> None:
    assert signer.key.private_bytes_raw().hex() not in repr(signer)
    assert "Ed25519" not in repr(signer)
