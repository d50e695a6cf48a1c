"""Answers are kept by digest, as many as there is room for."""

from detectors.isolation.kept import Kept, digest_of


def test_what_came_first_leaves_first() -> None:
    kept: Kept[str] = Kept(10, len)
    for key, answer in ((b"a", "12345"), (b"b", "1234"), (b"c", "123")):
        kept.keep(key, answer)
    assert [kept.get(key) for key in (b"a", b"b", b"c")] == [None, "1234", "123"]


def test_the_first_answer_stays() -> None:
    kept: Kept[str] = Kept(10, len)
    kept.keep(b"a", "one")
    kept.keep(b"a", "other")
    assert kept.get(b"a") == "one"


def test_pieces_do_not_run_into_each_other() -> None:
    assert digest_of(b"ab", b"c") != digest_of(b"a", b"bc")
