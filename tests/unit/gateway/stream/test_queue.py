from gateway.dialects.event import StreamEvent
from gateway.dialects.sse import ServerEvent
from gateway.stream.queue import EventQueue, Pending


def pending(name: str, *choices: int) -> Pending:
    return Pending(StreamEvent(ServerEvent(name.encode(), None, None), choices=choices))


def popped(queue: EventQueue, *blocked: str) -> str:
    return "".join(
        one.event.source.raw.decode()
        for one in queue.pop_ready(lambda one: one.event.source.raw.decode() not in blocked)
    )


def filled(*events: Pending) -> EventQueue:
    queue = EventQueue()
    for event in events:
        queue.add(event)
    return queue


def test_a_choice_keeps_its_order_and_does_not_hold_up_another() -> None:
    queue = filled(pending("a", 0), pending("b", 1), pending("c", 0), pending("d", 1))
    assert popped(queue, "a") == "bd"
    assert popped(queue) == "ac"
    assert not queue


def test_an_event_of_several_choices_waits_for_each() -> None:
    queue = filled(pending("a", 0), pending("b", 1), pending("c", 0, 1), pending("d", 0), pending("e", 1))
    assert popped(queue, "b") == "a"
    rest = popped(queue)
    assert (rest[:2], set(rest[2:])) == ("bc", {"d", "e"})


def test_an_event_of_no_choice_comes_after_all_that_wait() -> None:
    queue = filled(pending("a", 0), pending("b", 1), pending("x"), pending("y"))
    assert popped(queue, "b") == "a"
    assert popped(queue) == "bxy"


def test_an_event_of_no_choice_leaves_at_once_when_nothing_waits() -> None:
    queue = filled(pending("x"))
    assert popped(queue) == "x"


def test_a_choice_named_twice_counts_once() -> None:
    assert popped(filled(pending("a", 0, 0), pending("b", 0))) == "ab"


def test_the_bytes_that_wait_are_counted() -> None:
    queue = filled(pending("a" * 1000, 0), pending("b" * 2000, 1))
    assert queue.held == 3000
    popped(queue, "b" * 2000)
    assert queue.held == 2000
    queue.clear()
    assert (queue.held, bool(queue)) == (0, False)


def test_a_short_event_counts_what_it_takes_in_memory() -> None:
    assert filled(pending("a", 0)).held == 256
    assert filled(pending("a", *range(128))).held == 128 * 64


def test_many_choices_cost_their_number_not_its_square() -> None:
    """Each lane but the last begins with an event of all of them, which is not first in the last one."""
    queue, looks = EventQueue(), list[Pending]()
    queue.add(pending("slow", 128))
    for _ in range(20):
        queue.add(pending("all", *range(129)))

    def is_ready(one: Pending) -> bool:
        looks.append(one)
        return one.event.source.raw != b"slow"

    assert list(queue.pop_ready(is_ready)) == []
    assert [one.event.source.raw for one in looks] == [b"slow"]
