import json

import pytest

from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer, Tally

TOKENS = {"<PERSON_k3f9a>": "Ann", "<EMAIL_ADDRESS_bcdef>": 'a"@x.org', "<X_PERSON_k3f9a>": "Zoe"}


def restorer() -> Restorer:
    return Restorer(TokenMap(TOKENS))


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("Dear <PERSON_k3f9a>!", "Dear Ann!"),
        ("<PERSON_k3f9a><PERSON_k3f9a>", "AnnAnn"),
        ("<PERSON_k3f9a>'s", "Ann's"),
        ("<Person_K3F9A>", "Ann"),
        ("PERSON_k3f9a's", "Ann's"),
        ("<PERSON_k3f9a", "Ann"),
        ("PERSON\\_k3f9a", "Ann"),
        ("\\<EMAIL\\_ADDRESS\\_bcdef\\>", 'a"@x.org'),
        ("&lt;PERSON_k3f9a&gt;", "Ann"),
        ("<b>PERSON_k3f9a</b>", "<b>Ann</b>"),
        ("<<PERSON_k3f9a>>", "<Ann>"),
        ("\\<PERSON_k3f9a>", "\\Ann"),
        ("<X_PERSON_k3f9a>", "Zoe"),
        ("叫PERSON_k3f9a的", "叫Ann的"),
        ("MY_PERSON_k3f9a", "MY_PERSON_k3f9a"),
        ("PERSON_k3f9ab", "PERSON_k3f9ab"),
        ("PERSON_k3f9a_2", "PERSON_k3f9a_2"),
        ("<PERSON_k3f9b>", "<PERSON_k3f9b>"),
    ],
)
def test_reading_is_tolerant_and_the_index_exact(text: str, restored: str) -> None:
    assert restorer().text(text) == restored


def test_without_a_token_the_very_same_text_comes_back() -> None:
    text = "nothing_here to <b>restore</b>"
    assert restorer().text(text) is text


def test_what_looks_issued_but_was_not_is_counted() -> None:
    used = restorer()
    used.text("<PERSON_k3f9a> <PERSON_zzzzz> <EMAIL_ADDRESS_bcdef> <a_b> <PERSON_hello>")
    assert used.tally == Tally(restored=2, unresolved=1)


@pytest.mark.parametrize("cut", range(1, len("<PERSON_zzzzz> <PERSON_k3f9a>")))
def test_a_stream_counts_the_same(cut: int) -> None:
    used, text = restorer(), "<PERSON_zzzzz> <PERSON_k3f9a>"
    stream = used.stream()
    assert stream.feed(text[:cut]) + stream.feed(text[cut:]) + stream.finish() == "<PERSON_zzzzz> Ann"
    assert used.tally == Tally(restored=1, unresolved=1)


@pytest.mark.parametrize(
    ("pieces", "given"),
    [
        (["Hello ", "there"], ["Hello ", "there"]),
        (["Dear <", "PERSON_k3", "f9a>", "!"], ["Dear ", "", "Ann", "!"]),
        (["a < ", "b"], ["a ", "< b"]),
        (["<PER", "L>"], ["", "<PERL>"]),
        (["PERSON_k3f9a", " "], ["", "Ann "]),
        (["&", "amp;", " "], ["", "", "&amp; "]),
        (["y", "_PERSON_k3f9a", "."], ["y", "_PERSON_k3f9a", "."]),
        (["MY_", "PERSON_k3f9a", "."], ["MY_", "PERSON_k3f9a", "."]),
    ],
    ids=[
        "no token",
        "a token",
        "not a token",
        "something like one",
        "without brackets",
        "an entity",
        "inside a word",
        "after one",
    ],
)
def test_only_what_may_become_a_token_is_held_back(pieces: list[str], given: list[str]) -> None:
    stream = restorer().stream()
    assert [stream.feed(piece) for piece in pieces] == given
    assert stream.finish() == ""


def test_the_rest_comes_at_the_end() -> None:
    stream = restorer().stream()
    assert stream.feed("<PERSON_k3f9a> and <PERS") == "Ann and "
    assert stream.finish() == "<PERS"


def test_values_are_escaped_inside_a_document() -> None:
    document = '{"to": "<EMAIL_ADDRESS_bcdef>", "html": "\\u003cPERSON_k3f9a\\u003e", "n": 1.0}'
    restored = restorer().embedded(document)
    assert restored == '{"to": "a\\"@x.org", "html": "Ann", "n": 1.0}'
    assert restorer().embedded(document[:-1]) == '{"to": "a\\"@x.org", "html": "Ann", "n": 1.0'
    assert json.loads(restored)["to"] == 'a"@x.org'


def test_the_slots_of_a_reply_are_restored_by_their_kind() -> None:
    text = "<EMAIL_ADDRESS_bcdef>"
    slots = [
        Slot("r0", (0,), Kind.TEXT, "assistant.text", text),
        Slot("r1", (1,), Kind.ARGUMENTS, "assistant.arguments", text, ("to",)),
        Slot("r2", (2,), Kind.ARGUMENTS, "assistant.arguments", text),
        Slot("r3", (3,), Kind.KEY, "assistant.key", text),
        Slot("r4", (4,), Kind.TEXT, "assistant.text", "nothing"),
    ]
    assert restorer().slots(slots) == {"r0": 'a"@x.org', "r1": 'a"@x.org', "r2": 'a\\"@x.org'}


def test_tokens_of_others_are_left_alone() -> None:
    assert Restorer(TokenMap()).text("<PERSON_k3f9a>") == "<PERSON_k3f9a>"
    assert Restorer(TokenMap()).stream().feed("<PERSON_k3f9") == "<PERSON_k3f9"
