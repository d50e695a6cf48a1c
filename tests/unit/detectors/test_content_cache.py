import threading
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from detectors.content_cache import ENTRY_BYTES, ContentCache


def cache(entries: int, value_bytes: int = 0) -> ContentCache[str]:
    return ContentCache(entries * (ENTRY_BYTES + value_bytes), lambda _: value_bytes)


def test_what_was_put_is_given_until_there_is_no_room():
    one = cache(2)
    keys = [one.key(text) for text in ("a", "b", "c")]
    for key, value in zip(keys, "ABC", strict=True):
        one.put(key, value)
    assert [one.get(key) for key in keys] == [None, "B", "C"]


def test_what_was_asked_for_last_stays():
    one = cache(2)
    a, b, c = (one.key(text) for text in "abc")
    one.put(a, "A")
    one.put(b, "B")
    assert one.get(a) == "A"
    one.put(c, "C")
    assert [one.get(key) for key in (a, b, c)] == ["A", None, "C"]


def test_several_may_be_asked_for_at_once():
    one = cache(2)
    a, b, c = (one.key(text) for text in "abc")
    one.put(a, "A")
    one.put(b, "B")
    assert one.get_all([c, a, a]) == [None, "A", "A"]
    one.put(c, "C")
    assert one.get_all([a, b, c]) == ["A", None, "C"]


def test_a_value_that_is_too_large_and_a_cache_without_room_keep_nothing():
    one = cache(0)
    one.put(one.key("a"), "A")
    assert (one.get(one.key("a")), len(one), one.held) == (None, 0, 0)


def test_keys_differ_by_text_and_by_process_and_take_any_text():
    one, other = cache(1), cache(1)
    assert one.key("a") == one.key("a") != one.key("b")
    assert one.key("a") != other.key("a")
    assert one.key("\ud800") != one.key("\udfff")


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 2_000))))
def test_it_never_holds_more_than_it_may(puts: list[tuple[int, int]]):
    sizes: ContentCache[int] = ContentCache(5_000, lambda size: size)
    for number, size in puts:
        sizes.put(sizes.key(str(number)), size)
        assert sizes.held <= 5_000
        assert sizes.held == sum(ENTRY_BYTES + size for size, _ in sizes._values.values())


def test_threads_may_use_it_at_once():
    shared, start = cache(50), threading.Barrier(4)

    def use(number: int) -> None:
        start.wait(10)
        for at in range(2_000):
            key = shared.key(str(at * number % 97))
            shared.put(key, str(at))
            shared.get(key)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(use, range(1, 5)))
    assert len(shared) <= 50
    assert shared.held == len(shared) * ENTRY_BYTES


def test_pieces_do_not_run_into_each_other():
    cache = ContentCache[str](1_000, len)
    assert cache.key_of(b"ab", b"c") == cache.key_of(b"ab", b"c") != cache.key_of(b"a", b"bc")
