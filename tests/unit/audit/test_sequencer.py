import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audit import schema
from audit.connect import open_store
from audit.errors import LogDamaged, StoreUnavailable
from audit.sequencer import ROUND, Sequencer, SequencerThread
from audit.signed_note import Signer, generate
from audit.store import Batch, LogStore
from tests.pace import within
from tests.unit.audit.logbook import check, closed, fill, opened, tamper, write


class Faulty:
    """The real store, which fails once where it is told to: before or after the commit."""

    def __init__(self, log: LogStore) -> None:
        self._log = log
        self.fail: str | None = None

    def __getattr__(self, name: str) -> object:
        return getattr(self._log, name)

    def commit(self, epoch: int, batch: Batch) -> bool:
        when, self.fail = self.fail, None
        if when == "before":
            raise StoreUnavailable("gone before the commit")
        done = self._log.commit(epoch, batch)
        if when == "after":
            raise StoreUnavailable("gone after the commit")
        return done


@pytest.fixture
def store(url: str) -> Faulty:
    schema.upgrade(url)
    return Faulty(open_store(url).log())


def test_committed_records_are_numbered_in_the_order_of_their_ids(url: str, store: Faulty, signer: Signer) -> None:
    records = [opened() for _ in range(5)]
    write(url, records[::-1])
    sequencer = Sequencer(store, signer)
    assert (sequencer.step(), sequencer.step()) == (5, 0)
    sequencer.close()
    report = check(url, signer.verifier())
    assert (report.ok, report.size, report.checkpoints) == (True, 5, 1)


def test_a_backlog_is_worked_off_in_rounds(url: str, store: Faulty, signer: Signer) -> None:
    records = [opened() for _ in range(ROUND + 10)]
    for start in range(0, len(records), 200):
        write(url, records[start : start + 200])
    sequencer = Sequencer(store, signer)
    assert [sequencer.step() for _ in range(3)] == [ROUND, 10, 0]
    sequencer.close()
    report = check(url, signer.verifier())
    assert (report.ok, report.size, report.checkpoints) == (True, ROUND + 10, 2)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_connection_around_the_commit_loses_and_doubles_nothing(
    url: str, store: Faulty, signer: Signer, when: str
) -> None:
    write(url, [opened() for _ in range(5)])
    sequencer = Sequencer(store, signer)
    store.fail = when
    with pytest.raises(StoreUnavailable):
        sequencer.step()
    write(url, [opened()])
    assert sequencer.run() == {"before": 6, "after": 1}[when]
    sequencer.close()
    report = check(url, signer.verifier())
    assert (report.ok, report.size, report.pending) == (True, 6, 0)


def test_only_one_sequencer_is_active_and_another_takes_over(url: str, store: Faulty, signer: Signer) -> None:
    first, second = Sequencer(store, signer), Sequencer(open_store(url).log(), signer)
    write(url, [opened()])
    assert (first.step(), second.step()) == (1, 0)
    assert (first.active, second.active) == (True, False)
    write(url, [opened()])
    assert (second.step(), first.step()) == (0, 1)
    first.close()
    write(url, [opened()])
    assert second.step() == 1
    second.close()
    assert check(url, signer.verifier()).ok


def test_a_sequencer_that_lost_its_role_unawares_is_fenced_off(
    url: str, path: Path, store: Faulty, signer: Signer
) -> None:
    write(url, [opened()])
    stale = Sequencer(store, signer)
    assert stale.step() == 1
    path.with_name(path.name + ".sequencer").unlink()  # the lock is gone and nobody told it
    fresh = Sequencer(open_store(url).log(), signer)
    write(url, [opened()])
    assert fresh.step() == 1
    write(url, [opened()])
    assert (stale.step(), stale.active) == (0, False)
    assert fresh.step() == 1
    fresh.close()
    stale.close()
    report = check(url, signer.verifier())
    assert (report.ok, report.size) == (True, 3)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("UPDATE leaf SET hash = zeroblob(32) WHERE number = 299", id="a leaf"),
        pytest.param("UPDATE node SET hash = zeroblob(32)", id="a tile"),
        pytest.param("DELETE FROM leaf WHERE number = 299", id="a missing leaf"),
        pytest.param("DELETE FROM node", id="a missing tile"),
        pytest.param("DELETE FROM checkpoint WHERE size = 300", id="a missing checkpoint"),
        pytest.param("DELETE FROM checkpoint", id="no checkpoint at all"),
        pytest.param("UPDATE checkpoint SET note = replace(note, '300', '301')", id="a changed checkpoint"),
    ],
)
def test_nothing_is_signed_on_a_log_that_was_tampered_with(url: str, path: Path, signer: Signer, damage: str) -> None:
    fill(url, signer, 300)
    tamper(path, damage)
    write(url, [opened()])
    sequencer = Sequencer(open_store(url).log(), signer)
    with pytest.raises(LogDamaged):
        sequencer.step()
    sequencer.close()


def test_nothing_is_signed_with_another_key(url: str, signer: Signer) -> None:
    fill(url, signer, 10)
    write(url, [opened()])
    sequencer = Sequencer(open_store(url).log(), generate("log.example"))
    with pytest.raises(LogDamaged, match="not ours"):
        sequencer.step()
    sequencer.close()


def test_a_call_s_two_records_keep_their_order(url: str, store: Faulty, signer: Signer) -> None:
    call = opened()
    write(url, [closed(call), call])
    sequencer = Sequencer(store, signer)
    sequencer.run()
    assert not check(url, signer.verifier(), open_limit_ms=-1_000).warnings
    sequencer.close()


def test_who_ends_while_another_gives_the_role_back_leaves_no_record_without_a_number(
    url: str, store: Faulty, signer: Signer
) -> None:
    first, second = Sequencer(store, signer), SequencerThread(Sequencer(open_store(url).log(), signer), 0.01)
    assert first.step() == 0
    assert first.active
    second.start()
    write(url, [opened()])  # after the last round of the first
    with ThreadPoolExecutor(1) as pool:
        ending = pool.submit(second.stop, 5)
        time.sleep(0.2)
        assert not ending.done()
        first.close()
        ending.result(5)
    report = check(url, signer.verifier())
    assert (report.ok, report.size, report.pending) == (True, 1, 0)


def test_an_end_does_not_wait_long_for_a_role_that_is_not_given_back(
    url: str, store: Faulty, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.sequencer.LAST_S", 0.1)
    first, second = Sequencer(store, signer), SequencerThread(Sequencer(open_store(url).log(), signer), 0.01)
    assert first.step() == 0
    second.start()
    write(url, [opened()])
    began = time.monotonic()
    second.stop(5)
    assert 0.1 <= time.monotonic() - began < within(2)
    assert first.step() == 1
    first.close()
