import pytest

from detectors.finding import Finding
from gateway.stream.limits import Limits
from gateway.stream.windows import GrowingWindow, Window


def window(*parts: str, reach: int = 4, stride: int = 1, run: int = 50, context: int = 0) -> GrowingWindow:
    made = GrowingWindow(Limits(reach=reach, stride=stride, run=run, context=context))
    for part in parts:
        made.append(part)
    return made


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("", None),
        ("one", None),
        ("one two", None),
        ("one twos", Window(0, 4, "one twos")),
        ("one two three", Window(0, 8, "one two three")),
        ("one two thre ", Window(0, 8, "one two thre ")),
        ("unbroken-run-of-letters", None),
        ("\u2003wide\u00a0blanks count", Window(0, 13, "\u2003wide\u00a0blanks count")),
    ],
    ids=["empty", "short", "too near", "just far enough", "two words", "blank at the end", "no blank", "other blanks"],
)
def test_a_window_ends_behind_the_last_blank_that_is_far_enough_back(text: str, new: Window | None) -> None:
    assert window(text).next() == new


def test_the_next_window_shows_what_was_cleared_before() -> None:
    growing = window("one two three")
    assert growing.next() == Window(0, 8, "one two three")
    assert growing.next() is None
    growing.append(" four five")
    assert growing.next() is None
    growing.clear()
    assert growing.next() == Window(4, 19, "two three four five")


@pytest.mark.parametrize(
    ("context", "before"), [(0, ["", "", ""]), (3, ["", "ne ", "ee "]), (20, ["", "one ", "one two three "])]
)
def test_a_window_tells_what_went_before_it(context: int, before: list[str]) -> None:
    growing, told = window("one two three", context=context), []
    for more in (" four five six", "", ""):
        new = growing.next()
        assert new is not None
        told.append(new.before)
        growing.clear()
        growing.append(more)
        if not more:
            growing.close()
    assert told == before


def test_what_detectors_read_of_a_reply_grows_with_its_length_and_no_faster() -> None:
    def read(words: int) -> int:
        growing, characters = GrowingWindow(Limits()), 0
        for _ in range(words):
            growing.append("word ")
            while new := growing.next():
                characters += len(new.before) + len(new.text)
                growing.clear()
        return characters

    once, twice = read(2_000), read(4_000)
    limits = Limits()
    assert twice < 2.1 * once
    assert once < 10_000 * (limits.context + 2 * limits.reach + limits.stride + 30) / limits.stride


def test_a_window_waits_until_it_is_worth_its_while() -> None:
    growing = window("one two three", stride=6)
    growing.next()
    growing.clear()
    growing.append(" fo")
    assert growing.next() is None
    growing.append("ur ")
    assert growing.next() == Window(4, 14, "two three four ")


def test_at_the_end_all_the_rest_is_one_window() -> None:
    growing = window("one two three")
    growing.next()
    growing.clear()
    growing.close()
    assert growing.next() == Window(4, 13, "two three", is_final=True)
    assert not growing.is_settled
    growing.clear()
    assert growing.is_settled
    assert growing.next() is None


def test_a_run_that_is_too_long_is_an_error_unless_it_is_only_observed() -> None:
    with pytest.raises(OverflowError, match="more than 50 characters"):
        window("x" * 51).next()
    assert window("x" * 51).next(force=True) == Window(0, 47, "x" * 51)
    assert window("x" * 50).next() is None


def test_what_is_not_out_cannot_be_cleared() -> None:
    with pytest.raises(ValueError, match="no window"):
        window("one two three").clear()


def test_an_escape_that_is_cut_over_two_pieces_ends_a_word_all_the_same() -> None:
    growing = window("say key:\\", "nAKIA and more")
    assert growing.next() == Window(0, 19, "say key:\\nAKIA and more")


def test_a_window_shows_the_word_that_its_context_would_cut() -> None:
    growing = window("one three five", reach=5)
    assert growing.next() == Window(0, 4, "one three five")
    growing.clear()
    growing.append(" six seven ")
    assert growing.next() == Window(0, 19, "one three five six seven ")
    growing.clear()
    growing.close()
    assert growing.next() == Window(10, 25, "five six seven ", is_final=True)


def judged(label: str, score: int, end: int = 13) -> Finding:
    return Finding("classifier", "1", label, "0", 0, end, score)


def test_a_judgement_on_a_window_is_news_at_once_and_holds_nothing_back() -> None:
    growing = window("one two three")
    growing.next()
    assert growing.fresh([judged("toxic", 300_000)]) == [judged("toxic", 300_000)]
    growing.clear([judged("toxic", 300_000)])
    assert growing.cleared == 8


def test_a_judgement_is_news_again_only_when_it_is_surer() -> None:
    growing = window("one two three")
    growing.next()
    growing.clear([judged("toxic", 300_000)])
    for score, news in ((300_000, False), (900_000, True), (800_000, False)):
        growing.append(" and some more")
        growing.next()
        found = growing.clear([judged("toxic", score), judged("insult", 100_000)])
        assert ("toxic" in {one.label for one in found}) is news
    assert "insult" not in {one.label for one in found}


def test_of_two_judgements_in_one_window_the_surer_one_is_to_be_beaten() -> None:
    growing = window("one two three")
    growing.next()
    growing.clear([judgement(900_000), judgement(300_000)])
    growing.append(" four five")
    growing.next()
    assert growing.fresh([judgement(500_000)]) == []


def judgement(score: int) -> Finding:
    return Finding("d", "1", "toxic", "s", 0, 3, score)
