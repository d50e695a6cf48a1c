"""A guarded stream of Gemini gives the same reply wherever it was cut, in either framing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer
from gateway.stream.limits import Limits
from tests.chat_streams import cut, run
from tests.gemini_streams import assembled, candidate, end, event, guard, say, think

TOKENS = {"<PERSON_k3f9a>": 'Ann "Lee"', "<EMAIL_ADDRESS_bcdef>": "ann@example.org", "<PERSON_k3f9aq7>": "ANN"}
SMALL = Limits(reach=8, stride=4, run=200)
PIECES = ["<PERSON", "_k3f", "9a>", "<EMAIL_ADDRESS_bcdef>", " ", "a", "word ", "\\", "é", "&lt;"]
OTHER = "Other: <PERSON_k3f9aq7> and <PERSON_zzzzz> <"
MODES = ["window", "hold", "observe"]
FRAMINGS = ["sse", "json"]
CALL = {
    "functionCall": {"name": "mail", "args": {"to": "<EMAIL_ADDRESS_bcdef>", "n": [1, 2.50]}},
    "thoughtSignature": "Q+/=",
}


def recorded() -> bytes:
    """Two candidates that talk at once, thoughts, calls, a comment, usage, tokens cut over chunks."""
    return b"".join([
        b": connected\n\n",
        think("About <PER"), think("SON_k3f9a>"),
        event(candidate({"text": "Dear <PER"}), candidate({"text": OTHER}, index=1)),
        *(say(part) for part in ["SON_k3f", "9a>, your address ", "é", "is <EMAIL_ADD", "RESS_bcdef>"]),
        event(candidate(CALL)),
        say("PERSON_k3f9a", index=1),
        think("So <PERSON_k3f9"), think("a>."),
        say("Bye"),
        end(),
        end("MAX_TOKENS", index=1),
        event(usageMetadata={"promptTokenCount": 1}).replace(b"\r\n", b"\n"),
    ])  # fmt: skip


WHOLE: dict[str, Any] = {
    "0.thought": 'About Ann "Lee"So Ann "Lee".',
    "0.text": 'Dear Ann "Lee", your address éis ann@example.orgBye',
    "1.text": 'Other: ANN and <PERSON_zzzzz> Ann "Lee"',
    "0.parts": [{**CALL, "functionCall": {"name": "mail", "args": {"to": "ann@example.org", "n": [1, 2.50]}}}],
    "0.end": "STOP",
    "1.end": "MAX_TOKENS",
}


@pytest.mark.parametrize(("mode", "alt", "step"), [("window", "sse", 3), ("hold", "json", 7), ("observe", "json", 5)])
def test_every_single_cut_gives_the_same_reply(mode: str, alt: str, step: int) -> None:
    raw = recorded()
    for place in range(0, len(raw) + 1, step):
        guarded = guard(mode, TOKENS, SMALL, alt=alt)
        out, _ = run(guarded, [raw[:place], raw[place:]])
        assert assembled(out, alt=alt) == WHOLE, place
        assert guarded.closed


@given(places=st.lists(st.integers(0, 10_000), max_size=12), mode=st.sampled_from(MODES), alt=st.sampled_from(FRAMINGS))
@settings(max_examples=60)
def test_any_cuts_give_the_same_reply(places: list[int], mode: str, alt: str) -> None:
    out, _ = run(guard(mode, TOKENS, SMALL, alt=alt), cut(recorded(), places))
    assert assembled(out, alt=alt) == WHOLE


@given(
    said=st.lists(st.tuples(st.booleans(), st.lists(st.sampled_from(PIECES), min_size=1, max_size=3)), max_size=8),
    mode=st.sampled_from(MODES),
    alt=st.sampled_from(FRAMINGS),
    ends_always=st.booleans(),
)
@settings(max_examples=150)
def test_any_texts_are_restored_run_by_run(
    said: list[tuple[bool, list[str]]], mode: str, alt: str, ends_always: bool
) -> None:
    reason = {"finishReason": "STOP"} if ends_always else {}
    chunks = [event(candidate(*(_part(text, thought) for text in texts), **reason)) for thought, texts in said]
    out, _ = run(guard(mode, TOKENS, SMALL, alt=alt), [*chunks, end()])
    expected = {"0.end": "STOP", "0.text": "", **_restored(said)}
    assert assembled(out, alt=alt) == expected


def _part(text: str, thought: bool) -> dict[str, Any]:
    return {"text": text, **({"thought": True} if thought else {})}


def _restored(said: list[tuple[bool, list[str]]]) -> dict[str, str]:
    """Restore each run by itself: a token does not go on in another run."""
    restorer, result = Restorer(TokenMap(dict(TOKENS))), dict[str, str]()
    runs: list[tuple[bool, str]] = []
    for thought, texts in said:
        if runs and runs[-1][0] == thought:
            runs[-1] = (thought, runs[-1][1] + "".join(texts))
        else:
            runs.append((thought, "".join(texts)))
    for thought, text in runs:
        name = "0.thought" if thought else "0.text"
        result[name] = result.get(name, "") + restorer.text(text)
    return result
