"""`restore(mask(x)) == x`: for every text, every finding, and every way to cut the restored stream."""

import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Finding
from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.mask import Masked, Pseudonymiser, TokenMap
from gateway.pseudonyms.restore import Restorer
from gateway.pseudonyms.token import derive_key

KEY = derive_key(b"a master secret of at least 32 bytes", "acme")
LABELS = {"PERSON": 0, "EMAIL_ADDRESS": 0, "PHONE_NUMBER": 0}
PIECES = [
    "<",
    ">",
    "\\",
    "_",
    "&lt;",
    "&gt;",
    "'s",
    " ",
    "Ann",
    "PERSON",
    "EMAIL_ADDRESS",
    "k3f9a",
    "<PERSON_k3f9a>",
    "x",
]

texts = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
)


@st.composite
def found_texts(draw: st.DrawFn) -> tuple[list[Slot], list[Finding]]:
    slots, findings = [], []
    for number, text in enumerate(draw(st.lists(texts, min_size=1, max_size=3))):
        slots.append(Slot(f"q{number}", (number,), Kind.TEXT, "user.text", text))
        for _ in range(draw(st.integers(0, 4)) if text else 0):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            label, score = draw(st.sampled_from(list(LABELS))), draw(st.integers(0, 1_000_000))
            findings.append(Finding("test", "1", label, f"q{number}", start, end, score))
    return slots, findings


def mask(slots: list[Slot], findings: list[Finding]) -> Masked:
    return Pseudonymiser(KEY).mask(slots, findings, LABELS, "scope")


def pieces(text: str, places: list[int]) -> list[str]:
    borders = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(borders)]


def streamed(restorer: Restorer, parts: list[str]) -> str:
    stream = restorer.stream()
    return "".join([*(stream.feed(part) for part in parts), stream.finish()])


@given(found_texts())
def test_what_was_masked_is_restored_exactly(case: tuple[list[Slot], list[Finding]]) -> None:
    slots, findings = case
    masked = mask(slots, findings)
    restorer = Restorer(masked.tokens)
    for slot in slots:
        assert restorer.text(masked.replacements.get(slot.id, slot.text)) == slot.text


@given(found_texts())
def test_no_part_of_a_finding_stays_in_the_clear(case: tuple[list[Slot], list[Finding]]) -> None:
    slots, findings = case
    masked = mask(slots, findings)
    for slot in slots:
        found = [f for f in findings if f.slot == slot.id]
        covered = {i for f in found for i in range(f.start, f.end)}
        left = "".join(c for i, c in enumerate(slot.text) if i not in covered)
        new = masked.replacements.get(slot.id, slot.text)
        for token in masked.tokens.surfaces:
            new = new.replace(token, "")
        assert new == left


@given(found_texts(), st.lists(st.integers(0, 10**6), max_size=8))
def test_a_masked_text_is_restored_from_a_stream_cut_anywhere(
    case: tuple[list[Slot], list[Finding]], places: list[int]
) -> None:
    slots, findings = case
    masked = mask(slots, findings)
    for slot in slots:
        parts = pieces(masked.replacements.get(slot.id, slot.text), places)
        assert streamed(Restorer(masked.tokens), parts) == slot.text


TOKENS = {
    "<PERSON_k3f9a>": "Ann",
    "<PERSON_k3f9aq7>": "ANN",
    "<EMAIL_ADDRESS_bcdef>": 'a"@x.org',
    "<X_PERSON_k3f9a>": "Z",
}
BENT = [
    "<PERSON_k3f9a>", "<person_K3F9A>", "PERSON_k3f9a", "<PERSON\\_k3f9aq7>", "&lt;PERSON_k3f9a&gt;",
    "\\<EMAIL\\_ADDRESS\\_bcdef\\>", "<EMAIL_ADDRESS_bcdef>", "EMAIL_ADDRESS_bcdef's", "<X_PERSON_k3f9a>",
    "<PERSON_zzzzz>", "<PERS", "<PERSON_k3f", "EMAIL_ADD", "&l", "&gt", "\\", "<", ">", "&", " ", "é", "_", "q7", "a",
    "PERSON", "EMAIL", "ADDRESS", "k3f9a", "bcdef", "z2zzz", "s", "[", "]", "{", "}", "(", "*", "**",
    "`", "__", "-", "+", "/", "\n", "\r\n", "\\n", "\\_", "%3C", "%3e", "%5F", "%253C", "%20",
    "%", "&#60;", "&amp;lt;", "&#95;", ";", "\\u003c",
    "\\u003e", "\\\\u003c", "\\u005f", "\\u0026lt;", "\u200b", "\u00ad", "\u2039", "\u203a", "\uff1c", "\uff1e",
    "https://", "mailto:", ".", ":", "!", "$", "Person", "İ", "\u212a",
]  # fmt: skip


@given(st.lists(st.sampled_from(BENT), max_size=10).map("".join), st.lists(st.integers(0, 10**6), max_size=12))
def test_a_stream_restores_bent_tokens_just_as_a_whole_text_does(text: str, places: list[int]) -> None:
    whole, cut = Restorer(TokenMap(TOKENS)), Restorer(TokenMap(TOKENS))
    assert streamed(cut, pieces(text, places)) == whole.text(text)
    assert cut.tally == whole.tally
    assert streamed(Restorer(TokenMap(TOKENS)), list(text)) == whole.text(text)


@given(
    st.lists(st.sampled_from([*BENT, "\\u003c", "\\u003e", "\\u00"]), max_size=10).map("".join),
    st.lists(st.integers(0, 10**6), max_size=12),
)
def test_a_stream_that_is_the_source_of_a_document_restores_as_the_whole_source_does(
    text: str, places: list[int]
) -> None:
    whole, cut = Restorer(TokenMap(TOKENS)), Restorer(TokenMap(TOKENS))
    stream = cut.stream(escaped=True)
    assert "".join([*map(stream.feed, pieces(text, places)), stream.finish()]) == whole.escaped(text)
    assert cut.tally == whole.tally


@given(st.lists(st.sampled_from(BENT), max_size=10).map("".join))
def test_what_is_held_back_is_never_longer_than_the_longest_bent_token(text: str) -> None:
    restorer, given_out = Restorer(TokenMap(TOKENS)), ""
    stream = restorer.stream()
    for seen, character in enumerate(text, start=1):
        given_out += stream.feed(character)
        settled = Restorer(TokenMap(TOKENS)).text(text[: max(0, seen - restorer.index.longest)])
        assert len(given_out) >= len(settled) - 20  # as the value of a token that was cut off just there


@given(st.dictionaries(st.sampled_from(["a", "b", "to"]), st.lists(st.sampled_from(BENT), max_size=4).map("".join)))
def test_an_embedded_document_stays_one_and_its_strings_are_restored(document: dict[str, str]) -> None:
    restored = Restorer(TokenMap(TOKENS)).embedded(json.dumps(document))
    assert json.loads(restored) == {key: Restorer(TokenMap(TOKENS)).text(text) for key, text in document.items()}
