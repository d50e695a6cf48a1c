"""The detector service on real sockets: `/v1/screen`, keys, limits, too much work, callers who leave, figures."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from detectors.encoder.files import read_encoder
from detectors.encoder.model import load_encoder
from detectors.encoder.runs import read_texts
from detectors.placing import LEFT_TO_PATTERNS
from detectors.serving import wire
from detectors.serving.encoder_model import EncoderModel
from detectors.serving.limits import BatchLimits
from tests.detector_service import Fixed, detector_service
from tests.unit.detectors.encoder.small_encoder import write_encoder
from tests.unit.detectors.serving.word_model import PATIENCE, WordModel

pytestmark = pytest.mark.integration

TEXTS = ["Ann Lee goes on. you are nasty!", "the word goes on", "", "\U0001f600 nasty \U0001f600", "Привет"]
ODD = b"""{"texts": [{"hush": 1}], "contents": ["a", {"hush": 1}], "messages": ["hush"],
    "input": [{"type": "hush", "text": "hush"}], "inputs": [["hush", "hush", "hush"]]}"""
INTERFACES = ("/v1/screen", "/api/v1/text/contents", "/api/v1/text/chat", "/v1/moderations", "/predict")
ASKS: dict[str, dict[str, Any]] = {
    "/v1/screen": {"texts": ["hush"]},
    "/api/v1/text/contents": {"contents": ["hush"]},
    "/api/v1/text/chat": {"messages": [{"role": "user", "content": "hush"}]},
    "/v1/moderations": {"input": "hush"},
    "/predict": {"inputs": "hush"},
}
NAMED = {"detector-id": "words"}


def until(holds: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < deadline
        sleep(0.005)


@pytest.fixture
def words() -> WordModel:
    return WordModel()


@pytest.fixture
def asked(words: WordModel) -> Iterator[httpx.Client]:
    with detector_service(Fixed(words, limits=BatchLimits(20, queue_tokens=50))) as http:
        yield http
        words.go_on.set()


@pytest.mark.parametrize("is_unix", [False, True], ids=["TCP", "Unix"])
def test_texts_are_screened_as_the_encoder_reads_them(tmp_path, is_unix):
    encoder = load_encoder(read_encoder(write_encoder(tmp_path / "weights")), threads=1)
    expected = read_texts(encoder, TEXTS)
    registry = Fixed(EncoderModel("encoder", encoder))
    with detector_service(registry, tmp_path / "socket" if is_unix else None) as http:
        body = wire.encode_request(wire.ScreenRequest(TEXTS, "encoder", "acme", 10.0))
        reply = wire.decode_reply(http.post(wire.PATH, content=body).content, TEXTS)
        greeting = http.post(wire.PATH, json={"texts": []}).json()
    for reading, alone in zip(reply.readings, expected, strict=True):
        told = (s for s in alone.spans if s.label not in LEFT_TO_PATTERNS)
        spans = [wire.ScreenSpan(s.start, s.end, s.label, round(s.score * wire.PPM)) for s in told]
        assert [*reading.spans] == spans
        assert reading.unread == alone.unread
    assert [TEXTS[3][s.start : s.end] for s in reply.readings[3].spans if s.label == "insult"]
    assert (greeting["version"], greeting["readings"]) == (encoder.version, [])
    assert greeting["labels"] == sorted(reply.labels) == sorted(EncoderModel.labels - LEFT_TO_PATTERNS)


@pytest.mark.parametrize(("left", "told"), [(frozenset(), ["bad", "worse"]), (frozenset({"worse"}), ["bad"])])
def test_a_gateway_is_told_all_that_a_model_finds_but_what_it_leaves_to_patterns(words, asked, left, told):
    words.left_to_patterns = left
    words.go_on.set()
    screened = asked.post(wire.PATH, json={"texts": ["bad and worse"]}).json()
    assert screened["labels"] == told
    assert [span[2] for span in screened["readings"][0]["spans"]] == told
    [others] = asked.post("/api/v1/text/contents", json={"contents": ["bad and worse"]}, headers=NAMED).json()
    assert [one["detection"] for one in others] == ["bad", "worse"]  # they may have no patterns


@pytest.mark.parametrize("path", INTERFACES)
def test_without_a_key_nobody_gets_in_and_with_one_everybody_does(words, path):
    with detector_service(Fixed(words), keys=["first", " second \n", ""]) as http:
        for headers in (
            {},
            {"authorization": "Bearer third"},
            {"authorization": "second"},
        ):
            refused = http.post(path, json=ASKS[path], headers=NAMED | headers)
            assert refused.status_code == 401
            assert "first" not in refused.text
        for key in ("first", "second"):
            got = http.post(path, json=ASKS[path], headers=NAMED | {"authorization": f"Bearer {key}"})
            assert got.status_code == 200
        assert http.get("/health").status_code == 200
        assert http.get("/metrics").status_code == 401


ERRORS: dict[str, Callable[[Any, int], bool]] = {
    "/v1/screen": lambda error, status: error["error"]["code"] in wire.STATUS and bool(error["error"]["message"]),
    "/api/v1/text/contents": lambda error, status: error["code"] == status and bool(error["message"]),
    "/api/v1/text/chat": lambda error, status: error["code"] == status and bool(error["message"]),
    "/v1/moderations": lambda error, status: {"message", "type", "param", "code"} == error["error"].keys(),
    "/predict": lambda error, status: {"error", "error_type"} == error.keys(),
}


@pytest.mark.parametrize("path", INTERFACES)
def test_each_interface_says_what_is_wrong_in_its_own_shape_and_not_with_the_text(asked, words, path, caplog):
    def refused(status: int, **request: Any) -> httpx.Response:
        got = asked.post(path, **({"headers": NAMED} | request))
        assert got.status_code == status, got.text
        assert ERRORS[path](got.json(), status)
        assert "hush" not in got.text
        return got

    caplog.set_level(logging.DEBUG)
    invalid = 400 if path in {"/v1/screen", "/v1/moderations"} else 422
    for body in (b"", b"hush", b'{"hush": 1}', b'["hush"]', ODD):
        refused(invalid, content=body)
    refused(invalid, content=json.dumps(ASKS[path]).encode(), headers=NAMED | {"content-encoding": "gzip"})
    words.fault = RuntimeError("hush")
    refused(503, json=ASKS[path])
    words.fault = None
    words.go_on.clear()
    words.began.clear()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(asked.post, path, json=ASKS[path], headers=NAMED)
        assert words.began.wait(PATIENCE)
        until(lambda: 'waiting_texts{model="words"} 1.0' in asked.get("/metrics").text)
        busy = refused(429, json=json.loads(json.dumps(ASKS[path]).replace("hush", "hush " * 60)))
        assert int(busy.headers["retry-after"]) >= 1
        words.go_on.set()
        assert first.result().status_code == 200
    assert "hush" not in caplog.text


def test_a_model_that_is_not_there_is_not_found(asked):
    assert asked.post("/v1/screen", json={"texts": [], "model": "other"}).status_code == 404
    missing = asked.post("/api/v1/text/contents", json={"contents": ["a"]}, headers={"detector-id": "other"})
    assert (missing.status_code, missing.json()["code"]) == (404, 404)
    assert (
        asked.post("/v1/moderations", json={"input": "a", "model": "other"}).json()["error"]["code"]
        == "model_not_found"
    )


@pytest.mark.parametrize("path", INTERFACES)
def test_a_body_above_the_limit_is_refused_whether_or_not_it_says_its_length(words, path):
    with detector_service(Fixed(words), most_bytes=200) as http:
        for content in (b"x" * 201, iter([b"x" * 150, b"x" * 150])):
            got = http.post(path, content=content, headers=NAMED)
            assert got.status_code == 413
            assert ERRORS[path](got.json(), 413)
        assert http.post(path, json=ASKS[path], headers=NAMED).status_code == 200


def test_a_call_has_as_many_seconds_as_it_says(asked, words):
    words.go_on.clear()
    late = asked.post("/v1/screen", json={"texts": ["hush"], "seconds": 0.05})
    assert (late.status_code, wire.decode_error(late.content)) == (504, wire.TIMEOUT)


def test_what_a_caller_who_has_left_wanted_is_not_run(asked, words):
    words.go_on.clear()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(asked.post, "/v1/screen", json={"texts": ["first"]})
        assert words.began.wait(PATIENCE)
        leaving = HTTPConnection(asked.base_url.host, asked.base_url.port or 80)
        leaving.request(
            "POST", "/v1/screen", json.dumps({"texts": ["he leaves"]}), {"content-type": "application/json"}
        )
        until(lambda: 'waiting_texts{model="words"} 2.0' in asked.get("/metrics").text)
        leaving.close()
        until(lambda: 'waiting_texts{model="words"} 1.0' in asked.get("/metrics").text)
        words.go_on.set()
        assert first.result().status_code == 200
    assert words.tokens == 1
    assert 'dropped_total{model="words"} 1.0' in asked.get("/metrics").text


def test_health_tells_what_is_served_and_what_does_not_work_any_more(words):
    registry = Fixed(words)
    with detector_service(registry) as http:
        told = http.get("/health")
        assert (told.status_code, told.json()["status"]) == (200, "ok")
        assert told.json()["models"] == {"words": {"version": "1", "ready": True}}
        registry.close()
        assert http.get("/health").status_code == 503
        gone = http.post("/v1/screen", json={"texts": ["hush"]})
        assert (gone.status_code, wire.decode_error(gone.content)) == (503, wire.UNAVAILABLE)


def test_metrics_tell_what_was_done(asked, words):
    asked.post("/v1/screen", json={"texts": ["one two three", "one two three", "four"]})
    asked.post("/v1/screen", content=b"")
    told = asked.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain")
    samples = {
        (sample.name.removeprefix("airlock_detectors_"), *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(told.text)
        for sample in family.samples
    }
    assert samples["answered_total", "words"] == 2
    assert samples["shared_total", "words"] == 1
    assert samples["tokens_total", "words"] == words.tokens == 4
    assert samples["runs_total", "words"] == len(words.runs)
    assert samples["wait_seconds_count", "words"] == samples["wait_seconds_bucket", "+Inf", "words"] == 2
    assert 0 < samples["fill", "words"] <= 1
    assert samples["calls_total", "/v1/screen", "200"] == 1
    assert samples["calls_total", "/v1/screen", "400"] == 1


def test_many_calls_at_once_all_get_their_own_answer(asked):
    start = threading.Barrier(8)

    def call(number: int) -> list[Any]:
        start.wait(PATIENCE)
        return [asked.post("/v1/screen", json={"texts": [f"bad {number}.{one}"]}).json() for one in range(10)]

    with ThreadPoolExecutor(8) as pool:
        answers = [answer for one in pool.map(call, range(8)) for answer in one]
    assert [answer["readings"] for answer in answers] == [[{"spans": [[0, 3, "bad", 900_000]], "unread": None}]] * 80
