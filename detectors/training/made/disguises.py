"""Ways to write a sentence that a reader, or a model, can turn back: encodings, spellings, splits."""

import base64
import codecs
from collections.abc import Callable
from random import Random
from typing import Final

_LEET: Final = str.maketrans("aeiostbAEIOST", "4310578431057")
_MORSE_SIGNS: Final = """.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .--
-..- -.-- --.."""
_MORSE: Final = dict(zip("abcdefghijklmnopqrstuvwxyz", _MORSE_SIGNS.split(), strict=True))


def base64_of(_rng: Random, text: str) -> str:
    """Return base64 of the UTF-8 bytes."""
    return base64.b64encode(text.encode()).decode()


def hex_of(_rng: Random, text: str) -> str:
    """Return pairs of hexadecimal digits."""
    return text.encode().hex(" ")


def rot13(_rng: Random, text: str) -> str:
    """Return every Latin letter moved by 13."""
    return codecs.encode(text, "rot13")


def backwards(_rng: Random, text: str) -> str:
    """Return the letters from last to first."""
    return text[::-1]


def words_backwards(_rng: Random, text: str) -> str:
    """Return the words from last to first."""
    return " ".join(reversed(text.split(" ")))


def leet(_rng: Random, text: str) -> str:
    """Put digits for the letters that they look like."""
    return text.translate(_LEET)


def spaced(rng: Random, text: str) -> str:
    """Put a blank, a dot or a hyphen between all letters."""
    return rng.choice(" .-_").join(text)


def joined(_rng: Random, text: str) -> str:
    """Leave out blanks, give each word with a capital."""
    return "".join(word[:1].upper() + word[1:] for word in text.split())


def pig_latin(_rng: Random, text: str) -> str:
    """Put the first letter at the end, and "ay" behind it."""
    return " ".join(word[1:] + word[0] + "ay" for word in text.split())


def morse(_rng: Random, text: str) -> str:
    """Return dots and dashes; what is no letter is left out."""
    return " ".join(_MORSE.get(letter, "/") for letter in text.lower()[:80] if letter in _MORSE or letter == " ")


def mixed_case(rng: Random, text: str) -> str:
    """Put capitals anywhere."""
    return "".join(letter.upper() if rng.random() < 0.5 else letter.lower() for letter in text)


def binary(_rng: Random, text: str) -> str:
    """Return groups of eight bits of the first 30 characters."""
    return " ".join(f"{byte:08b}" for byte in text[:30].encode())


NAMED: Final[tuple[tuple[str, Callable[[Random, str], str]], ...]] = (
    ("base64", base64_of),
    ("base64", base64_of),
    ("hex", hex_of),
    ("rot13", rot13),
    ("ROT-13", rot13),
    ("reversed text", backwards),
    ("reverse", backwards),
    ("reversed word order", words_backwards),
    ("leetspeak", leet),
    ("pig latin", pig_latin),
    ("Morse code", morse),
    ("binary", binary),
)
"""Encodings with the name that a prompt calls them by."""

READABLE: Final = (leet, spaced, joined, mixed_case, words_backwards, pig_latin, backwards)
"""Spellings that need no name."""
