import pytest

from gateway.pseudonyms.reading import read, stems


def test_what_nobody_sees_is_left_out_and_stretches_lead_back() -> None:
    text = "\u200ba\u00adb <x\n  y>\ufeffc"
    reading = read(text)
    assert reading.text == "ab <xy>c"
    for start in range(len(reading.text)):
        first, last = reading.original(start, start + 1)
        assert text[first:last] == reading.text[start]
    assert text.__getitem__(slice(*reading.original(3, 7))) == "<x\n  y>"


def test_a_text_without_such_is_read_as_it_is() -> None:
    text = "a < b\nc > d"
    assert read(text).text is text
    assert read(text).original(2, 4) == (2, 4)


@pytest.mark.parametrize(
    "text",
    [
        "X_K3F9A",
        "x k3f9a",
        "X-k3f9aq7",
        "X%5Fk3f9a",
        "X%20k3f9a",
        "X_k3f9aAnnette",
        "<X_k3\u00adf9a>",
        "<X_k3f\n9a>",
        "X\u2011k3f9a",
        "\u00e9\uff3fk3f9a",
        "\ud800 K3F9A",
        "ffk3f9a",
        "_bfk3f9a",
    ],
)
def test_whatever_may_be_read_as_a_suffix_is_a_stem(text: str) -> None:
    assert "k3f9a" in stems(["before", text, "after"])
