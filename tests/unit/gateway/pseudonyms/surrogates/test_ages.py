"""Ages with surrogates: put back where words say that a number is an age, and nowhere else."""

import pytest

from detectors.finding import Finding
from gateway.dialects.slot import Kind, Slot
from gateway.pseudonyms.mask import Masked, Pseudonymiser
from gateway.pseudonyms.restore import Restorer
from gateway.pseudonyms.strategy import Strategy
from gateway.pseudonyms.token import derive_key

KEY = derive_key(b"a master secret of at least 32 bytes", "acme")


def masked(text: str, own: str = "76") -> Masked:
    start = text.index(own)
    slots = [Slot("q0", ("messages", 0), Kind.TEXT, "user.text", text)]
    found = [Finding("test", "1", "AGE", "q0", start, start + len(own), 600_000)]
    return Pseudonymiser(KEY).mask(slots, found, {"AGE": 1}, "s", None, {"AGE": Strategy.SURROGATE})


@pytest.mark.parametrize(
    "text",
    [
        "a 76-year-old man", "She is 76 years old.", "i'm 76 y/o.", "a woman aged 76, of Leeds", "I just turned 76",
        "Age: 76", "a 76-month-old", "Sie ist 76 Jahre alt.", "die 76-j\u00e4hrige Frau", "\u00e2g\u00e9 de 76 ans",
        "una mujer de 76 a\u00f1os", "un uomo di 76 anni",
    ],
)  # fmt: skip
def test_an_age_leaves_as_another_number_and_comes_back(text: str) -> None:
    one = masked(text)
    (made,) = one.tokens.surrogates
    assert one.replacements["q0"] == text.replace("76", made)
    assert Restorer(one.tokens).text(one.replacements["q0"]) == text


@pytest.mark.parametrize("text", ["she was 76.", "a 76yo", "una 76enne", "Name: Ann, 76"])
def test_where_it_could_not_be_told_from_any_number_it_gets_a_token(text: str) -> None:
    one = masked(text)
    assert "<AGE_" in one.replacements["q0"]
    assert Restorer(one.tokens).text(one.replacements["q0"]) == text


@pytest.mark.parametrize(
    "form", ["{}. Take the pills", "in {} % of cases", "page {}", "room {}, {} m2", "1{} or {}.5", "{}"]
)
def test_any_other_number_stays_as_the_model_wrote_it(form: str) -> None:
    one = masked("a 76-year-old man")
    reply = form.replace("{}", next(iter(one.tokens.surrogates)))
    assert Restorer(one.tokens).text(reply) == reply
    assert Restorer(one.tokens).escaped(reply) == reply
