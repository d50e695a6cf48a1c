"""Models that run elsewhere, as the interfaces see them."""

import asyncio
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import pytest

from detectors.serving import wire
from detectors.serving.api.app import service
from detectors.serving.ports import Answer, Found
from detectors.serving.ray import directory
from detectors.serving.ray.directory import Directory
from detectors.serving.ray.homes import PICTURE
from detectors.serving.ray.outcomes import Answered, Facts, Failed, Full, Late, Outcome
from tests.unit.detectors.serving.word_model import PATIENCE

LABELS = frozenset({"toxic"})
NASTY = Answer((Found(0, 5, "toxic", 0.9),), {"toxic": 0.9})


def facts(name: str, version: str = "1") -> Facts:
    return Facts(name, version, LABELS, frozenset(), {"toxic": 0.5})


class Elsewhere:
    """Implements `directory.Asked`: says what it was told to say."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = [*outcomes]
        self.asked: list[tuple[str, tuple[Any, ...], str]] = []
        self.is_there = True
        self.left = asyncio.Event()

    async def read(self, name: str, texts: Sequence[Any], tenant: str, seconds: float) -> Outcome:
        assert 0 < seconds <= 10
        self.asked.append((name, (*texts,), tenant))
        if not self.outcomes:
            try:
                await asyncio.sleep(60)
            finally:
                self.left.set()
        return self.outcomes.pop(0)

    async def held(self) -> Mapping[str, Facts]:
        if not self.is_there:
            await asyncio.sleep(60)
        return {"one": facts("one"), "unheard of": facts("unheard of")}


def client(elsewhere: Elsewhere) -> httpx.AsyncClient:
    app = service(Directory(["one", "two"], ["seen"], elsewhere), has_metrics=False)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


async def ask(elsewhere: Elsewhere, **body: Any) -> httpx.Response:
    async with client(elsewhere) as http:
        return await http.post(wire.PATH, json={"texts": ["nasty"], "tenant": "acme"} | body)


@pytest.mark.parametrize(("named", "name"), [("", "one"), ("one", "one"), ("two", "two")])
async def test_texts_are_read_by_the_model_that_was_named(named: str, name: str) -> None:
    elsewhere = Elsewhere(Answered(facts(name), [NASTY]))
    answer = await ask(elsewhere, model=named)
    assert answer.json()["readings"] == [{"spans": [[0, 5, "toxic", 900_000]], "unread": None}]
    assert elsewhere.asked == [(name, ("nasty",), "/acme")]


async def test_pictures_are_looked_at_by_a_model_of_pictures() -> None:
    elsewhere = Elsewhere(Answered(facts("seen"), [NASTY]))
    url = f"data:image/png;base64,{b64encode(PICTURE).decode()}"
    async with client(elsewhere) as http:
        body = {"input": [{"type": "image_url", "image_url": {"url": url}}]}
        assert (await http.post("/v1/moderations", json=body)).json()["results"][0]["flagged"] is True
    assert elsewhere.asked == [("seen", (PICTURE,), "/")]


async def test_nobody_is_asked_for_a_model_that_is_not_configured() -> None:
    elsewhere = Elsewhere()
    assert (await ask(elsewhere, model="three")).status_code == 404
    assert elsewhere.asked == []


async def test_an_answer_carries_the_version_that_gave_it() -> None:
    elsewhere = Elsewhere(*(Answered(facts("one", version), [NASTY]) for version in ("1", "2", "1")))
    assert [(await ask(elsewhere)).json()["version"] for _ in range(3)] == ["1", "2", "1"]


@pytest.mark.parametrize(
    ("outcome", "status", "retry_after"),
    [
        (Full(2.5), 429, "3"),
        (Late(), 504, None),
        (Failed(), 503, "1"),
        (Answered(facts("one"), []), 503, "1"),
        (Answered(facts("one"), [NASTY, NASTY]), 503, "1"),
    ],
    ids=str,
)
async def test_without_an_answer_for_each_text_there_is_an_error(
    outcome: Outcome, status: int, retry_after: str | None
) -> None:
    answer = await ask(Elsewhere(outcome))
    assert (answer.status_code, answer.headers.get("retry-after")) == (status, retry_after)
    assert "readings" not in answer.json()


async def test_what_takes_too_long_is_given_up() -> None:
    elsewhere = Elsewhere()
    assert (await ask(elsewhere, seconds=0.1)).status_code == 504
    async with asyncio.timeout(PATIENCE):
        await elsewhere.left.wait()


async def test_it_is_healthy_while_somebody_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "GREETING_S", 0.05)
    elsewhere = Elsewhere()
    models = Directory(["one", "two"], ["seen"], elsewhere)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service(models)), base_url="http://service") as http:
        assert (await http.get("/health")).status_code == 503
        for is_there in (False, True, False):
            elsewhere.is_there = is_there
            await models.greet()
            health = await http.get("/health")
            assert health.status_code == (200 if is_there else 503)
        told = health.json()["models"]
    assert told == {
        "one": {"version": "1", "ready": False},
        "two": {"version": "unknown", "ready": False},
        "seen": {"version": "unknown", "ready": False},
    }
