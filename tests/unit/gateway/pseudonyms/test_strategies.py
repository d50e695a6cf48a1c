"""What stands in a text by each strategy, and that nothing leads back from most of them."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from detectors.finding import Finding
from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.mask import Masked, Pseudonymiser, TokenMap
from gateway.pseudonyms.one_way import OneWay
from gateway.pseudonyms.restore import Restorer, Tally
from gateway.pseudonyms.strategy import Strategy, stricter
from gateway.pseudonyms.token import derive_key

KEY = derive_key(b"a master secret of at least 32 bytes", "acme")
TEXT = "Write to ann@x.org, Ann."
FOUND = [
    Finding("test", "1", "EMAIL_ADDRESS", "q0", 9, 18, 1_000_000),
    Finding("test", "1", "PERSON", "q0", 20, 23, 1_000_000),
]
ALONE = [Finding("test", "1", "EMAIL_ADDRESS", "q0", 0, 9, 1_000_000)]


def mask(
    strategies: Mapping[str, Strategy], text: str = TEXT, found: list[Finding] = FOUND, scope: str = "s"
) -> Masked:
    slots = [Slot("q0", ("messages", 0), Kind.TEXT, "user.text", text)]
    return Pseudonymiser(KEY).mask(slots, found, {"EMAIL_ADDRESS": 1, "PERSON": 1}, scope, None, strategies)


def masked_text(strategies: Mapping[str, Strategy], **options: str) -> str:
    return mask(strategies, **options).replacements["q0"]


BECOMES: dict[Strategy, str] = {
    Strategy.PSEUDONYM: r"Write to <EMAIL_ADDRESS_\w{5}>, <PERSON_\w{5}>\.",
    Strategy.MASK: r"Write to \*{9}, <PERSON_\w{5}>\.",
    Strategy.HASH: r"Write to [0-9a-f]{64}, <PERSON_\w{5}>\.",
    Strategy.DROP: r"Write to , <PERSON_\w{5}>\.",
}


@pytest.mark.parametrize(("strategy", "becomes"), BECOMES.items(), ids=BECOMES)
def test_each_label_leaves_by_its_own_strategy(strategy: Strategy, becomes: str) -> None:
    assert re.fullmatch(becomes, masked_text({"EMAIL_ADDRESS": strategy}))


@pytest.mark.parametrize("strategy", [Strategy.MASK, Strategy.HASH, Strategy.DROP])
def test_what_is_gone_is_counted_as_replaced_and_never_as_unresolved(strategy: Strategy) -> None:
    masked = mask({"EMAIL_ADDRESS": strategy, "PERSON": strategy})
    assert masked.counts == {"EMAIL_ADDRESS": 1, "PERSON": 1}
    assert not masked.tokens
    restorer = Restorer(masked.tokens)
    assert restorer.text(masked.replacements["q0"]) == masked.replacements["q0"]
    assert restorer.tally == Tally(0, 0)


def test_equal_values_have_equal_hashes_however_they_are_written() -> None:
    hashes = {"EMAIL_ADDRESS": Strategy.HASH}
    assert masked_text(hashes) == masked_text(hashes, text=TEXT.replace("x.org", "X.org")).replace("X", "x")


def test_hashes_depend_on_scope_label_and_key() -> None:
    one = OneWay(KEY, b"s").write(Strategy.HASH, "PERSON", "Ann", "Ann")
    others = {
        OneWay(KEY, b"t").write(Strategy.HASH, "PERSON", "Ann", "Ann"),
        OneWay(KEY, b"s").write(Strategy.HASH, "PLACE", "Ann", "Ann"),
        OneWay(bytes(32), b"s").write(Strategy.HASH, "PERSON", "Ann", "Ann"),
    }
    assert len({one} | others) == 4


@pytest.mark.parametrize("surface", ["Zoë", "\ud83d", "安"], ids=ascii)
def test_any_text_can_be_hashed(surface: str) -> None:
    assert re.fullmatch("[0-9a-f]{64}", OneWay(KEY, b"s").write(Strategy.HASH, "PERSON", surface, surface))


def test_a_text_of_which_nothing_is_left_says_of_what_kind_it_was() -> None:
    """Providers refuse an empty text."""
    found = [Finding("test", "1", "PERSON", "q0", 1, 4, 1_000_000)]
    masked = mask({"PERSON": Strategy.DROP}, " Ann ", found)
    assert masked.replacements == {"q0": "<PERSON>"}


def test_a_strategy_that_is_put_back_is_not_one_way() -> None:
    with pytest.raises(ValueError, match="put back"):
        OneWay(KEY, b"s").write(Strategy.PSEUDONYM, "PERSON", "Ann", "Ann")


def test_of_two_strategies_the_one_that_leaves_less_counts() -> None:
    assert stricter(Strategy.PSEUDONYM, Strategy.HASH) is Strategy.HASH
    assert stricter(Strategy.DROP, Strategy.MASK) is Strategy.DROP


def test_a_call_that_goes_on_keeps_every_surrogate_of_the_calls_before() -> None:
    surrogates = {"PERSON": Strategy.SURROGATE, "EMAIL_ADDRESS": Strategy.SURROGATE}
    before = mask(surrogates)
    kept = TokenMap.of(before.tokens.both)
    assert (kept.surrogates, kept.surfaces) == (before.tokens.surrogates, before.tokens.surfaces)
    slots = [Slot("q0", ("messages", 0), Kind.TEXT, "user.text", TEXT)]
    maker = Pseudonymiser(KEY)
    went_on = maker.mask(slots, FOUND, {"EMAIL_ADDRESS": 1, "PERSON": 1}, "another scope", kept, surrogates)
    assert went_on.replacements == before.replacements


def test_tokens_and_surrogates_of_earlier_calls_are_told_apart() -> None:
    known = TokenMap.of({"<PERSON_k3f9a>": "Ann", "Ottilie": "Eva"})
    assert (known.surfaces, known.surrogates) == ({"<PERSON_k3f9a>": "Ann"}, {"Ottilie": "Eva"})
    assert Restorer(known).text("<PERSON_k3f9a> and Ottilie") == "Ann and Eva"


def test_a_value_that_touches_a_word_gets_a_token_instead_of_a_surrogate() -> None:
    """Its surrogate could not be told from the rest of the word."""
    found = [Finding("test", "1", "PERSON", "q0", 1, 4, 1_000_000)]
    masked = mask({"PERSON": Strategy.SURROGATE}, "xAnn, Ann", [*found, replace(found[0], start=6, end=9)])
    assert re.fullmatch(r"x<PERSON_\w{5}>, [A-Z][a-z]+", masked.replacements["q0"])


def test_a_word_in_a_json_source_is_found_behind_an_escape_and_its_value_is_escaped() -> None:
    restorer = Restorer(TokenMap(surrogates={"Ottilie": 'A "x"'}))
    assert restorer.escaped('{"a": "\\nOttilie"}') == '{"a": "\\nA \\"x\\""}'
    assert restorer.tally == Tally(restored=1)


@pytest.mark.parametrize("strategy", Strategy)
def test_what_was_replaced_is_told_with_what_stands_there(strategy: Strategy) -> None:
    for text in (TEXT, "ann@x.org"):
        masked = mask(dict.fromkeys(("EMAIL_ADDRESS", "PERSON"), strategy), text, FOUND if text is TEXT else ALONE)
        written, position = "", 0
        for start, end, _, instead in masked.stretches["q0"]:
            written += text[position:start] + instead
            position = end
        assert written + text[position:] == masked.replacements["q0"]
