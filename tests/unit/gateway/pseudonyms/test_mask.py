from collections.abc import Mapping

import pytest

from detectors.finding import Finding
from gateway.dialects.slot import Kind, Slot
from gateway.errors import InternalFault
from gateway.pseudonyms.mask import Masked, Pseudonymiser, TokenMap
from gateway.pseudonyms.token import derive_key

KEY = derive_key(b"a master secret of at least 32 bytes", "acme")
LABELS = {"PERSON": 400_000, "EMAIL_ADDRESS": 400_000}


def slot(text: str, number: int = 0, kind: Kind = Kind.TEXT) -> Slot:
    return Slot(f"q{number}", (number,), kind, "user.text", text)


def hit(text: str, piece: str, label: str = "PERSON", number: int = 0, score: int = 900_000) -> Finding:
    start = text.index(piece)
    return Finding("test", "1", label, f"q{number}", start, start + len(piece), score)


def mask(*slots: Slot, findings: list[Finding], labels: Mapping[str, int] = LABELS, scope: str = "s") -> Masked:
    return Pseudonymiser(KEY).mask(slots, findings, labels, scope)


def test_a_value_gets_one_token_in_all_slots_of_a_call() -> None:
    masked = mask(slot("Ann"), slot("I, Ann", 1), findings=[hit("Ann", "Ann"), hit("I, Ann", "Ann", number=1)])
    token = masked.replacements["q0"]
    assert masked.replacements["q1"] == f"I, {token}"
    assert masked.tokens.surfaces == {token: "Ann"}
    assert masked.counts == {"PERSON": 2}


def test_two_surfaces_of_one_value_have_related_tokens() -> None:
    text = "a@x.org a@X.org"
    masked = mask(slot(text), findings=[hit(text, "a@x.org", "EMAIL_ADDRESS"), hit(text, "a@X.org", "EMAIL_ADDRESS")])
    first, second = masked.replacements["q0"].split()
    assert second.startswith(first[:-1])
    assert masked.tokens.surfaces == {first: "a@x.org", second: "a@X.org"}


@pytest.mark.parametrize(
    ("label", "score", "is_masked"),
    [("PERSON", 400_000, True), ("PERSON", 399_999, False), ("URL", 1_000_000, False)],
    ids=["at its score", "below", "another label"],
)
def test_only_the_chosen_labels_are_masked_from_their_score_on(label: str, score: int, is_masked: bool) -> None:
    masked = mask(slot("Ann"), findings=[hit("Ann", "Ann", label, score=score)])
    assert bool(masked.replacements) is is_masked


def test_findings_in_keys_are_reported_and_not_masked() -> None:
    masked = mask(slot("Ann", kind=Kind.KEY), findings=[hit("Ann", "Ann")])
    assert (masked.replacements, len(masked.tokens)) == ({}, 0)
    assert (masked.counts, masked.unmaskable) == ({}, {"PERSON": 1})


def test_findings_in_sealed_text_are_left_alone() -> None:
    masked = mask(slot("Ann", kind=Kind.SEALED), findings=[hit("Ann", "Ann")])
    assert (masked.replacements, masked.counts, masked.unmaskable) == ({}, {}, {})


def test_a_token_that_the_model_copied_into_sealed_text_still_stands_for_its_value() -> None:
    """So a history with thinking in it reaches the model as it was when the model thought."""
    before = mask(slot("Ann"), findings=[hit("Ann", "Ann")])
    token = before.replacements["q0"]
    sealed, typed = slot(f"They mean {token}.", 1, Kind.SEALED), slot(f"They mean {token}.", 1)
    assert mask(slot("Ann"), sealed, findings=[hit("Ann", "Ann")]).replacements == {"q0": token}
    assert mask(slot("Ann"), typed, findings=[hit("Ann", "Ann")]).replacements != {"q0": token}


def test_findings_in_labels_are_left_alone() -> None:
    masked = mask(
        slot("Ann", kind=Kind.LABEL), slot("Ann", 1), findings=[hit("Ann", "Ann"), hit("Ann", "Ann", number=1)]
    )
    assert list(masked.replacements) == ["q1"]
    assert (masked.counts, masked.unmaskable) == ({"PERSON": 1}, {})
    assert mask(slot("Ann", kind=Kind.LABEL), findings=[hit("Ann", "Ann")]).replacements == {}


@pytest.mark.parametrize(
    ("start", "end", "masked_text"),
    [(7, 10, "<> Lee"), (0, 3, None), (0, 10, "<> Lee"), (7, 14, "<>"), (7, 15, "<>"), (14, 15, None)],
    ids=["in the text", "in what leads to it", "in both", "all of it", "with the closing quote", "the closing quote"],
)
def test_offsets_count_from_what_leads_to_a_text(start: int, end: int, masked_text: str | None) -> None:
    led = Slot("q0", (0,), Kind.ARGUMENTS, "user.text", "Ann Lee", ("to",), '"to": "')
    masked = mask(led, findings=[Finding("test", "1", "PERSON", "q0", start, end, 900_000)])
    token = next(iter(masked.tokens.surfaces), "")
    assert masked.replacements == ({"q0": masked_text.replace("<>", token)} if masked_text else {})


@pytest.mark.parametrize(
    "disguise",
    [str, str.upper, str.lower, lambda token: token[1:-1].replace("_", "\\_"), lambda token: f"x{token[3:]}yz"],
    ids=["as it is", "upper case", "lower case", "escaped", "as a part"],
)
def test_a_token_that_the_text_holds_already_is_not_issued(disguise: "type[str]") -> None:
    first = mask(slot("Ann"), findings=[hit("Ann", "Ann")]).replacements["q0"]
    second = mask(slot("Ann"), slot(f"I say {disguise(first)}", 1), findings=[hit("Ann", "Ann")]).replacements["q0"]
    assert second != first
    assert second.startswith("<PERSON_")


def test_a_text_made_to_use_up_all_tokens_is_refused() -> None:
    letters = "23456789abcdefghjkmnpqrstuvwxyz"
    maker_tokens = []
    for _ in range(64):
        text = " ".join(maker_tokens)
        maker_tokens.append(mask(slot("Ann"), slot(text, 1), findings=[hit("Ann", "Ann")]).replacements["q0"])
    assert len(set(maker_tokens)) == 64
    assert all(set(token[8:-1]) <= set(letters) for token in maker_tokens)
    with pytest.raises(InternalFault, match="No pseudonym could be found"):
        mask(slot("Ann"), slot(" ".join(maker_tokens), 1), findings=[hit("Ann", "Ann")])


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [(0, 4, 0), (-1, 2, 0), (2, 2, 0), (0, 3, 7)],
    ids=["past the end", "before the start", "empty", "no such slot"],
)
def test_a_finding_that_lies_nowhere_is_a_fault(start: int, end: int, number: int) -> None:
    with pytest.raises(InternalFault):
        mask(slot("Ann"), findings=[Finding("test", "1", "PERSON", f"q{number}", start, end, 900_000)])


def test_tokens_depend_on_the_scope() -> None:
    tokens = {mask(slot("Ann"), findings=[hit("Ann", "Ann")], scope=scope).replacements["q0"] for scope in "abc"}
    assert len(tokens) == 3


def test_values_do_not_show_in_the_repr() -> None:
    masked = mask(slot("Ann"), findings=[hit("Ann", "Ann")])
    assert "Ann" not in repr(masked)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes or more"):
        Pseudonymiser(b"short")


def test_a_call_that_goes_on_keeps_every_token_of_the_calls_before() -> None:
    known = mask(slot("Ann"), findings=[hit("Ann", "Ann")]).tokens
    masked = Pseudonymiser(KEY).mask(
        [slot("Ann, Bob")], [hit("Ann, Bob", "Ann"), hit("Ann, Bob", "Bob")], LABELS, "another scope", known
    )
    (ann,) = known.surfaces
    bob = next(token for token in masked.tokens.surfaces if token != ann)
    assert masked.replacements["q0"] == f"{ann}, {bob}"
    assert masked.tokens.surfaces == {ann: "Ann", bob: "Bob"}
    assert Pseudonymiser(KEY).mask([slot("hi")], [], LABELS, "s", known).tokens == known


def test_a_known_token_is_never_issued_for_another_value() -> None:
    (token,) = mask(slot("Ann"), findings=[hit("Ann", "Ann")]).tokens.surfaces
    masked = Pseudonymiser(KEY).mask([slot("Ann")], [hit("Ann", "Ann")], LABELS, "s", TokenMap({token: "Eve"}))
    assert masked.replacements["q0"] != token
    assert masked.tokens.surfaces[token] == "Eve"
