"""Linked names: exact on the way back, and the same in every later turn."""

from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Finding
from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.aliases import name_of
from gateway.pseudonyms.mask import Masked, Pseudonymiser
from gateway.pseudonyms.restore import Restorer
from gateway.pseudonyms.token import derive_key, parts_of

KEY = derive_key(b"a master secret of at least 32 bytes", "acme")
NAMES = [
    "Ann Lee", "Ann", "Lee", "Ms Lee", "Mr Lee", "ANN LEE", "Lee, Ann", "Lee's", "Tom Lee", "Tom", "Ann Ray", "Ray",
    "Ann Marie Lee", "A. Lee", "Eva Groß", "EVA GROSS", "Frau Groß", "Wu",
]  # fmt: skip

turns = st.lists(st.lists(st.sampled_from(NAMES), max_size=5), min_size=1, max_size=6)


def mask(turns: list[list[str]], scope: str = "s") -> Masked:
    """Mask a conversation in which each turn is a few names, and instructions that name one come after it."""
    texts = [(("messages", number), "user.text", " / ".join(names)) for number, names in enumerate(turns)]
    texts.append((("system",), "system.text", "Ann"))
    slots = [Slot(f"q{number}", path, Kind.TEXT, place, text) for number, (path, place, text) in enumerate(texts)]
    findings, labels = [], {"PERSON": 0}
    for slot in slots:
        start = 0
        for name in filter(None, slot.text.split(" / ")):
            findings.append(Finding("test", "1", "PERSON", slot.id, start, start + len(name), 900_000))
            start += len(name) + 3
    return Pseudonymiser(KEY).mask(slots, findings, labels, scope)


def tokens(masked: Masked) -> dict[str, str]:
    return {surface: token for token, surface in masked.tokens.surfaces.items()}


@given(turns)
def test_every_surface_comes_back_as_it_was(turns: list[list[str]]) -> None:
    masked = mask(turns)
    restorer = Restorer(masked.tokens)
    assert [restorer.text(masked.replacements.get(f"q{number}", "")) for number in range(len(turns))] == [
        " / ".join(names) for names in turns
    ]
    assert len(tokens(masked)) == len(masked.tokens)


@given(turns, st.integers(0, 6))
def test_a_later_turn_never_changes_an_earlier_one(turns: list[list[str]], shown: int) -> None:
    before, after = mask(turns[:shown]), mask(turns)
    for number in range(len(turns[:shown])):
        assert after.replacements.get(f"q{number}") == before.replacements.get(f"q{number}")
    assert after.tokens.surfaces.items() >= before.tokens.surfaces.items()


@given(turns, st.integers(1, 6))
def test_a_call_that_goes_on_links_as_one_that_brings_all_turns(turns: list[list[str]], shown: int) -> None:
    """With one name a turn, the earlier calls say all that was known."""
    names = [name for turn in turns for name in turn]
    known = mask([[name] for name in names[:shown]]).tokens
    slot = Slot("q0", ("messages", 0), Kind.TEXT, "user.text", "".join(names[shown : shown + 1]))
    found = [Finding("test", "1", "PERSON", "q0", 0, len(slot.text), 900_000)] if slot.text else []
    went_on = Pseudonymiser(KEY).mask([slot], found, {"PERSON": 0}, "s", known)
    assert went_on.tokens.surfaces == mask([[name] for name in names[: shown + 1]]).tokens.surfaces


@given(turns)
def test_linked_names_share_a_word(turns: list[list[str]]) -> None:
    by_stem: dict[str, list[set[str]]] = {}
    for surface, token in tokens(mask(turns)).items():
        by_stem.setdefault(parts_of(token)[1], []).append(set(name_of(surface)))
    for names in by_stem.values():
        longest = max(names, key=len)
        assert all(name & longest for name in names)
