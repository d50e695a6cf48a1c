"""Signed notes (C2SP signed-note) with Ed25519, and the text form of their keys.

A key's text is the one that Go's tools read: `name+keyid+base64(0x01 || 32-byte public key)`, and with the prefix
`PRIVATE+KEY+` and the 32-byte seed for the secret one.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit.errors import BadNote, KeyFileFault

MAX_NOTE_BYTES = 1_000_000
_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
_NAME = re.compile(r"[^\s+\x00-\x1f]{1,200}")


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key and the name that it signs under."""

    name: str
    key: Ed25519PublicKey

    @property
    def key_id(self) -> bytes:
        """The key's four-byte id: SHA-256(name || newline || 0x01 || public key), cut."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.key.public_bytes_raw()).digest()[:4]

    def text(self) -> str:
        """Give the key as text, to be published."""
        return f"{self.name}+{self.key_id.hex()}+{_b64(_ED25519 + self.key.public_bytes_raw())}"

    def open(self, note: str) -> str:
        """Give the note's text, its last newline included, if this key signed it.

        Raises:
            BadNote: It is malformed, not signed by this key, or the signature is wrong. `str()` says which.
        """
        text, signatures = _split(note)
        known = [raw[4:] for name, raw in signatures if name == self.name and raw[:4] == self.key_id]
        if not known:
            raise WrongKey(f"the note is not signed by {self.name}+{self.key_id.hex()}")
        for signature in known:
            try:
                self.key.verify(signature, text.encode())
            except InvalidSignature as exc:
                raise BadNote("the signature does not fit the note's text") from exc
        return text


class WrongKey(BadNote):
    """The note is signed, but not by the key that was asked for."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A secret key and the name that it signs under. It is not shown by `repr`."""

    name: str
    key: Ed25519PrivateKey = field(repr=False)

    def verifier(self) -> Verifier:
        """Give the public half."""
        return Verifier(self.name, self.key.public_key())

    def text(self) -> str:
        """Give the secret key as text, for its file only."""
        return f"{_PRIVATE}{self.name}+{self.verifier().key_id.hex()}+{_b64(_ED25519 + self.key.private_bytes_raw())}"

    def sign(self, text: str) -> str:
        """Sign a text that ends in a newline; give the whole note."""
        raw = self.verifier().key_id + self.key.sign(text.encode())
        return f"{text}\n\u2014 {self.name} {_b64(raw)}\n"


def generate(name: str) -> Signer:
    """Make a fresh key under a name without spaces and `+`, such as `example.org/airlock`.

    Raises:
        KeyFileFault: The name is not one.
    """
    if not _NAME.fullmatch(name):
        raise KeyFileFault("a log's name has 1 to 200 characters, none of them a space or a plus")
    return Signer(name, Ed25519PrivateKey.generate())


def parse_signer(text: str) -> Signer:
    """Read a secret key's text.

    Raises:
        KeyFileFault: It is not one.
    """
    if not text.startswith(_PRIVATE):
        raise KeyFileFault("this is no secret signing key")
    name, key_id, raw = _parse(text.removeprefix(_PRIVATE))
    signer = Signer(name, Ed25519PrivateKey.from_private_bytes(raw))
    _same_id(signer.verifier(), key_id)
    return signer


def parse_verifier(text: str) -> Verifier:
    """Read a public key's text.

    Raises:
        KeyFileFault: It is not one.
    """
    name, key_id, raw = _parse(text)
    verifier = Verifier(name, Ed25519PublicKey.from_public_bytes(raw))
    _same_id(verifier, key_id)
    return verifier


def _same_id(verifier: Verifier, key_id: str) -> None:
    if verifier.key_id.hex() != key_id:
        raise KeyFileFault("the key's id does not fit its name and bytes")


def _parse(text: str) -> tuple[str, str, bytes]:
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
        raise KeyFileFault("a key's text is name+id+base64")
    try:
        raw = base64.b64decode(parts[2], validate=True)
    except binascii.Error as exc:
        raise KeyFileFault("the key's base64 is malformed") from exc
    if len(raw) != 33 or raw[:1] != _ED25519:
        raise KeyFileFault("the key is not an Ed25519 key")
    return parts[0], parts[1], raw[1:]


def _split(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, gap, tail = note.rpartition("\n\n")
    lines = tail.split("\n")
    if not gap or len(note) > MAX_NOTE_BYTES or lines.pop() != "" or not lines:
        raise BadNote("this is no signed note")
    if any((char < " " and char != "\n") or "\ud800" <= char <= "\udfff" for char in note):
        raise BadNote("a signed note is UTF-8 without control characters")
    return text + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise BadNote("a signature line is malformed") from exc
    if dash != "\u2014" or not name or len(raw) < 5 or _b64(raw) != encoded:  # spare bits must be zero
        raise BadNote("a signature line is malformed")
    return name, raw


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
