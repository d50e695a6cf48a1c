"""Checkpoints (C2SP tlog-checkpoint): the log's size and root, signed; and the file of the key that signs them."""

import base64
import binascii
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from audit.errors import BadNote, KeyFileFault
from audit.merkle import HASH_BYTES
from audit.signed_note import Signer, Verifier, generate, parse_signer, parse_verifier

PUBLIC_SUFFIX = ".pub"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The tree's head: `root` (32 bytes) over the first `size` leaves of the log named `origin`."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Give the note's text: origin, size and root, a line each."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def sign(self, signer: Signer) -> str:
        """Give the signed note. The signer's name should be the origin."""
        return signer.sign(self.text())


def parse(text: str) -> Checkpoint:
    """Read a checkpoint's text, without its signatures. Extension lines are allowed and ignored.

    Raises:
        BadNote: It is not one.
    """
    lines = text.split("\n")
    if len(lines) < 4 or not all(lines[:-1]) or lines[-1]:
        raise BadNote("a checkpoint has an origin, a size and a root, a line each")
    origin, size, encoded = lines[:3]
    if not (size.isascii() and size.isdecimal()) or (size[0] == "0" and size != "0"):
        raise BadNote("a checkpoint's size is a decimal number without leading zeroes")
    try:
        root = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise BadNote("a checkpoint's root is malformed") from exc
    if len(root) != HASH_BYTES or base64.b64encode(root).decode() != encoded:
        raise BadNote("a checkpoint's root has 32 bytes, spelled in one way only")
    return Checkpoint(origin, int(size), root)


def verify(note: str, verifier: Verifier) -> Checkpoint:
    """Read a signed checkpoint that this key signed, for the log of the key's name.

    Raises:
        BadNote: It is malformed, another key's, wrongly signed, or another log's.
    """
    checkpoint = parse(verifier.open(note))
    if checkpoint.origin != verifier.name:
        raise BadNote("the checkpoint is about another log")
    return checkpoint


def create_signer(path: Path, origin: str) -> Signer:
    """Make a signing key: `path` (mode 0600) holds the secret, `path` + `.pub` the public key.

    Both are on disk when this returns. The folder is made with mode 0700.

    Raises:
        KeyFileFault: The file is already there (it is never overwritten) or can't be written.
    """
    signer = generate(origin)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(path, signer.text(), 0o600)
        _write_new(path.with_name(path.name + PUBLIC_SUFFIX), signer.verifier().text(), 0o644)
    except FileExistsError as exc:
        raise KeyFileFault(f"{exc.filename} is already there; a signing key is never overwritten") from exc
    except OSError as exc:
        raise KeyFileFault(f"{path} can't be written: {exc.strerror}") from exc
    return signer


def load_signer(path: Path, origin: str | None = None) -> Signer:
    """Read a signing key from its file.

    Raises:
        KeyFileFault: It is missing, malformed, readable by others, or signs for another origin.
    """
    signer = parse_signer(_read(path, private=True))
    if origin is not None and signer.name != origin:
        raise KeyFileFault(f"{path} signs for {signer.name}, not for {origin}")
    return signer


def load_verifier(path: Path) -> Verifier:
    """Read a public key from its file.

    Raises:
        KeyFileFault: It is missing or malformed.
    """
    return parse_verifier(_read(path, private=False))


def _read(path: Path, *, private: bool) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read(10_000)
    except (OSError, UnicodeDecodeError) as exc:
        raise KeyFileFault(f"{path} can't be read: {getattr(exc, 'strerror', None) or 'it is no text'}") from exc
    if private and os.name == "posix" and mode & 0o077:
        raise KeyFileFault(f"{path} can be read by others (mode {mode:04o}); run `chmod 600` on it")
    return text


def _write_new(path: Path, text: str, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(handle)
