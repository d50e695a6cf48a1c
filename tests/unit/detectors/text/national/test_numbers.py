import pytest

from detectors.text.deadline import Deadline
from detectors.text.national.catalog import national_recognizers
from detectors.text.national.number import FAIR, NumberRecognizer
from detectors.text.rule_choice import rule_of

COUNTS = 0.4
"""The least score that the shipped policy counts."""

RULES = [rule_of(recognizer) for recognizer in national_recognizers()]


def find(text: str) -> dict[str, tuple[str, float]]:
    deadline = Deadline(30)
    return {
        rule.label: (text[hit.start : hit.end], hit.score)
        for rule in RULES
        for hit in rule.find(text, range(len(rule.gates)), deadline)
    }


ALONE = [
    ("DE_SOCIAL_SECURITY", "15 070649 C 103"),
    ("AT_SOCIAL_SECURITY", "1237 010180"),
    ("CH_AHV", "756.9217.0769.85"),
    ("BE_NATIONAL_NUMBER", "85.07.30-033.28"),
    ("BE_NATIONAL_NUMBER", "85073003328"),
    ("LU_NATIONAL_ID", "1893120105732"),
    ("FR_NIR", "2 95 10 99 126 111 93"),
    ("FR_NIR", "295109912611193"),
    ("IE_PPS", "6433435F"),
    ("IE_PPS", "6433435OA"),
    ("ES_NIF", "54362315K"),
    ("ES_NIF", "54.362.315-K"),
    ("ES_NIE", "X-2482300-W"),
    ("ES_SOCIAL_SECURITY", "28/12345678/40"),
    ("PT_ID_CARD", "00000000 0 ZZ4"),
    ("IT_FISCAL_CODE", "RCCMNL83S18D969H"),
    ("IT_FISCAL_CODE", "rccmnl83s18d969h"),
    ("SE_PERSONNUMMER", "19880320-0016"),
    ("SE_PERSONNUMMER", "880320-0016"),
    ("DK_CPR", "211062-5629"),
    ("FI_PERSONAL_IDENTITY_CODE", "131052-308T"),
    ("NO_FNR", "151086 95088"),
    ("IS_KENNITALA", "120174-3399"),
    ("EE_LT_PERSONAL_CODE", "36805280109"),
    ("EE_LT_PERSONAL_CODE", "33309240064"),
    ("LV_PERSONAL_CODE", "161175-19997"),
    ("PL_NIP", "856-734-62-15"),
    ("CZ_SK_BIRTH_NUMBER", "710319/2745"),
    ("RO_CNP", "1630615123457"),
    ("SI_EMSO", "0101006500006"),
    ("EU_VAT_ID", "ATU13585627"),
    ("EU_VAT_ID", "BE 0428.759.497"),
    ("EU_VAT_ID", "DE136695976"),
    ("EU_VAT_ID", "de136695976"),
    ("EU_VAT_ID", "DE 136 695 976"),
    ("EU_VAT_ID", "FR 40 303 265 045"),
    ("EU_VAT_ID", "NL004495445B01"),
    ("EU_VAT_ID", "ES54362315K"),
    ("EU_VAT_ID", "CHE-100.155.212"),
    ("EU_VAT_ID", "GB 980 7806 84"),
]
"""Numbers whose form and check say enough. Most are the examples of python-stdnum's documentation."""

BESIDE_A_WORD = [
    ("DE_TAX_ID", "36 574 261 809", "Steuer-ID: {}"),
    ("DE_TAX_ID", "36574261809", "Meine steuerliche Identifikationsnummer lautet {}"),
    ("DE_TAX_ID", "36574261809", '{{"tax_id": "{}"}}'),
    ("DE_TAX_NUMBER", "181/815/08155", "Steuernummer {}"),
    ("DE_HEALTH_INSURANCE", "A000500015", "Versichertennummer {}"),
    ("DE_ID_CARD", "L01X00T47", "Personalausweis {}"),
    ("DE_ID_CARD", "L01X00T471", "my German id card, {}"),
    ("DE_PASSPORT", "C01X00T47", "Reisepassnummer {}"),
    ("DE_DRIVER_LICENSE", "N0704578035", "Führerschein {}"),
    ("AT_SOCIAL_SECURITY", "1237010180", "SV-Nr. {}"),
    ("NL_BSN", "111222333", "BSN {}"),
    ("NL_BSN", "1112.22.333", "burgerservicenummer: {}"),
    ("NL_PASSPORT", "SPECI2014", "paspoort {}"),
    ("FR_TAX_ID", "0701987765493", "numéro fiscal : {}"),
    ("FR_ID_CARD", "X4RTBPFW4", "carte d'identité {}"),
    ("FR_PASSPORT", "15AA12345", "passeport n° {}"),
    ("ES_SOCIAL_SECURITY", "281234567840", "número de la seguridad social {}"),
    ("ES_PASSPORT", "AAA123456", "pasaporte {}"),
    ("PT_NIF", "501964843", "contribuinte {}"),
    ("IT_VAT_CODE", "00743110157", "P.IVA {}"),
    ("IT_IDENTITY_CARD", "CA12345AA", "carta d'identità n. {}"),
    ("IT_PASSPORT", "YA1234567", "passaporto {}"),
    ("IT_DRIVER_LICENSE", "U1A23456BC", "patente {}"),
    ("GR_AFM", "094259216", "ΑΦΜ {}"),
    ("GR_AMKA", "01013099997", "ΑΜΚΑ: {}"),
    ("GR_ID_CARD", "ΑΒ 123456", "αριθμός ταυτότητας {}"),
    ("CY_TAX_ID", "10259033P", "TIC {}"),
    ("MT_ID_CARD", "0123456M", "Maltese identity card {}"),
    ("SE_PERSONNUMMER", "8803200016", "personnummer {}"),
    ("DK_CPR", "2110625629", "CPR-nr. {}"),
    ("IS_KENNITALA", "1201743399", "kennitala {}"),
    ("LV_PERSONAL_CODE", "32123456789", "personas kods {}"),
    ("PL_PESEL", "44051401359", "PESEL {}"),
    ("PL_NIP", "8567346215", "NIP: {}"),
    ("PL_ID_CARD", "ABA300000", "dowód osobisty {}"),
    ("PL_PASSPORT", "EM1234567", "paszport {}"),
    ("CZ_SK_BIRTH_NUMBER", "7103192745", "rodné číslo {}"),
    ("CZ_SK_ID_CARD", "123456789", "číslo občanského průkazu {}"),
    ("HU_PERSONAL_ID", "16901012307", "személyi szám: {}"),
    ("HU_TAX_ID", "8071592153", "adóazonosító jel: {}"),
    ("HU_TAJ", "111 111 110", "TAJ szám {}"),
    ("BG_EGN", "7523169263", "ЕГН {}"),
    ("HR_OIB", "33392005961", "OIB: {}"),
    ("SI_TAX_ID", "50223054", "davčna številka {}"),
]
"""Numbers that take a word beside them, in their country's language or in English."""


@pytest.mark.parametrize(("label", "number"), ALONE, ids=[f"{label}-{n}" for n, (label, _) in enumerate(ALONE)])
def test_a_number_that_speaks_for_itself_counts_alone(label, number):
    found, score = find(f"it is {number}, they say")[label]
    assert found == number
    assert score >= FAIR


@pytest.mark.parametrize(
    ("label", "number", "around"), BESIDE_A_WORD, ids=[f"{label}-{n}" for n, (label, *_) in enumerate(BESIDE_A_WORD)]
)
def test_a_number_that_anything_could_be_counts_beside_a_word(label, number, around):
    found, score = find(around.format(number))[label]
    assert found == number
    assert score >= COUNTS
    alone = find(f"it is {number}, they say").get(label, ("", 0))
    assert alone[1] < COUNTS


NOTHING = {
    "a phone number": "call 0170 1234567 or 030 901820",
    "a time in milliseconds": "at 1717245678901 and 1700000000000",
    "a time in seconds": "at 1717245678",
    "an order": "order 36574261809 from 1237010180 to 44051401359",
    "a decimal": "0.36805280109 or 1.36805280109e5",
    "part of a longer number": "136805280109 368052801090 x36805280109",
    "a check digit that is wrong": "36805280108, 756.9217.0769.84, 54362315L, X2482300A, 131052-308U",
    "a day that is none": "19880230-0016 and 320174-3399",
    "a VAT number that is wrong": "DE136695978, ATU13585626, FR41303265045",
    "words that are prefixes": "it 00743110157 and at 13585627 and be 0428759497",
    "a range of years": "1990-2024, 2010/2011",
    "a date and a time": "2024-05-17 12:30:45, 20240517-1230",
    "a version": "10.0.19045.4412",
    "a hash": "9fceb02d0ae598e95dc970b74767f19372d61af8",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_what_only_looks_like_a_number_does_not_count(text):
    assert {label: hit for label, hit in find(text).items() if hit[1] >= COUNTS} == {}


def test_countries_choose_and_vat_numbers_stay():
    labels = {recognizer.supported_entities[0] for recognizer in national_recognizers(["SK", "de"])}
    assert {"CZ_SK_BIRTH_NUMBER", "DE_TAX_ID", "EU_VAT_ID"} <= labels
    assert not any(label.startswith(("FR_", "PL_")) for label in labels)


def test_every_member_state_has_a_number_of_its_own():
    countries = {country for recognizer in national_recognizers() for country in recognizer.countries}
    members = "at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk"
    assert set(members.split()) <= countries


def test_a_blank_in_a_context_phrase_may_be_missing_or_another_mark():
    words = NumberRecognizer("A", "", {"[0-9]{6}": 0.2}, ["tax id"]).context
    assert words == ["tax id", "tax-id", "tax_id", "taxid"]
