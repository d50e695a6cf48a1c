import pytest

from gateway.dialects import embedded
from gateway.dialects.slot import Kind, Path


def test_escapes_do_not_hide_a_string() -> None:
    found = embedded.read('{"to": "ann\\u0040example.org", "tel": 4915112345678, "a b": [""]}')
    assert found is not None
    assert [(leaf.path, leaf.text, leaf.kind) for leaf in found] == [
        (("to",), "ann@example.org", Kind.TEXT),
        (("tel",), "4915112345678", Kind.LABEL),
        (("a b",), "a b", Kind.KEY),
        (("a b", 0), "", Kind.TEXT),
    ]


@pytest.mark.parametrize("text", ["", "not json", '{"a": 1', '{"a": 1, "a": 2}', "NaN"])
def test_what_is_no_strict_json_is_taken_whole(text: str) -> None:
    assert embedded.read(text) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('{"a": "b"}', 1),
        ('  ["a", "b"]\n', 2),
        ("{}", 0),
        ('"a"', None),
        ("12345678", None),
        ("[a note] about [b]", None),
        ("{braces} and more", None),
        ('["a", "b", "c"]', None),
        ("", None),
        ("   ", None),
    ],
    ids=["object", "array", "empty", "string", "number", "note", "braces", "too many", "nothing", "blanks"],
)
def test_a_text_is_a_document_only_as_an_object_or_array_of_bounded_size(text: str, count: int | None) -> None:
    found = embedded.read_text(text, 2)
    assert (None if found is None else len(found)) == count


def test_a_document_with_too_many_leaves_is_taken_whole() -> None:
    assert embedded.read("[" + '"a",' * embedded.MAX_LEAVES + '"a"]') is None


def test_a_text_too_long_to_be_tried_is_no_document() -> None:
    assert embedded.read_text('["' + "a" * embedded.MAX_TEXT + '"]', 10) is None


@pytest.mark.parametrize(
    ("path", "lead"),
    [
        (("to",), '"to": "'),
        (("tels", 0), '"tels": "'),
        ((0,), ""),
        (("Ann Lee",), ""),
        (("a", "b"), '"b": "'),
        ((), ""),
    ],
)
def test_the_nearest_member_tells_what_a_string_is(path: Path, lead: str) -> None:
    assert embedded.lead(path) == lead


def test_new_strings_are_written_into_the_document_and_nothing_else_changes() -> None:
    text = '{ "to":"a\\u0040b", "n": 1.0 }'
    assert embedded.rewrite(text, {("to",): 'x"y'}) == '{ "to":"x\\"y", "n": 1.0 }'
    assert embedded.rewrite("no json", {None: "other"}) == "other"


def test_restoring_goes_by_string_where_it_can_and_by_text_where_it_must() -> None:
    def plain(text: str) -> str:
        return text.replace("<T>", 'a"b')

    def escaped(text: str) -> str:
        return text.replace("<T>", 'a\\"b')

    assert embedded.restore('{"x": "\\u003cT>"}', plain, escaped) == '{"x": "a\\"b"}'
    assert embedded.restore('{"x": "<T>', plain, escaped) == '{"x": "a\\"b'
    untouched = '{"x": 1}'
    assert embedded.restore(untouched, plain, escaped) is untouched
