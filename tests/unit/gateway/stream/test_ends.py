import pytest

from gateway.dialects.event import Delta, StreamEvent
from gateway.dialects.slot import Kind
from gateway.dialects.sse import ServerEvent
from gateway.errors import UpstreamInvalid
from gateway.stream.ends import Ends

SOURCE = ServerEvent(b"", None, None)


def delta(slot: str, text: str) -> Delta:
    return Delta(slot, 0, Kind.TEXT, "assistant.text", text, ())


def test_a_group_ends_once() -> None:
    ends = Ends()
    assert ends.add(["0", "1.text"]) == ["0", "1.text"]
    assert ends.add(["0", "1.more"]) == ["1.more"]


@pytest.mark.parametrize(
    "event",
    [StreamEvent(SOURCE, deltas=(delta("0.text", "more"),)), StreamEvent(SOURCE, tools=(("0.tool0", "name"),))],
)
def test_what_has_ended_gets_nothing_more(event: StreamEvent) -> None:
    ends = Ends()
    ends.check(event)
    ends.add(["0"])
    with pytest.raises(UpstreamInvalid, match="after its end"):
        ends.check(event)


def test_an_empty_piece_and_another_text_may_follow() -> None:
    ends = Ends()
    ends.add(["0"])
    ends.check(StreamEvent(SOURCE, deltas=(delta("0.text", ""), delta("1.text", "more"), delta("00.text", "more"))))


def test_an_event_waits_for_all_that_holds_it() -> None:
    ends = Ends()
    event = StreamEvent(SOURCE, held=("0.tool0", "0.tool1"))
    assert ends.cover(StreamEvent(SOURCE))
    ends.add(["0.tool0"])
    assert not ends.cover(event)
    ends.add(["0"])
    assert ends.cover(event)
