"""Which names are linked: told as conversations, name by name, with whose each is."""

import pytest

from gateway.pseudonyms.aliases import Aliases, name_of

NAMES: dict[str, tuple[str, ...]] = {
    "Ann Lee": ("ann", "lee"),
    "ANN  LEE": ("ann", "lee"),
    "Lee, Ann": ("ann", "lee"),
    "Lee, Ann, Jr.": ("ann", "lee"),
    "Ms. Lee": ("lee",),
    "Herr Prof. Dr. Jürgen Groß": ("jürgen", "gross"),
    "Mme O\u2019Neill": ("o\u2019neill",),
    "Lee's": ("lee",),
    "Lee\u2019s": ("lee",),
    "Ann-Kathrin Lee PhD": ("ann-kathrin", "lee"),
    "Dr": ("dr",),
    "Иван Петров": ("иван", "петров"),
    "6033391": (),
    "Ann2": (),
    "!": (),
}


@pytest.mark.parametrize(("surface", "words"), NAMES.items(), ids=NAMES)
def test_the_words_of_a_name(surface: str, words: tuple[str, ...]) -> None:
    assert name_of(surface) == words


CONVERSATIONS: dict[str, list[tuple[str, str]]] = {
    "short forms": [("Ann Lee", "1"), ("Ann", "1"), ("Lee", "1"), ("Ms Lee", "1"), ("Lee's", "1"), ("ANN LEE", "1")],
    "the other way round": [("Ann Lee", "1"), ("Lee, Ann", "1")],
    "a first name, then the full one": [("Ann", "1"), ("Ann Lee", "1"), ("Lee", "1")],
    "a title, then the full name": [("Frau Groß", "1"), ("Eva Groß", "1"), ("Eva", "1")],
    "two of one family": [("Ann Lee", "1"), ("Tom Lee", "2"), ("Lee", "3"), ("Tom", "2")],
    "two of one first name": [("Ann Lee", "1"), ("Ann Ray", "2"), ("Ann", "3"), ("Ray", "2")],
    "what is linked stays linked": [("Ann Lee", "1"), ("Ann", "1"), ("Ann Ray", "2"), ("ANN", "1")],
    "a first name that one has already": [("Ann", "1"), ("Ann Lee", "1"), ("Ann Ray", "2")],
    "between two lone names": [("Ann", "1"), ("Lee", "2"), ("Ann Lee", "3")],
    "a middle name is not enough": [("Ann Marie Lee", "1"), ("Marie", "2"), ("Ann Lee", "3")],
    "a part of a word is not enough": [("Ann Lee", "1"), ("Anna", "2"), ("Leeson", "3"), ("Le", "4")],
    "an initial is not enough": [("Ann Lee", "1"), ("A. Lee", "2")],
    "a wife and a husband": [("Tom Lee", "1"), ("Mr Lee", "1"), ("Mrs Lee", "2")],
    "no names": [("42", "1"), ("43", "2")],
}


@pytest.mark.parametrize("names", CONVERSATIONS.values(), ids=CONVERSATIONS)
def test_whose_name_it_is(names: list[tuple[str, str]]) -> None:
    aliases, people = Aliases(), list[str]()
    for number, (name, _) in enumerate(names):
        stem = aliases.stem(name) or f"own{number}"
        aliases.add(name, stem)
        people.append(stem)
    assert [people.index(stem) for stem in people] == [[who for _, who in names].index(who) for _, who in names]


def test_two_full_names_in_one_text_make_a_lone_one_before_them_ambiguous() -> None:
    aliases = Aliases()
    aliases.expect(["Ann", "Ann Lee", "Ann Ray"])
    aliases.add("Ann", "1")
    assert aliases.stem("Ann Lee") is None
    aliases.add("Ann Lee", "2")
    assert aliases.stem("ANN") == "1"
    assert aliases.stem("Ann Ray") is None
