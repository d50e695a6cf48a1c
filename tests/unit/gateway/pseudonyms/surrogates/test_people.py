import re

import pytest

from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.surrogates.issue import SurrogateIssuer
from gateway.pseudonyms.surrogates.words import FAMILY, GIVEN

KEY = bytes(32)


def issuer(text: str = "", known: dict[str, str] | None = None) -> SurrogateIssuer:
    slots = [Slot("q0", ("messages", 0), Kind.TEXT, "user.text", text)]
    return SurrogateIssuer(KEY, b"s", slots, known or {})


def test_all_forms_of_a_name_share_their_words() -> None:
    names = issuer()
    full = names.surrogate("PERSON", "Ann Lee")
    assert full
    first, last = full.split()
    forms = {"Ann": first, "Ms Lee": f"Ms {last}", "Lee's": f"{last}'s", "LEE, Ann": f"{last.upper()}, {first}"}
    assert {form: names.surrogate("PERSON", form) for form in forms} == forms
    assert names.all() == {
        **{value: form for form, value in forms.items()},
        full: "Ann Lee", first: "Ann", last: "Lee", last.upper(): "LEE",
    }  # fmt: skip


KINDS = {
    "Emma Roe": ("en", 0),
    "John Roe": ("en", 1),
    "Jürgen Roe": ("de", 1),
    "Chloé Roe": ("fr", 0),
    "José Roe": ("es", 1),
}


@pytest.mark.parametrize(("name", "kind"), KINDS.items(), ids=KINDS)
def test_names_keep_gender_and_language_where_known(name: str, kind: tuple[str, int]) -> None:
    made = issuer().surrogate("PERSON", name)
    assert made
    first, last = made.split()
    assert first in GIVEN[kind[0]][kind[1]]
    assert last in FAMILY[kind[0]]


def test_a_title_tells_the_gender_of_a_name_that_is_not_known() -> None:
    for title, which in (("Ms", 0), ("Mr", 1)):
        made = issuer().surrogate("PERSON", f"{title} Priya Raman")
        assert made
        assert made.split()[1] in GIVEN["en"][which]


@pytest.mark.parametrize("name", ["J. Lee", "Иван Петров", "Ann2", "?", "安"])
def test_a_name_that_could_not_be_put_back_gets_none(name: str) -> None:
    assert issuer().surrogate("PERSON", name) is None


def test_particles_stay() -> None:
    assert re.fullmatch("[A-Z][a-z]+ van der [A-Z][a-z]+", issuer().surrogate("PERSON", "Eva van der Berg") or "")


def test_what_a_text_holds_is_not_issued() -> None:
    first = issuer().surrogate("PERSON", "Ann Lee")
    assert first
    for word in first.split():
        other = issuer(f"I know {word.lower()}s").surrogate("PERSON", "Ann Lee")
        assert other
        assert word not in other


def test_a_known_surrogate_is_kept_and_never_given_to_another() -> None:
    names = issuer(known={"Ottilie Roe": "Ann Lee"})
    assert names.surrogate("PERSON", "Ann Lee") == "Ottilie Roe"
    assert names.surrogate("PERSON", "Tom Lee") != "Ottilie Roe"


def test_so_many_names_that_words_run_out_get_none_rather_than_the_same() -> None:
    names = issuer()
    made = [names.surrogate("PERSON", f"Emma {first}{last}") for first in "BCDFG" for last in ("arx", "orx", "irx")]
    made += [
        names.surrogate("PERSON", f"{first}{last} Roe") for first in "BCDFGHJKLM" for last in ("ana", "ena", "ina")
    ]
    kept = [one for one in made if one]
    assert len(kept) == len(set(kept)) >= 20
