from gateway.dialects.slot import Kind, Path, Slot
from gateway.pseudonyms.order import by_age


def slot(place: str, *path: str | int) -> Slot:
    return Slot("/".join(map(str, path)), path, Kind.TEXT, place, "")


def ids(*slots: Slot) -> list[Path]:
    return [slot.path for slot in by_age(slots)]


def test_turns_come_last_wherever_the_document_has_them() -> None:
    turns = [slot("user.text", "messages", 0), slot("assistant.text", "messages", 1), slot("tool.text", "messages", 2)]
    frame = [slot("system.text", "system"), slot("tools.definition", "tools", 0), slot("metadata.text", "user")]
    assert ids(*turns, *frame) == [one.path for one in (*frame, *turns)]


def test_instructions_among_turns_stay_where_they_are() -> None:
    turns = [slot("system.text", "messages", 0), slot("user.text", "messages", 1), slot("system.text", "messages", 2)]
    assert ids(*turns) == [one.path for one in turns]


def test_a_document_that_is_one_text_is_in_order() -> None:
    assert ids(slot("other.text")) == [()]
