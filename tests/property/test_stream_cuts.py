"""A guarded stream gives the same reply wherever it was cut, and nothing that was not cleared."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.finding import Passage
from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer
from gateway.stream.limits import Limits
from gateway.stream.windows import GrowingWindow
from tests.chat_streams import DONE, assembled, call, choice, cut, end, event, guard, run, say

TOKENS = {"<PERSON_k3f9a>": 'Ann "Lee"', "<EMAIL_ADDRESS_bcdef>": "ann@example.org", "<PERSON_k3f9aq7>": "ANN"}
ARGUMENTS = json.dumps({"to": "<EMAIL_ADDRESS_bcdef>", "body": 'Dear <PERSON_k3f9a>,\n"hi"', "n": [1, 2.50]})
SMALL = Limits(reach=8, stride=4, run=200)
PIECES = ["<PERSON", "_k3f", "9a>", "<EMAIL_ADDRESS_bcdef>", " ", "a", "word ", "\\", "&lt;"]
MODES = ["window", "hold", "observe"]


def recorded() -> bytes:
    """Two choices that talk at once, a tool call in pieces, a comment, usage, a token cut over chunks."""
    return b"".join([
        b": connected\n\n",
        event(choice({"role": "assistant", "content": ""}), choice({"role": "assistant", "content": ""}, 1)),
        *(say(part) for part in ["Dear <PER", "SON_k3f", "9a>, your address ", "é", "is <EMAIL_ADD", "RESS_bcdef>"]),
        say("Other: <PERSON_k3f9aq7> and <PERSON_zzzzz> <", 1),
        call(ARGUMENTS[:5], id="call_1", name="send"),
        say("PERSON_k3f9a", 1),
        *(call(ARGUMENTS[at : at + 7]) for at in range(5, len(ARGUMENTS), 7)),
        end("tool_calls"),
        event(usage={"prompt_tokens": 1, "completion_tokens": 2}).replace(b"\n", b"\r\n"),
        end("stop", 1),
        DONE,
    ])  # fmt: skip


WHOLE = {
    "0.content": 'Dear Ann "Lee", your address éis ann@example.org',
    "1.content": 'Other: ANN and <PERSON_zzzzz> Ann "Lee"',
    "0.tool0.id": "call_1",
    "0.tool0.name": "send",
    "0.tool0.arguments": json.dumps({"to": "ann@example.org", "body": 'Dear Ann "Lee",\n"hi"', "n": [1, 2.50]}),
    "0.end": "tool_calls",
    "1.end": "stop",
    "done": "yes",
}


@pytest.mark.parametrize(("mode", "step"), [("window", 1), ("hold", 5), ("observe", 7)])
def test_every_single_cut_gives_the_same_reply(mode: str, step: int) -> None:
    raw = recorded()
    for place in range(0, len(raw) + 1, step):
        guarded = guard(mode, TOKENS, SMALL)
        out, _ = run(guarded, [raw[:place], raw[place:]])
        assert assembled(out) == WHOLE, place
        assert guarded.closed


@settings(max_examples=60)
@given(st.sampled_from(MODES), st.lists(st.integers(0, 10**6), max_size=40))
def test_many_cuts_give_the_same_reply(mode: str, places: list[int]) -> None:
    out, _ = run(guard(mode, TOKENS, SMALL), cut(recorded(), places))
    assert assembled(out) == WHOLE


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(["<PERSON", "_k3f", "9a>", "<EMAIL_ADDRESS_bcdef>", " ", "a", "word ", "\\", "&lt;"]),
        max_size=20,
    ),
    st.sampled_from(MODES),
    st.integers(0, 12),
)
def test_the_client_reads_what_restoring_the_whole_text_gives(parts: list[str], mode: str, reach: int) -> None:
    out, _ = run(guard(mode, TOKENS, Limits(reach=reach, stride=1)), [*(say(part) for part in parts), end(), DONE])
    expected = Restorer(TokenMap(TOKENS)).text("".join(parts))
    assert assembled(out).get("0.content", "") == expected


words = st.lists(st.integers(1, 14), min_size=1, max_size=30).map(
    lambda lengths: " ".join(f"{number:x}".rjust(length, "-") for number, length in enumerate(lengths))
)


@settings(max_examples=200)
@given(words, st.sampled_from(["window", "hold"]), st.lists(st.integers(0, 10**6), max_size=25), st.data())
def test_nothing_leaves_before_each_passage_that_covers_it_is_cleared(
    text: str, mode: str, places: list[int], data: st.DataObject
) -> None:
    parts = [part.decode() for part in cut(text.encode(), places) if part]
    guarded = guard(mode, {}, SMALL)
    out, clean, waiting, arrived = b"", 0, list[tuple[Passage, range, int]](), 0
    for number in range(2 * len(parts) + 2):
        if number < len(parts):
            guarded.feed(say(parts[number]))
            arrived += len(parts[number])
        elif number == len(parts):
            guarded.feed(end() + DONE)
        for passage in guarded.to_screen():
            assert text[:arrived].endswith(passage.text)  # it shows all that has come, with what follows the window
            border = arrived if number >= len(parts) else arrived - SMALL.reach
            waiting.append((passage, range(max(clean, arrived - len(passage.text)), arrived), border))
        if waiting and data.draw(st.booleans()):
            passage, _, border = waiting.pop(0)
            guarded.cleared([passage])
            clean = border
        before, out = said(out), out + guarded.take()
        leaving = set(range(before, said(out)))
        assert leaving <= set(range(clean))
        assert not any(leaving & set(covered) for _, covered, _ in waiting)
    passages = [passage for passage, _, _ in waiting] + guarded.to_screen()
    while passages:
        guarded.cleared(passages)
        passages = guarded.to_screen()
    assert assembled(out + guarded.take()) == {"0.content": text, "0.end": "stop", "done": "yes"}


def said(out: bytes) -> int:
    return len(assembled(out).get("0.content", ""))


@given(words, st.lists(st.integers(0, 10**6), max_size=25), st.integers(1, 12), st.integers(1, 12))
def test_each_stretch_as_long_as_the_reach_is_screened_in_one_piece(
    text: str, places: list[int], reach: int, stride: int
) -> None:
    parts = [part.decode() for part in cut(text.encode(), places) if part]
    _, screened = run(guard("window", {}, Limits(reach=reach, stride=stride)), [*map(say, parts), end(), DONE])
    for start in range(len(text)):
        assert any(text[start : start + reach] in passage.text for passage in screened)


@given(words, st.lists(st.integers(0, 10**6), max_size=25))
def test_each_word_is_screened_in_one_piece(text: str, places: list[int]) -> None:
    parts = [part.decode() for part in cut(text.encode(), places) if part]
    _, screened = run(guard("window", {}, Limits(reach=2, stride=1)), [*map(say, parts), end(), DONE])
    seen = [set(passage.text.split()) for passage in screened]
    assert all(any(word in some for some in seen) for word in text.split())


@pytest.mark.parametrize("pattern", ["word ", "x"], ids=["words", "an unbroken run"])
def test_screening_costs_the_length_of_the_text_not_its_square(pattern: str) -> None:
    text = pattern * (8000 // len(pattern))
    _, screened = run(guard("window"), [*(say(text[at : at + 4]) for at in range(0, len(text), 4)), end(), DONE])
    assert sum(len(passage.text) for passage in screened) <= 4 * len(text)


@given(st.lists(st.text("ab \n", min_size=1, max_size=9), min_size=1, max_size=30), st.integers(0, 9))
def test_windows_go_forward_and_cover_the_whole_text(parts: list[str], reach: int) -> None:
    text, window, position = "".join(parts), GrowingWindow(Limits(reach=reach, stride=3, run=1000)), 0
    for part in [*parts, ""]:
        window.append(part)
        if not part:
            window.close()
        while new := window.next():
            assert text[new.start :].startswith(new.text)
            assert new.start <= position < new.end <= new.start + len(new.text)
            window.clear()
            position = window.cleared
            assert position == new.end
    assert position == len(text)
