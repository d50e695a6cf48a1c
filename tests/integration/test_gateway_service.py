"""A gateway whose texts are read by a detector service: the same decisions, and none at all without an answer."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from audit.reading import Filter, list_records
from tests.encoder_service import encoder_service, until
from tests.gateways import Gateway, running
from tests.integration.test_gateway_killed import free_port
from tests.screening_service import Service, garbled, screening
from tests.scripted import Scripted, reply, response, scripted
from tests.speaking import CLEAN, ask, say, user
from tests.unit.detectors.encoder.small_encoder import FILLER, GUILTY, write_encoder

pytestmark = pytest.mark.integration

CALLS = 100
UNAVAILABLE = "detector.unavailable"
RUSSIAN = "\u041f\u0440\u0438\u0432\u0435\u0442 " * 200
ABROAD = (" Ik weet niet meer wie ik daarover moet bellen.", " Ich weiß nicht mehr, wen ich deshalb anrufen soll.")


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_encoder(tmp_path_factory.mktemp("weights"), window=256, overlap=32)


@pytest.fixture
def upstream() -> Iterator[Scripted]:
    with scripted() as server:
        yield server


def text(number: int) -> str:
    """Write prompts of all kinds: clean, guilty, with names, with patterns, long, and in a language it can't read."""
    words = [FILLER[(number * step) % len(FILLER)] for step in range(1, 8)]
    words.insert(number % 7, (*GUILTY, "Ann Lee", "Paris", "4711", "ann.lee@example.com", "k i l l", "it")[number % 11])
    return (
        " ".join(words)
        + (" and so it goes on." * 60 if number % 10 == 0 else "")
        + RUSSIAN * (number % 25 == 1)
        + ABROAD[number % 2] * (number % 9 == 3)
    )


def call(client: httpx.Client, said: str) -> tuple[str, str]:
    """Make a call; give the text that arrived, and the code of what stopped it."""
    told = client.post("/v1/chat/completions", json=user(said)).json()
    return ("", told["error"]["code"]) if "error" in told else (told["choices"][0]["message"]["content"], "")


def decisions(gateway: Gateway) -> list[tuple[Any, ...]]:
    """Give what policy was told of each request, and what it said."""
    told = []
    for record in reversed(list_records(gateway.settings.store.url, Filter(type="request.opened"), limit=10 * CALLS)):
        document = orjson.loads(record.body["policy"]["input"])
        said = (record.body["decision"], record.body["reason"], record.body.get("pseudonyms"))
        told.append((document["detections"], document["coverage"], said))
    return told


def test_the_same_decisions_as_in_its_own_process(upstream: Scripted, weights: Path, tmp_path: Path) -> None:
    upstream.answer(lambda body: (response(reply(orjson.loads(body)["messages"][-1]["content"])),))
    url = f"http://127.0.0.1:{free_port()}"
    with ExitStack() as stack:
        stack.enter_context(encoder_service(weights, url))
        ways = {"own": {"weights": str(weights)}, "service": {"service": {"url": url}}}
        gateways = [
            stack.enter_context(running(tmp_path / name, upstream.base_url, detectors=detectors))
            for name, detectors in ways.items()
        ]
        until(lambda: ready(gateways[1])["notes"].get("encoder") is None and is_known(gateways[1]))
        clients = [stack.enter_context(gateway.http()) for gateway in gateways]
        outcomes = [[call(client, text(number)) for number in range(CALLS)] for client in clients]
        own, elsewhere = (decisions(gateway)[-CALLS:] for gateway in gateways)
    assert outcomes[0] == outcomes[1]
    assert {code for _, code in outcomes[0]} >= {"", "toxicity.detected", "injection.detected"}
    assert len(own) == CALLS
    assert own == elsewhere
    found = {one["label"] for detections, _, _ in own for one in detections}
    assert found >= {"toxic", "threat", "injection", "PERSON", "LOCATION", "ID", "EMAIL_ADDRESS"}


def is_known(gateway: Gateway) -> bool:
    """Whether the gateway has heard from the service: it answers what it can judge."""
    with gateway.http() as client:
        told = client.post("/v1/moderations", json={"input": "the word"}).json()
    return bool(told.get("results")) and told["results"][0]["categories"]["harassment"] is not None


def ready(gateway: Gateway) -> dict[str, Any]:
    with gateway.http() as client:
        state: dict[str, Any] = client.get("/health/ready").json()
    return state


def test_one_that_is_killed_under_load_leaves_nothing_unread_and_is_found_again(
    upstream: Scripted, weights: Path, tmp_path: Path
) -> None:
    say(upstream, CLEAN)
    url = f"unix:{tmp_path / 'detectors.sock'}"
    service = {"url": "unix:detectors.sock", "breaker": {"failures": 3, "pause_s": 0.2}}
    with running(tmp_path, upstream.base_url, detectors={"service": service}) as gateway:
        codes: list[Counter[str]] = [Counter(), Counter(), Counter()]
        with encoder_service(weights, url) as process:
            until(lambda: is_known(gateway))
            stop, phase, key = threading.Event(), 0, gateway.key()

            def load(client: int) -> None:
                number = 0
                with gateway.http(key) as caller:
                    while not stop.is_set():
                        now, number = phase, number + 1
                        codes[now][call(caller, f"word {client} {number} goes on, Ann Lee")[1]] += 1

            with ThreadPoolExecutor(8) as clients:
                running_clients = [clients.submit(load, client) for client in range(8)]
                until(lambda: codes[0][""] >= 30)
                process.kill()
                phase = 1
                until(lambda: codes[1][UNAVAILABLE] >= 30)
                assert ready(gateway)["notes"]["encoder"] == "the detector service gives no answer (unreachable)"
                with encoder_service(weights, url):
                    until(lambda: codes[1][""] or ask(gateway, "default", user("Ann Lee, is it you"))[1] == "")
                    phase = 2
                    until(lambda: codes[2][""] >= 30)
                    stop.set()
                    for one in running_clients:
                        one.result()
        passed = sum(each[""] for each in codes)
        assert {code for each in codes for code in each} == {"", UNAVAILABLE}
        assert passed <= len(upstream.bodies) <= passed + 1
        assert not [body for body in upstream.bodies if b"Ann Lee" in body]
        assert set(codes[2]) <= {"", UNAVAILABLE}
        assert codes[2][UNAVAILABLE] <= 8  # those that were under way when it came back


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "no room": ({"fault": (429, {"retry-after": "1"}, b"{}")}, "busy"),
    "not ready": ({"fault": (503, {}, b"{}")}, "not_ready"),
    "no answer": ({"seconds": 30.0}, "unanswered"),
    "garbage": ({"fault": (200, {}, b"<html>")}, "malformed"),
    "a wrong shape": ({"change": garbled(readings=[])}, "malformed"),
    "a version that is none": ({"change": garbled(version="")}, "malformed"),
    "the wrong key": ({"fault": (401, {}, b"{}")}, "refused"),
}


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Scripted, Gateway]]:
    folder, service = tmp_path_factory.mktemp("answering"), Service()
    with scripted() as model, screening(service, folder / "s") as served:
        patient = {"url": served.url, "timeout_ms": 500, "breaker": {"failures": 1_000}}
        with running(folder, model.base_url, detectors={"service": patient}) as gateway:
            yield service, model, gateway


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
@pytest.mark.parametrize(("fault", "reason"), FAULTS.values(), ids=FAULTS)
def test_without_an_answer_nothing_leaves_and_the_record_says_why(
    answering: tuple[Service, Scripted, Gateway], fault: dict[str, Any], reason: str, stream: bool
) -> None:
    service, model, gateway = answering
    say(model, CLEAN)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in fault.items():
            patch.setattr(service, name, value)
        assert ask(gateway, "default", user(f"Who is Ann? {reason} {stream} {fault}"), stream=stream) == (
            "",
            UNAVAILABLE,
        )
    assert model.bodies == []
    _, coverage, decision = decisions(gateway)[-1]
    assert [one["reason"] for one in coverage["reports"]] == ["", reason]
    assert decision[:2] == ("block", UNAVAILABLE)
    assert ask(gateway, "default", user(f"Now? {reason} {stream} {fault}"), stream=stream)[1] == ""


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "streamed"])
def test_a_reply_that_nobody_reads_does_not_arrive(answering: tuple[Service, Scripted, Gateway], stream: bool) -> None:
    service, model, gateway = answering
    say(model, "Ann says so. " * 100)
    question = user(f"Tell me, {stream}.")
    assert ask(gateway, "default", question)[1] == ""
    say(model, "Lee says so. " * 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "fault", (503, {}, b"{}"))
        assert ask(gateway, "default", question, stream=stream) == ("", UNAVAILABLE)
