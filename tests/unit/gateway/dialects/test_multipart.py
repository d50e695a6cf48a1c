"""A form is read in exactly one way, or not at all."""

import pytest

from gateway.dialects.multipart import parse
from gateway.errors import BadRequest

KIND = "multipart/form-data; boundary=b0"


def form(*parts: bytes) -> bytes:
    return b"".join(b"--b0\r\n" + part + b"\r\n" for part in parts) + b"--b0--\r\n"


def field(name: bytes, value: bytes, more: bytes = b"") -> bytes:
    return b'Content-Disposition: form-data; name="' + name + b'"' + more + b"\r\n\r\n" + value


PNG = field(b"image", b"\x89PNG\r\n\x00\xff", b'; filename="ann.png"\r\nContent-Type: image/png')


def test_fields_and_where_they_stand() -> None:
    raw = form(field(b"prompt", "größer\r\n\r\nx".encode()), field(b"empty", b""), PNG)
    read = parse(raw, KIND)
    prompt, empty, image = read.fields
    assert (prompt.name, prompt.text, prompt.filename) == ("prompt", "größer\r\n\r\nx", None)
    assert raw[slice(*prompt.span)].decode() == "größer\r\n\r\nx"
    assert (empty.text, raw[slice(*empty.span)]) == ("", b"")
    assert (image.text, image.filename, raw[slice(*image.span)]) == (None, "ann.png", b"\x89PNG\r\n\x00\xff")
    assert raw[slice(*image.filename_span)] == b"ann.png"
    assert (read.text("prompt"), read.text("image"), read.text("none")) == ("größer\r\n\r\nx", None, None)


@pytest.mark.parametrize(
    "kind",
    ['multipart/form-data; boundary="b0"', "Multipart/Form-Data;boundary=b0", "multipart/form-data; BOUNDARY=b0"],
)
def test_the_boundary_is_named_in_a_few_ways(kind: str) -> None:
    assert len(parse(form(PNG), kind).fields) == 1


def test_a_list_may_have_many_files() -> None:
    many = PNG.replace(b'"image"', b'"image[]"')
    assert [one.name for one in parse(form(many, many), KIND).fields] == ["image[]", "image[]"]


def test_heads_that_say_what_is_so_anyway_are_read() -> None:
    raw = form(field(b"a", b"x", b"\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 1"))
    assert parse(raw, KIND).text("a") == "x"


def test_one_more_field_can_stand_before_all_others() -> None:
    raw = form(PNG)
    more = parse(raw, KIND).part("model", "m-1")
    assert parse(more + raw, KIND).text("model") == "m-1"


A = field(b"a", b"x")
REFUSED: dict[str, bytes] = {
    "nothing": b"",
    "no fields": b"--b0--\r\n",
    "words before": b"hello\r\n" + form(A),
    "words behind": form(A) + b"hello",
    "no end": form(A)[: -len(b"--b0--\r\n")],
    "another boundary": form(A).replace(b"--b0", b"--b1"),
    "lines without carriage returns": form(A).replace(b"\r\n", b"\n"),
    "its boundary inside a text": form(field(b"a", b"x --b0 y")),
    "its boundary after a mere line feed": form(field(b"a", b"x\n--b0\r\ny")),
    "a longer boundary inside": form(field(b"a", b"x\r\n--b01\r\ny")),
    "a field twice": form(A, A),
    "a field twice, once as a file": form(PNG, field(b"image", b"x")),
    "no head": form(b"\r\nx"),
    "no blank line": form(b'Content-Disposition: form-data; name="a"'),
    "no name": form(b"Content-Disposition: form-data\r\n\r\nx"),
    "an empty name": form(field(b"", b"x")),
    "a name without quotes": form(b"Content-Disposition: form-data; name=a\r\n\r\nx"),
    "a name twice": form(field(b"a", b"x", b'; name="b"')),
    "a name with a quote": form(field(b'a\\"b', b"x")),
    "a name for later": form(field(b"a", b"x", b"; filename*=utf-8''b")),
    "a name that is not UTF-8": form(field(b"\xff", b"x")),
    "a text that is not UTF-8": form(field(b"a", b"\xff")),
    "two dispositions": form(b'Content-Disposition: form-data; name="b"\r\n' + A),
    "a folded head": form(b'Content-Disposition: form-data;\r\n name="a"\r\n\r\nx'),
    "an attachment": form(A.replace(b"form-data", b"attachment")),
    "another charset": form(field(b"a", b"x", b"\r\nContent-Type: text/plain; charset=utf-7")),
    "a text of another type": form(field(b"a", b"x", b"\r\nContent-Type: application/json")),
    "a form in a form": form(PNG.replace(b"image/png", b"multipart/mixed; boundary=c")),
    "base64": form(field(b"a", b"eA==", b"\r\nContent-Transfer-Encoding: base64")),
    "some other head": form(field(b"a", b"x", b"\r\nX-Note: for Ann")),
    "a head with a bare line feed": form(field(b"a", b"x", b"\r\nContent-Type: text/plain\nX: y")),
    "too many fields": form(*(field(b"a%d" % n, b"x") for n in range(65))),
}


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_what_two_servers_may_read_differently_is_refused(raw: bytes) -> None:
    with pytest.raises(BadRequest) as caught:
        parse(raw, KIND)
    assert caught.value.code == "malformed_form"
    assert "Ann" not in caught.value.message


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=b0; boundary=b1",
        "multipart/form-data; boundary=b0; charset=utf-16",
        "multipart/mixed; boundary=b0",
        'multipart/form-data; boundary="b 0',
    ],
)
def test_a_content_type_that_is_none_is_refused(kind: str) -> None:
    with pytest.raises(BadRequest):
        parse(form(A), kind)
