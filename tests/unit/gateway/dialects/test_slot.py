import pytest

from gateway.dialects.slot import Kind, Slot


@pytest.mark.parametrize(
    ("text", "lead", "screened"),
    [("a b", "", "a b"), (r"\nb", '"to": "', r'"to": "\nb"')],
    ids=["as it is", "after its name"],
)
def test_detectors_see_what_leads_to_a_text(text: str, lead: str, screened: str) -> None:
    slot = Slot("q0", ("a",), Kind.ARGUMENTS, "user.text", text, ("to",), lead)
    assert slot.screened == screened
    assert slot.screened.index(text[-1], len(lead)) == len(lead) + len(text) - 1


@pytest.mark.parametrize(
    ("kind", "is_rewritable"),
    [(Kind.TEXT, True), (Kind.ARGUMENTS, True), (Kind.KEY, False), (Kind.LABEL, False)],
)
def test_only_texts_and_arguments_can_be_rewritten(kind: Kind, is_rewritable: bool) -> None:
    assert Slot("q0", (), kind, "user.text", "a").is_rewritable is is_rewritable
