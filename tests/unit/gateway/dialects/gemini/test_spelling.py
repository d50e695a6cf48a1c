"""Either spelling of a member is the same member."""

import pytest

from gateway.dialects.gemini.spelling import both, both_names, check_once, member, snake
from gateway.dialects.walk import Walk
from gateway.errors import BadRequest

NAMES = {
    "text": "text",
    "inlineData": "inline_data",
    "systemInstruction": "system_instruction",
    "topP": "top_p",
    "googleMapsWidgetContextToken": "google_maps_widget_context_token",
    "_responseJsonSchema": "_response_json_schema",
}


@pytest.mark.parametrize(("name", "spelled"), NAMES.items(), ids=NAMES)
def test_a_name_has_a_spelling_with_underscores(name: str, spelled: str) -> None:
    assert snake(name) == spelled
    assert both_names(name) == {name, spelled}
    assert both({name: Walk.label}) == {name: Walk.label, spelled: Walk.label}
    assert member({spelled: 7}, name) == member({name: 7}, name) == member({name: None, spelled: 7}, name) == 7
    assert member({}, name) is None


def test_both_spellings_at_once_are_refused() -> None:
    check_once({"topP": 1, "top_k": 2, "text": ""}, "topP", "topK", "text")
    with pytest.raises(BadRequest) as caught:
        check_once({"topP": None, "top_p": 2}, "topK", "topP")
    assert (caught.value.param, caught.value.code) == ("topP", "duplicate_member")
