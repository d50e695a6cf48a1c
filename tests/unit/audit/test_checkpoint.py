import stat
from pathlib import Path

import pytest

from audit.checkpoint import Checkpoint, create_signer, load_signer, load_verifier, parse, verify
from audit.errors import BadNote, KeyFileFault
from audit.signed_note import Signer

# The example in c2sp.org/tlog-checkpoint.
TEXT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"


def test_the_specification_s_example_is_read_and_written() -> None:
    head = parse(TEXT)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert head.text() == TEXT


def test_extension_lines_are_allowed() -> None:
    assert parse(TEXT + "more\n").size == 20852163


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("origin\n1\n", id="no root"),
        pytest.param(TEXT[:-1], id="no last newline"),
        pytest.param(TEXT.replace("20852163", "020852163"), id="a leading zero"),
        pytest.param(TEXT.replace("20852163", "-1"), id="a sign"),
        pytest.param(TEXT.replace("20852163", "\u0661"), id="a digit of another script"),
        pytest.param(TEXT.replace("CsUY", "CsU"), id="a short root"),
        pytest.param(TEXT.replace("q2I=", "q2J="), id="spare bits in the root"),
        pytest.param(TEXT + "\n", id="an empty extension"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        parse(text)


def test_a_signed_checkpoint_verifies(signer: Signer) -> None:
    head = Checkpoint("log.example", 7, bytes(32))
    assert verify(head.sign(signer), signer.verifier()) == head


def test_a_checkpoint_about_another_log_is_refused(signer: Signer) -> None:
    with pytest.raises(BadNote, match="another log"):
        verify(Checkpoint("other.example", 7, bytes(32)).sign(signer), signer.verifier())


def test_a_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "log.key"
    made = create_signer(path, "log.example")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert load_signer(path, "log.example").text() == made.text()
    assert load_verifier(path.with_name("log.key.pub")).text() == made.verifier().text()


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    before = create_signer(path, "log.example").text()
    with pytest.raises(KeyFileFault, match="never overwritten"):
        create_signer(path, "log.example")
    assert load_signer(path).text() == before


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    create_signer(path, "log.example")
    path.chmod(0o640)
    with pytest.raises(KeyFileFault, match="chmod 600"):
        load_signer(path)


def test_a_key_of_another_origin_is_refused(tmp_path: Path) -> None:
    create_signer(tmp_path / "log.key", "log.example")
    with pytest.raises(KeyFileFault, match=r"not for other\.example"):
        load_signer(tmp_path / "log.key", "other.example")


def test_a_missing_or_strange_key_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyFileFault, match="can't be read"):
        load_signer(tmp_path / "none")
    (tmp_path / "odd").write_bytes(b"\xff\xfe")
    with pytest.raises(KeyFileFault, match="no text"):
        load_verifier(tmp_path / "odd")
