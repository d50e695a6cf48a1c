"""A picture is unpacked within bounds, to pixels alone, and tells what was lost on the way."""

import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from detectors.pictures.opening import Unreadable, opened
from detectors.pictures.reading import MAX_BYTES
from tests.pictures import drawn, packed

RED = Image.new("RGB", (40, 20), "red")
NOTED = PngImagePlugin.PngInfo()
NOTED.add_text("Author", "Ann Lee")
EXIF = Image.Exif()
EXIF[0x013B] = "Ann Lee"
TURNED = Image.Exif()
TURNED[0x0112] = 6


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge() -> bytes:
    """Write a PNG of a few bytes that says it has 30,000 x 30,000 pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b"")


def moving(form: str) -> bytes:
    return packed(RED, form, save_all=True, append_images=[Image.new("RGB", (40, 20), "blue")])


UNREADABLE = {
    "a bomb": huge(),
    "too many bytes": drawn("Hi") + bytes(MAX_BYTES),
    "one that moves, GIF": moving("GIF"),
    "one that moves, PNG": moving("PNG"),
    "one that moves, WebP": moving("WEBP"),
    "cut off": drawn("Hi", form="JPEG")[:-2000],
    "a format that models don't take": packed(RED, "TIFF"),
    "garbage": b"\x89PNG\r\n\x1a\n" + b"garbage" * 99,
    "nothing": b"",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable(name: str) -> None:
    with pytest.raises(Unreadable):
        opened(UNREADABLE[name])


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_each_format(form: str) -> None:
    picture = opened(packed(RED, form))
    assert (picture.format, picture.is_plain, picture.image.size) == (form, True, (40, 20))


LOSSY = {
    "a note": packed(RED, pnginfo=NOTED),
    "EXIF": packed(RED, "JPEG", exif=EXIF),
    "a comment": packed(RED, "JPEG", comment=b"Ann Lee"),
    "XMP": packed(RED, "WEBP", xmp=b"<x:xmpmeta>Ann Lee</x:xmpmeta>"),
    "what can be seen through": packed(Image.new("RGBA", (40, 20), (0, 0, 0, 90))),
    "sixteen bits": packed(Image.new("I;16", (40, 20))),
}


@pytest.mark.parametrize("name", LOSSY)
def test_what_is_lost_is_told(name: str) -> None:
    picture = opened(LOSSY[name])
    assert not picture.is_plain
    assert picture.image.info == {}


def test_it_is_turned_as_viewers_turn_it() -> None:
    assert opened(packed(RED, "JPEG", exif=TURNED)).image.size == (20, 40)
