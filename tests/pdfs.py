"""PDFs for tests, written on the spot."""

import io
import zlib
from collections.abc import Sequence

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def pdf(*pages: str, password: str = "", picture: bool = False, beside: Sequence[str] = ()) -> bytes:
    """Write a PDF; `beside` are a note, a form field's value, a link, a heading and an author."""
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password) if password else None)
    for page in pages:
        for number, line in enumerate(page.splitlines()):
            canvas.drawString(72, 720 - 20 * number, line)
        if picture:
            canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "red")), 72, 72)
        canvas.showPage()
    if beside:
        note, value, link, heading, author = beside
        canvas.textAnnotation(note, [10, 10, 50, 50])
        canvas.acroForm.textfield(name="field", value=value, x=100, y=400)
        canvas.linkURL(link, (10, 10, 90, 90))
        canvas.bookmarkPage("here")
        canvas.addOutlineEntry(heading, "here")
        canvas.setAuthor(author)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan(picture: bytes, size: tuple[float, float] = (595, 842), text: str = "") -> bytes:
    """Write a PDF whose page, of this size in points, shows a picture as wide as itself, and perhaps says a text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    image = ImageReader(io.BytesIO(picture))
    width, height = image.getSize()
    canvas.drawString(72, 72, text)
    canvas.drawImage(image, 0, size[1] - size[0] * height / width, size[0], size[0] * height / width)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def with_attachment(data: bytes) -> bytes:
    """Attach a file to a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    document.new_attachment("a.txt").set_data(b"Ann")
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def bomb(megabytes: int) -> bytes:
    """Write a PDF whose page unfolds to so much text."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(b"BT /F1 1 Tf (" + b"A" * 2**20 + b") Tj ET\n") + packer.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x78\xda" + block * megabytes + b"\x03\0"  # after a full flush each block unfolds by itself
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    objects = b"".join(b"%d 0 obj%b\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R>>\n%%EOF"
