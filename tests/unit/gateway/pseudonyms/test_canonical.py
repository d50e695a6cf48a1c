import pytest

from gateway.pseudonyms.canonical import canonical


@pytest.mark.parametrize(
    ("label", "surface", "form"),
    [
        ("EMAIL_ADDRESS", "Ann@Example.ORG", "Ann@example.org"),
        ("EMAIL_ADDRESS", "no at sign", "no at sign"),
        ("PHONE_NUMBER", "+49 (151) 234-5678", "+491512345678"),
        ("CREDIT_CARD", "4111 1111-1111 1111", "4111111111111111"),
        ("IBAN_CODE", "de89 3704 0044", "DE8937040044"),
        ("PERSON", "Ann\n  Lee", "Ann Lee"),
        ("PERSON", "Rene\u0301", "Ren\u00e9"),
        ("PERSON", "ANN LEE", "ANN LEE"),
    ],
)
def test_ways_to_write_a_value_have_one_form(label: str, surface: str, form: str) -> None:
    assert canonical(label, surface) == form
