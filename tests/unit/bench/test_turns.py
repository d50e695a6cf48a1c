import itertools

import orjson

from tests.bench import turns


def test_a_chat_brings_its_history_and_something_new_each_time():
    bodies = [orjson.loads(body)["messages"] for body in turns.chat(3)]
    assert [len(messages) for messages in bodies] == list(range(1, 2 * turns.TURNS, 2))
    for before, after in itertools.pairwise(bodies):
        assert after[: len(before)] == before
    said = [
        messages[-1]["content"]
        for number in (1, 2)
        for messages in (orjson.loads(b)["messages"] for b in turns.chat(number))
    ]
    assert len(set(said)) == 2 * turns.TURNS


def test_the_ends_are_medians_of_the_first_and_the_last_turns():
    assert turns.ends([[1.0] * 5 + [9.0] * 40 + [2.0] * 5, [3.0] * 5 + [9.0] * 40 + [4.0] * 5]) == (2.0, 3.0)


def test_the_table_says_what_was_missed():
    table = turns.as_markdown({"forwarder": (1.0, 3.0), "airlock": (2.0, 2.6), "airlock-encoder": (2.0, 2.7)})
    assert "| airlock | 2.00 | 2.60 | 1.30 |" in table
    assert "held: airlock, at most 1.3 times" in table
    assert "MISSED: airlock-encoder" in table
