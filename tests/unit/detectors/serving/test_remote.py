"""A detector that asks a service: real sockets, and everything that can go wrong on the way."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from detectors.errors import Unavailable
from detectors.finding import Passage, Status, Unscanned
from detectors.serving.options import ServiceOptions
from detectors.serving.remote import UNKNOWN, RemoteDetector
from detectors.suite import Suite
from tests.background_server import Served
from tests.pace import within
from tests.screening_service import LABELS, Service, garbled, screening

PATIENCE_S = 20
NASTY, CLEAN = Passage("a", "so nasty"), Passage("b", "so it is")

Making = Callable[..., RemoteDetector]


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture(params=["http", "unix"])
def served(request: pytest.FixtureRequest, service: Service, tmp_path: Path) -> Iterator[Served]:
    with screening(service, tmp_path / "s" if request.param == "unix" else None) as started:
        yield started


@pytest.fixture
def making() -> Iterator[Making]:
    made: list[RemoteDetector] = []

    def make(*urls: str, **options: Any) -> RemoteDetector:
        made.append(RemoteDetector(ServiceOptions(urls, **{"pause_s": 0.05, **options})))
        return made[-1]

    yield make
    for one in made:
        one.close()


def found(detector: RemoteDetector, *passages: Passage) -> list[tuple[str, str, int, int]]:
    findings = detector.submit(passages, 5).result(PATIENCE_S).findings
    return [(one.slot, one.label, one.start, one.end) for one in findings]


def reason(detector: RemoteDetector, *passages: Passage) -> str:
    with pytest.raises(Unavailable) as raised:
        detector.submit(passages or (NASTY,), 5).result(PATIENCE_S)
    return raised.value.reason


def eventually(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_findings_are_the_services_with_its_version(making, served):
    detector = making(served.url)
    (finding,) = detector.submit([NASTY, CLEAN], 5).result(PATIENCE_S).findings
    assert (finding.detector, finding.version, finding.slot) == ("encoder", "1", "a")
    assert (finding.label, finding.start, finding.end, finding.score_ppm) == ("toxic", 3, 8, 900_000)
    assert finding.refs == ("NIST-AI-600-1:2.3", "NIST-AI-600-1:2.11")
    assert (detector.version, detector.labels, detector.trouble) == ("1", {*LABELS}, "")


def test_it_says_which_model_whose_call_for_how_long_and_the_key(making, service, served):
    detector = making(served.url, model="guard", key="secret", timeout_s=2.5)
    detector.submit([NASTY], 60, "acme").result(PATIENCE_S)
    (asked,) = service.asked
    assert (asked.model, asked.tenant, asked.seconds, detector.name) == ("guard", "acme", 2.5, "guard")
    assert {headers["authorization"] for headers in service.headers} == {"Bearer secret"}


def test_what_went_before_is_read_and_not_found_again(making, served):
    passages = [Passage("a", "nasty Ann", before="Ann is nasty "), Passage("b", "nn", before="so A")]
    assert found(making(served.url), *passages) == [("a", "toxic", 0, 5), ("a", "PERSON", 6, 9), ("b", "PERSON", 0, 2)]


def test_what_was_not_read_is_not_clean(making, served):
    answer = making(served.url).submit([Passage("a", "\u041f nasty")], 5).result(PATIENCE_S)
    assert answer.unscanned == (Unscanned("a", "language"),)
    assert len(answer.findings) == 1


def test_half_a_surrogate_pair_moves_no_place(making, served):
    assert found(making(served.url), Passage("a", "\ud800 so nasty")) == [("a", "toxic", 5, 10)]


def test_a_text_that_comes_again_is_not_asked_about(making, service, served):
    detector = making(served.url)
    assert found(detector, NASTY, CLEAN) == [("a", "toxic", 3, 8)]
    again = detector.submit([CLEAN, Passage("c", NASTY.text)], 5)
    assert again.done()
    assert [one.slot for one in again.result().findings] == ["c"]
    assert found(detector, NASTY, Passage("d", "Ann")) == [("a", "toxic", 3, 8), ("d", "PERSON", 0, 3)]
    assert service.texts == [["so nasty", "so it is"], ["Ann"]]


def test_without_room_it_is(making, service, served):
    detector = making(served.url, cache_bytes=0)
    assert [found(detector, NASTY) for _ in range(2)] == [[("a", "toxic", 3, 8)]] * 2
    assert len(service.asked) == 2


def test_another_version_makes_the_cache_worthless(making, service, served):
    detector = making(served.url)
    found(detector, NASTY)
    service.version, service.labels = "2", (*LABELS, "bias")
    assert found(detector, CLEAN) == []
    assert (detector.version, "bias" in detector.labels) == ("2", True)
    assert detector.submit([NASTY], 5).result(PATIENCE_S).findings[0].version == "2"
    assert service.texts == [["so nasty"], ["so it is"], ["so nasty"]]


def test_equal_texts_of_concurrent_calls_are_asked_about_once(making, service, served):
    detector = making(served.url)
    service.seconds = 0.2
    futures = [detector.submit([NASTY, Passage("n", f"text {number % 2}")], 5) for number in range(8)]
    assert [len(future.result(PATIENCE_S).findings) for future in futures] == [1] * 8
    assert sorted(text for texts in service.texts for text in texts) == ["so nasty", "text 0", "text 1"]


def test_connections_are_kept_open(making, service, served):
    detector = making(served.url, cache_bytes=0)
    for number in range(20):
        found(detector, Passage("a", f"text {number}"))
    if service.peers != {None}:  # a Unix socket's peers have no names
        assert len(service.peers) <= 2  # one more may be for the greeting


def test_a_call_that_is_given_up_is_given_up_at_the_service(making, service, served):
    detector = making(served.url)
    service.seconds = PATIENCE_S
    future = detector.submit([NASTY], 5)
    eventually(lambda: service.asked)
    assert future.cancel()
    eventually(lambda: service.left == 1)


FAULTS = {
    "refused": ((401, {}, b"{}"), "refused"),
    "no such model": ((404, {}, b"{}"), "no_model"),
    "too long": ((413, {}, b"{}"), "too_long"),
    "no room": ((429, {"retry-after": "1"}, b"{}"), "busy"),
    "no room for long": ((429, {"retry-after": "a while"}, b"{}"), "busy"),
    "not ready": ((503, {}, b"{}"), "not_ready"),
    "too slow": ((504, {}, b"{}"), "timeout"),
    "a fault": ((500, {}, b"so nasty"), "raised"),
    "another server": ((200, {"content-type": "text/html"}, b"<html>so nasty</html>"), "malformed"),
    "nothing": ((200, {}, b""), "malformed"),
    "elsewhere": ((307, {"location": "http://127.0.0.1:1/"}, b""), "malformed"),
    "not understood": ((400, {}, b"{}"), "malformed"),
}


@pytest.mark.parametrize(("fault", "expected"), FAULTS.values(), ids=FAULTS)
def test_no_answer_is_never_a_clean_one_and_it_recovers(making, service, served, fault, expected, caplog):
    detector = making(served.url)
    eventually(lambda: detector.version == "1")
    service.fault = fault
    assert reason(detector) == expected
    service.fault = None
    assert found(detector, NASTY) == [("a", "toxic", 3, 8)]
    assert "so nasty" not in caplog.text


GARBLED = {
    "another number of readings": {"readings": []},
    "a place beyond the text": {"readings": [{"spans": [[0, 99, "toxic", 1]], "unread": None}]},
    "a label that it does not have": {"readings": [{"spans": [[0, 1, "nasty", 1]], "unread": None}]},
    "a version that is a text": {"version": "so nasty"},
}


@pytest.mark.parametrize("members", GARBLED.values(), ids=GARBLED)
def test_an_answer_of_the_wrong_shape_is_none(making, service, served, members):
    detector = making(served.url)
    eventually(lambda: detector.version == "1")
    service.change = garbled(**members)
    assert reason(detector) == "malformed"
    service.change = bytes
    assert found(detector, NASTY) == [("a", "toxic", 3, 8)]


def test_one_that_is_too_long_is_not_read(making, service, served, monkeypatch):
    detector = making(served.url)
    monkeypatch.setattr("detectors.serving.address.MOST_BYTES", 100)
    service.change = lambda raw: raw + b" " * 1_000
    assert reason(detector) == "malformed"


def test_whoever_gives_no_answer_in_time_is_not_waited_for(making, service, served):
    detector = making(served.url, timeout_s=0.5)
    service.seconds = PATIENCE_S
    began = time.monotonic()
    assert reason(detector) == "unanswered"
    assert time.monotonic() - began < within(5)
    service.seconds = 0
    eventually(lambda: service.left >= 1)
    assert found(detector, NASTY) == [("a", "toxic", 3, 8)]


def test_nobody_there_is_told_at_once_and_after_some_times_without_asking(making, tmp_path, caplog):
    detector = making(f"unix:{tmp_path / 'nobody'}", failures=3, pause_s=60)
    assert [reason(detector, Passage("a", str(number))) for number in range(6)] == ["unreachable"] * 6
    assert (detector.version, detector.labels) == (UNKNOWN, frozenset())
    assert detector.trouble == "the detector service gives no answer (unreachable)"
    assert caplog.text.count("gives no answer (unreachable)") == 1


def test_a_host_that_takes_no_connection_is_not_waited_for(making):
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        detector = making(url, connect_s=0.1, timeout_s=PATIENCE_S)
        began = time.monotonic()
        assert reason(detector) == "unreachable"
        assert time.monotonic() - began < within(PATIENCE_S / 2)
        for one in waiting:
            one.close()


def test_a_service_that_was_away_is_found_again_without_any_call(making, service, served, caplog):
    detector = making(served.url, failures=1)
    eventually(lambda: detector.version == "1")
    served.stop()
    assert reason(detector) in {"unreachable", "malformed"}
    assert detector.trouble
    served.start()
    eventually(lambda: not detector.trouble)
    assert found(detector, NASTY) == [("a", "toxic", 3, 8)]
    assert "answers again" in caplog.text


def test_a_connection_that_the_service_closed_meanwhile_costs_nothing(making, service, served):
    detector = making(served.url)
    eventually(lambda: detector.version == "1")
    found(detector, NASTY)
    served.stop()
    served.start()
    assert found(detector, CLEAN, Passage("c", "Ann")) == [("c", "PERSON", 0, 3)]


def test_of_several_addresses_one_that_answers_is_enough(making, service, served):
    detector = making("http://127.0.0.1:1", served.url, failures=2)
    for number in range(10):
        assert found(detector, Passage("a", f"nasty {number}")) == [("a", "toxic", 0, 5)]
    assert detector.trouble == ""


def test_several_addresses_share_the_work_and_one_that_wants_rest_gets_it(making, service, tmp_path):
    other = Service()
    with screening(service) as one, screening(other, tmp_path / "s") as two:
        detector = making(one.url, two.url)
        eventually(lambda: detector.version == "1")  # both were greeted: no address is busy with that any more
        for number in range(10):
            found(detector, Passage("a", f"first {number}"))
        assert [len(service.asked), len(other.asked)] == [5, 5]
        other.fault = (429, {"retry-after": "5"}, b"{}")
        for number in range(10):
            found(detector, Passage("a", f"then {number}"))
        assert [len(service.asked), len(other.asked)] == [15, 6]


def test_two_versions_at_once_are_both_told_and_each_finding_has_its_own(making, service, tmp_path):
    other = Service(version="2")
    with screening(service) as one, screening(other, tmp_path / "s") as two:
        detector = making(one.url, two.url)
        eventually(lambda: detector.version == "1|2")
        futures = [detector.submit([Passage("a", f"nasty {number}")], 5) for number in range(4)]
        assert {future.result(PATIENCE_S).findings[0].version for future in futures} == {"1", "2"}


def test_a_slow_address_is_overtaken_by_another_where_that_is_wanted(making, service, tmp_path):
    other = Service()
    with screening(service) as one, screening(other, tmp_path / "s") as two:
        detector = making(one.url, two.url, hedge_s=0.05, cache_bytes=0)
        eventually(lambda: service.greeted and other.greeted)
        service.seconds = PATIENCE_S
        began = time.monotonic()
        for number in range(4):
            assert found(detector, Passage("a", f"nasty {number}")) == [("a", "toxic", 0, 5)]
        assert time.monotonic() - began < within(PATIENCE_S / 2)
        eventually(lambda: service.left == len(service.asked) > 0)


async def test_a_suite_reports_who_did_not_do_their_part_and_why(making, service, served):
    detector = making(served.url)
    suite = Suite([detector])
    screened = await suite.screen([NASTY], "acme")
    assert [one.label for one in screened.findings] == ["toxic"]
    assert (screened.coverage.reports[0].version, screened.coverage.reports[0].status) == ("1", Status.OK)
    assert service.asked[-1].tenant == "acme"
    service.fault = (429, {}, b"{}")
    screened = await suite.screen([CLEAN])
    assert [(one.status, one.reason) for one in screened.coverage.reports] == [(Status.UNAVAILABLE, "busy")]
    assert suite.troubles == {}


async def test_a_closed_one_calls_nothing_clean(making, served):
    detector = making(served.url)
    suite = Suite([detector])
    suite.close()
    assert (await suite.screen([NASTY])).coverage.reports[0].reason == "raised"
    assert "detector-service" not in {thread.name for thread in threading.enumerate()}
