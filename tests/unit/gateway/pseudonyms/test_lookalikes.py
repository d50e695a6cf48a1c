import pytest

from gateway.pseudonyms.lookalikes import Lookalikes

TOKENS = ["<PERSON_k3f9a>", "<EMAIL_ADDRESS_bcdef>"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<PERSON_zzzzz> <IBAN_CODE_zzzzzzz>", 2),
        ("<PERSON_k3f9a> PERSON_K3F9A &lt;EMAIL_ADDRESS_bcdef&gt;", 0),
        ("&lt;PERSON_zzzzz&gt; \\<PERSON\\_zzzzz\\> %3CPERSON_zzzzz%3E [PERSON_zzzzz]", 4),
        ("<person_zzzzz>", 1),  # a type of this call, in another case
        ("<my_panes> <table_zzzzz>", 0),  # may be anybody's mark-up
        ("PERSON_z2zzz", 1),
        ("PERSON_zzzzz MAX_z2zzz", 0),  # may be anybody's constants
        ("<PERSON_hello> <PERSON_zzzzzz>", 0),  # no letters, or not so many, that a suffix has
        ("<PERSONNE_k3f9a>", 1),  # a translated type is left alone, and counted
    ],
)
def test_what_looks_like_a_token_and_is_none_of_this_call_is_counted(text: str, count: int) -> None:
    assert Lookalikes(TOKENS).count(text) == count


def test_without_tokens_only_the_form_as_issued_counts() -> None:
    assert Lookalikes([]).count("<PERSON_zzzzz> <person_zzzzz> PERSON_z2zzz") == 1
