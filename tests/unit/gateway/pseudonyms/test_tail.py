import pytest

from gateway.pseudonyms.index import TokenIndex
from gateway.pseudonyms.tail import Tail

TAIL = Tail(TokenIndex({"<PERSON_k3f9a>": "Ann", "<EMAIL_ADDRESS_bcdef>": "a@x.org"}))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("A plain word", ""),
        ("a person ", "person "),
        ("a person who", ""),
        ("a <", "<"),
        ("a <p>", ""),
        ("R&D", ""),
        ("R&", "&"),
        ("so %3", "%3"),
        ("so \\u00", "\\u00"),
        ("<PERSON_k3f9a>", ""),
        ("<PERSON_k3f9a", "<PERSON_k3f9a"),
        ("PERSON_k3f9a ", ""),
        ("<PERSON_k3f9a ", "<PERSON_k3f9a "),
        ("[PERSON_k3f9a]", "[PERSON_k3f9a]"),
        ("_PERSON_k3f9a_", "PERSON_k3f9a_"),
        ("y_PERSON", ""),
        ("PERSON\n", ""),
        ("<EMAIL_\n", "<EMAIL_\n"),
    ],
)
def test_only_what_may_become_a_token_is_held_back(text: str, held: str) -> None:
    assert text[TAIL.begin(text, 0) :] == held


def test_what_was_settled_is_context_only() -> None:
    assert TAIL.begin("<PERSON", len("<PERSON")) == len("<PERSON")


def test_without_tokens_nothing_is_held_back() -> None:
    assert Tail(TokenIndex({})).begin("a <", 0) == len("a <")
