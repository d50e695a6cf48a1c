"""Ages: the number is found where words say that it is somebody's years; a time, a rule and a number alone are not."""

import re

import pytest

from detectors.text.deadline import Deadline
from detectors.text.languages.ages import LABEL, is_age
from detectors.text.languages.catalog import language_recognizers
from detectors.text.languages.tables import FORMS
from detectors.text.rule_choice import rule_of

RULES = [rule_of(one) for one in language_recognizers() if one.supported_entities == [LABEL]]

AGES = (
    "a [76]-year-old man", "She is [55] years old.", "Mr. Holst is a [55] year old man", "i'm [67] y/o.", "a [24]yo",
    "[24] yo male", "aged [41], of Leeds", "Aged about [58], he", "I'll turn [74].", "My brother just turned [58]",
    "turning [30] in May", "my son turns [7] tomorrow", "retired at the age of [47]", "a [6]-month-old",
    "she is [18] months old", "a [3]-week-old baby", "a [5]-day-old newborn", "[76] years of age", "[76] years\nold",
    "Name: Ann\nAge: [41]", '{"age": "[41]"}', "AGE: [41]", "a woman of [76], who", "Written when he was [74].",
    "a [76]\u2011year\u2011old", "is [119] years old", "a [30]yr old",
    "ein [76]-Jähriger", "die [76]-jährige Patientin", "Sie ist [76] Jahre alt.", "die [76] Jahre alte Frau",
    "[6] Monate alt", "im Alter von [76] Jahren", "Alter: [76]", "Er ist gerade [58] geworden", "verstarb [76]-jährig",
    "âgé de [76] ans", "âgée de [6] mois", "J'ai [76] ans.", "Elle a [76] ans et", "une femme de [76] ans",
    "à l'âge de [76]\u00a0ans", "M. Dupont, [76] ans, retraité", "Âge : [76] ans",
    "una mujer de [76] años", "tiene [76] años", "cumplió [76] años.", "a los [76] años", "Ana Ruiz, de [76] años,",
    "[76] años de edad", "un bebé de [6] meses", "Edad: [76]",
    "un uomo di [76] anni", "Ha [76] anni.", "compie [76] anni", "all'età di [76] anni", "Rossi, [76] anni, di Roma",
    "un [76]enne", "Età: [76]",
)  # fmt: skip

LOOK_ALIKES = (
    "76 years ago", "in the 70s", "on the 10th", "for 5 years", "over the past 18 months", "3 May 2024", "2024-05-17",
    "12:30", "5 years of experience", "12 months of service", "10 years older", "I'm 34", "I am 34 minutes late",
    "aged 18-25", "aged 18 and over", "aged 65 or older", "under the age of 18", "the minimum age of 21",
    "average age of 41", "ages 5 to 12", "aged 12 hours", "age 41+",
    "Cache-Control: max-age=60", "max_age: 60", "page 41", "stage 4", "Ice Age 4", "Age of Empires 2",
    "turned 90 degrees", "on turn 5, the player", "turned 50 employees away", "when he was 12 km away",
    "a client of 5 years", "a 2000-year-old city", "1,000-year-old", "3.5 years old", "0 years old", "120 years old",
    "seit 10 Jahren", "vor 76 Jahren", "10-jährige Berufserfahrung", "eine 5-jährige Garantie", "Aus 3 sind 5 geworden",
    "im Alter von 18 bis 25", "il y a 76 ans", "depuis 5 ans", "un contrat de 5 ans", "âgés de 18 à 25 ans",
    "il a 10 ans d'expérience", "jusqu'à l'âge de 18 ans", "hace 76 años", "un contrato de 5 años",
    "tiene 10 años de experiencia", "a los 10 años de la firma", "cumplió 5 años de cárcel", "A las 5 yo salí",
    "76 anni fa", "un contratto di 5 anni", "ha 10 anni di esperienza", "da 5 anni", "per 5 anni",
)  # fmt: skip


def found(text: str) -> list[tuple[int, int]]:
    hits = {hit[:2] for rule in RULES for hit in rule.find(text, range(len(rule.gates)), Deadline(60))}
    return sorted(hits)


def told(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the brackets out of a text, and give where the number between them is."""
    number = re.search(r"\[([0-9]+)\]", marked)
    assert number
    text = marked[: number.start()] + number[1] + marked[number.end() :]
    return text, [(number.start(), number.start() + len(number[1]))]


@pytest.mark.parametrize("marked", AGES)
def test_an_age_is_its_number(marked):
    text, number = told(marked)
    assert found(text) == number


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_an_age_is_left(text):
    assert found(text) == []


@pytest.mark.parametrize("language", FORMS)
def test_each_language_has_ages(language):
    assert any(form.label == LABEL for form in FORMS[language])


@pytest.mark.parametrize("marked", AGES)
def test_where_a_model_marks_the_number_it_is_known_for_an_age(marked):
    text, [(start, end)] = told(marked)
    assert is_age(text, start, end)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a 76-year-old man", "76-year-old"), ("a 76-year-old man", "a 76-year-old"), ("aged 41 or so", "aged 41"),
        ("i'm 24y/o.", "24y/o"), ("at the age of 41.", "the age of 41"), ("Sie ist 76 Jahre alt.", "76 Jahre alt"),
        ("une femme de 76 ans", "76 ans"), ("tiene 76 años", "76 años"), ("un 76enne", "76enne"),
    ],
)  # fmt: skip
def test_its_own_words_leave_it_an_age(text, span):
    assert is_age(text, text.index(span), text.index(span) + len(span))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("55 years old on 3 May", "55 years old on 3 May"), ("55 years old on 3 May", "3 May"),
        ("turned 58 in May", "May"),
               ("for 76 years", "76 years"), ("aged 41, 76 years ago", "76 years ago"), ("the 10th", "10th"),
        ("55 years old", "years old"), ("She, aged 41 in 2020,", "41 in 2020"), ("in the 70s", "70s"),
    ],
)  # fmt: skip
def test_a_date_stays_a_date_beside_an_age_or_around_it(text, span):
    assert not is_age(text, text.index(span), text.index(span) + len(span))


def test_far_from_the_end_of_a_long_text_nothing_else_is_read():
    text = "word " * 5_000 + "She just turned 58 degrees " + "word " * 5_000
    start = text.index("58")
    assert not is_age(text, start, start + 2)
    assert is_age(text.replace("58 degrees", "58."), start, start + 2)
