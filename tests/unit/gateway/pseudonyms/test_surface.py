import pytest

from gateway.pseudonyms.surface import in_url, written

VALUE = 'O\'Neil & "Co"'


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("<PERSON_k3f9a>", VALUE),
        ("\\<PERSON\\_k3f9a\\>", VALUE),
        ("&lt;PERSON_k3f9a&gt;", "O&#x27;Neil &amp; &quot;Co&quot;"),
        ("%3CPERSON_k3f9a%3E", "O%27Neil%20%26%20%22Co%22"),
        ("%253CPERSON_k3f9a%253E", "O%2527Neil%2520%2526%2520%2522Co%2522"),
        ("\\u003cPERSON_k3f9a\\u003e", 'O\'Neil & \\"Co\\"'),
        ("\\\\u003cPERSON_k3f9a\\\\u003e", 'O\'Neil & \\\\\\"Co\\\\\\"'),
    ],
)
def test_a_value_is_escaped_as_its_token_was(form: str, value: str) -> None:
    assert written(VALUE, form, in_json=False) == value


def test_the_source_of_a_document_escapes_every_value() -> None:
    assert written(VALUE, "<PERSON_k3f9a>", in_json=True) == 'O\'Neil & \\"Co\\"'


@pytest.mark.parametrize(
    ("before", "value"),
    [
        ("see https://x.org/?q=", "a%26b@x.org"),
        ("mailto:", "a%26b@x.org"),
        ("https://x.org/ is where ", "a&b@x.org"),
        ('"https://x.org/", "', "a&b@x.org"),
    ],
)
def test_a_bare_token_in_a_url_is_percent_encoded(before: str, value: str) -> None:
    assert in_url("a&b@x.org", before) == value
