import threading
import time

import pytest

from detectors.text.deadline import Deadline


def work(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_what_is_left_shrinks_with_the_work():
    deadline = Deadline(30)
    work(0.01)
    assert 0 < deadline.seconds_left() <= 30 - 0.01


def test_work_past_the_limit_is_given_up():
    deadline = Deadline(0.02)
    work(0.03)
    with pytest.raises(TimeoutError):
        deadline.seconds_left()


def test_time_spent_waiting_for_others_does_not_count():
    deadline = Deadline(0.05)
    time.sleep(0.1)
    assert 0 < deadline.seconds_left() <= 0.05
    work(0.06)
    with pytest.raises(TimeoutError):
        deadline.seconds_left()


def test_the_work_of_another_thread_does_not_count():
    deadline = Deadline(0.05)
    other = threading.Thread(target=work, args=(0.1,))
    other.start()
    other.join()
    assert deadline.seconds_left() > 0
