"""What models make of tokens, and what is put there; `⌂` stands for the value that is put back."""

import pytest

from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer

PERSON, MAIL, PLAIN, LONGER, PREFIXED = "Ann Lee", "a&b@x.org", "O'Neil", "ANN", "Zoe"
TOKENS = {
    "<PERSON_k3f9a>": PERSON,
    "<PERSON_k3f9aq7>": LONGER,
    "<EMAIL_ADDRESS_m4npq>": MAIL,
    "<PERSON_bcdef>": PLAIN,  # a suffix that might be a word
    "<X_PERSON_k3f9a>": PREFIXED,
}

RESTORED = [
    # case
    ("<person_k3f9a>", PERSON),
    ("<PERSON_K3F9A>", PERSON),
    ("<Person_K3f9a>", PERSON),
    # brackets lost, or others
    ("PERSON_k3f9a", PERSON),
    ("<PERSON_k3f9a,", PERSON + ","),
    ("PERSON_k3f9a>,", PERSON + ","),
    ("[PERSON_k3f9a]", PERSON),
    ("[[PERSON_k3f9a]]", PERSON),
    ("{PERSON_k3f9a}", PERSON),
    ("{{PERSON_k3f9a}}", PERSON),
    ("{{ PERSON_k3f9a }}", PERSON),
    ("\u2039PERSON_k3f9a\u203a", PERSON),
    ("\uff1cPERSON_k3f9a\uff1e", PERSON),
    ("\u3008PERSON_k3f9a\u3009", PERSON),
    ("\u27e8PERSON_k3f9a\u27e9", PERSON),
    ("<PERSON_k3f9a/>", PERSON),
    ("<PERSON_k3f9a />", PERSON),
    ("</PERSON_k3f9a>", PERSON),
    ("< PERSON_k3f9a >", PERSON),
    # brackets that people write around names stay
    ("(PERSON_k3f9a)", f"({PERSON})"),
    ("«PERSON_k3f9a»", f"«{PERSON}»"),
    ("« PERSON_k3f9a »", f"« {PERSON} »"),
    ('"PERSON_k3f9a"', f'"{PERSON}"'),
    ("[PERSON_k3f9a](https://x.org)", f"[{PERSON}](https://x.org)"),
    ("[PERSON_k3f9a]: hello", f"[{PERSON}]: hello"),
    ("[<PERSON_k3f9a>]", f"[{PERSON}]"),
    ("${PERSON_k3f9a}", f"${{{PERSON}}}"),
    # Markdown
    ("PERSON\\_k3f9a", PERSON),
    ("\\<EMAIL\\_ADDRESS\\_m4npq\\>", MAIL),
    ("`<PERSON_k3f9a>`", f"`{PERSON}`"),
    ("`PERSON_k3f9a`", f"`{PERSON}`"),
    ("**<PERSON_k3f9a>**", f"**{PERSON}**"),
    ("**PERSON_k3f9a**", f"**{PERSON}**"),
    ("*PERSON_k3f9a*", f"*{PERSON}*"),
    ("_PERSON_k3f9a_", f"_{PERSON}_"),
    ("__PERSON_k3f9a__", f"__{PERSON}__"),
    ("~~PERSON_k3f9a~~", f"~~{PERSON}~~"),
    ("<**PERSON_k3f9a**>", f"**{PERSON}**"),
    ("<`PERSON_k3f9a`>", f"`{PERSON}`"),
    ("<PERSON_**k3f9a**>", PERSON),
    ("PERSON_**k3f9a**", PERSON),
    ("**PERSON**_k3f9a.", f"**{PERSON}**."),
    # grammar of the language around
    ("<PERSON_k3f9a>'s", f"{PERSON}'s"),
    ("PERSON_k3f9a\u2019s", f"{PERSON}\u2019s"),
    ("<PERSON_k3f9a>s", f"{PERSON}s"),
    ("<PERSON_k3f9as>", f"{PERSON}s"),
    ("PERSON_k3f9as", f"{PERSON}s"),
    ("die Akte <PERSON_k3f9a>s liegt", f"die Akte {PERSON}s liegt"),
    ("叫PERSON_k3f9a的", f"叫{PERSON}的"),
    # other signs for the underscore
    ("<PERSON-k3f9a>", PERSON),
    ("<PERSON k3f9a>", PERSON),
    ("<PERSON\\k3f9a>", PERSON),
    ("PERSON-k3f9a", PERSON),
    ("Person k3f9a", PERSON),
    ("<PERSON bcdef>", PLAIN),
    ("<EMAIL ADDRESS m4npq>", MAIL),
    ("<EmailAddress_m4npq>", MAIL),
    ("<PERSON\uff3fk3f9a>", PERSON),
    # HTML and XML: the value is escaped as the token was
    ("&lt;PERSON_k3f9a&gt;", PERSON),
    ("&lt;EMAIL_ADDRESS_m4npq&gt;", "a&amp;b@x.org"),
    ("&amp;lt;EMAIL_ADDRESS_m4npq&amp;gt;", "a&amp;amp;b@x.org"),
    ("&#60;PERSON&#95;k3f9a&#62;", PERSON),
    ("<a title='&lt;PERSON_bcdef&gt;'>", "<a title='O&#x27;Neil'>"),
    ("<b>PERSON_k3f9a</b>", f"<b>{PERSON}</b>"),
    # URLs
    ("?q=%3CPERSON_k3f9a%3E", "?q=Ann%20Lee"),
    ("?q=%3cEMAIL%5fADDRESS%5fm4npq%3e", "?q=a%26b%40x.org"),
    ("?q=%3CPERSON+k3f9a%3E", "?q=Ann%20Lee"),
    ("?q=%3CPERSON%20k3f9a%3E", "?q=Ann%20Lee"),
    ("?u=%253CPERSON_k3f9a%253E", "?u=Ann%2520Lee"),
    ("https://x.org/?q=PERSON_k3f9a&l=1", "https://x.org/?q=Ann%20Lee&l=1"),
    ("https://x.org/?q=<PERSON_k3f9a>", "https://x.org/?q=Ann Lee"),
    ("mailto:EMAIL_ADDRESS_m4npq", "mailto:a%26b@x.org"),
    # JSON written into a text
    ("\\u003cPERSON_k3f9a\\u003e", PERSON),
    ("\\\\u003cPERSON_k3f9a\\\\u003e", PERSON),
    ("\\u0026lt;EMAIL_ADDRESS_m4npq\\u0026gt;", "a&amp;b@x.org"),
    ('{"a": "x\\nPERSON_k3f9a"}', '{"a": "x\\nAnn Lee"}'),
    # what nobody sees, and broken lines
    ("<PER\u00adSON_k3\u200bf9a>", PERSON),
    ("PERSON\u2060_k3f9a", PERSON),
    ("<EMAIL_\nADDRESS_m4npq>", MAIL),
    ("<PERSON_k3f\r\n  9a>", PERSON),
    # as issued, whatever is around
    ("<<PERSON_k3f9a>>", f"<{PERSON}>"),
    ("\\<PERSON_k3f9a>", f"\\{PERSON}"),
    ("x<PERSON_k3f9a>y", f"x{PERSON}y"),
    ("<X_PERSON_k3f9a>", PREFIXED),
    ("X-PERSON_k3f9a", PREFIXED),
    ("<PERSON_k3f9aq7>", LONGER),
]

LEFT_ALONE = [
    "<PERSON_k3f9b>",
    "<PERSON_k3f9>",
    "<PERSON_k3f9ab>",
    "<PERSON_3kf9a>",
    "<PERSONNE_k3f9a>",  # a translated type: its suffix alone is too little
    "<EMAIL_ADDRESS_k3f9a>",
    "<PERSON_m4npq>",
    "<k3f9a>",
    "k3f9a",
    "PERSON k3f9b",
    "MY_PERSON_k3f9a",
    "PERSON_k3f9a_2",
    "PERSON_k3f9ab",
    "yPERSON_k3f9a",
    "person bcdef",  # no brackets, no digit: it may be a word
    "person_bcdef",
    "PERSON-bcdef",
    "PERSON\n\nk3f9a",
    "PERSON  is  k3f9a",
    "PERSON+k3f9a",
]


@pytest.mark.parametrize(("text", "restored"), RESTORED)
def test_bent_tokens_are_restored(text: str, restored: str) -> None:
    assert Restorer(TokenMap(TOKENS)).text(text) == restored


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_is_not_certain_is_left_alone(text: str) -> None:
    assert Restorer(TokenMap(TOKENS)).text(text) is text


@pytest.mark.parametrize(("text", "restored"), [*RESTORED, *((text, text) for text in LEFT_ALONE)])
def test_a_stream_does_the_same_however_it_is_cut(text: str, restored: str) -> None:
    text, restored = f"a {text} b", f"a {restored} b"
    for cut in range(len(text)):
        stream = Restorer(TokenMap(TOKENS)).stream()
        assert stream.feed(text[:cut]) + stream.feed(text[cut:]) + stream.finish() == restored
    stream = Restorer(TokenMap(TOKENS)).stream()
    assert "".join(map(stream.feed, text)) + stream.finish() == restored


def test_two_tokens_that_read_the_same_when_bent_are_restored_only_as_issued() -> None:
    tokens = {"<A_B_k3f9a>": "one", "<AB_k3f9a>": "two"}
    assert Restorer(TokenMap(tokens)).text("<A_B_k3f9a> <AB_k3f9a> <a_b_k3f9a>") == "one two <a_b_k3f9a>"


def test_a_value_is_escaped_in_the_source_of_a_document_and_once_more_in_one_within() -> None:
    restorer = Restorer(TokenMap({"<PERSON_k3f9a>": 'A"B'}))
    assert restorer.escaped('{"a": "<PERSON_k3f9a>') == '{"a": "A\\"B'
    assert restorer.escaped('{"a": "\\u003cPERSON_k3f9a\\u003e') == '{"a": "A\\"B'
    assert restorer.escaped('{"a": "\\\\u003cPERSON_k3f9a\\\\u003e') == '{"a": "A\\\\\\"B'
    assert restorer.text('{"a": "\\u003cPERSON_k3f9a\\u003e"}') == '{"a": "A\\"B"}'
