"""Faults of providers, and what happens: who is asked how often, what is on record, what the app gets."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from detectors.breaker import Breaker
from detectors.finding import Coverage, Screening
from gateway.dialects.message import Inbound, Outbound
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.chat import OpenAIChat
from gateway.errors import (
    CheckUnavailable,
    PolicyBlocked,
    UpstreamFault,
    UpstreamInvalid,
    UpstreamTimeout,
    UpstreamUnreachable,
)
from gateway.pipeline.context import Call
from gateway.pipeline.first_door import Entry
from gateway.pipeline.forwarding import Forwarding
from gateway.pipeline.inspect import Verdict, subject_of
from gateway.pipeline.ways import Ways
from gateway.policy.decision import Action, Decision
from gateway.principal import Principal
from gateway.pseudonyms.mask import Masked, TokenMap
from gateway.upstream.ports import Dispatch
from gateway.upstream.target import Candidate, Retries, Target
from tests.answers import Told

NOTHING_FOUND = Screening([], Coverage(()))
REQUEST = OpenAIChat().read_request(Inbound(b'{"model":"fast","messages":[{"role":"user","content":"hi"}]}'))
Step = int | UpstreamFault | Told


@dataclass
class Provider:
    """Asked in the place of real ones: gives what its script says for a target, or the last step again."""

    scripts: dict[str, list[Step]]
    asked: list[str] = field(default_factory=list)
    answers: list[Told] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    async def send(self, candidate: Candidate, dispatch: Dispatch) -> Told:
        name = candidate.target.name
        self.asked.append(name)
        script = self.scripts[name]
        step = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(step, UpstreamFault):
            raise step
        self.answers.append(step if isinstance(step, Told) else Told(step))
        return self.answers[-1]

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


@dataclass
class Door:
    """Refuses the targets that it is told to."""

    refuses: Sequence[str] = ()

    async def decide(self, call: Call, request: Any, screening: Screening, candidate: Candidate) -> Entry:
        refused = candidate.target.name in self.refuses
        decision = Decision(Action.BLOCK if refused else Action.ALLOW, (), (), (), "sha256:b", "fake")
        error = PolicyBlocked("no", code=f"no.{candidate.target.name}") if refused else None
        subject = subject_of(Principal("k", "t", "u"), "openai.chat", request, screening, candidate)
        outbound = None if refused else Outbound("/chat/completions", candidate.model.encode())
        masked = Masked({}, TokenMap(), {}, {})
        return Entry(candidate, subject, Verdict(b"{}", screening, decision), masked, error, outbound)


@dataclass
class Book:
    """Keeps the names of providers that were put on record, and how many had been asked by then."""

    provider: Provider
    fails: bool = False
    rerouted: list[tuple[str, str, int]] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    async def reroute(self, call: Call, entry: Entry, cause: str, passed_over: Sequence[Entry] = ()) -> None:
        if self.fails:
            raise CheckUnavailable("no record")
        self.rerouted.append((entry.candidate.target.name, cause, len(self.provider.asked)))
        self.pass_over(call, passed_over)

    def pass_over(self, call: Call, entries: Sequence[Entry]) -> None:
        self.passed_over += [entry.candidate.target.name for entry in entries]


def candidates(*names: str) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            Target(
                name, OPENAI, "https://x", "p", "r", "cloud", ("*",), {},
                retries=Retries(attempts=2, base_s=1, cap_s=4), breaker=Breaker(failures=3, pause_s=60),
            ),
            f"m-{name}",
        )
        for name in names
    )  # fmt: skip


async def forward(
    provider: Provider, route: Sequence[Candidate], door: Door | None = None, book: Book | None = None
) -> tuple[Call, Entry, Told]:
    call = Call(OpenAIChat(), [])
    ways = Ways(door or Door(), call, REQUEST, NOTHING_FOUND, tuple(route))
    forwarding = Forwarding(book or Book(provider), {"http": provider}, lambda: 0.5, provider.sleep)
    entry, answer = await forwarding.send(call, await ways.first(), ways)
    return call, entry, answer


UNREACHABLE, TIMEOUT, INVALID = UpstreamUnreachable("gone"), UpstreamTimeout("slow"), UpstreamInvalid("odd")
TABLE: dict[str, tuple[list[Step], list[Step], list[str], int | type[UpstreamFault], list[tuple[str, str, int]]]] = {
    "all is well": ([200], [200], ["a"], 200, []),
    "a 429, then all is well": ([429, 200], [200], ["a", "a"], 200, []),
    "a 500 twice": ([500], [200], ["a", "a", "b"], 200, [("b", "status.500", 2)]),
    "no connection": ([UNREACHABLE], [200], ["a", "a", "b"], 200, [("b", "upstream.unreachable", 2)]),
    "no connection once": ([UNREACHABLE, 200], [200], ["a", "a"], 200, []),
    "no answer in time": ([TIMEOUT], [200], ["a", "b"], 200, [("b", "upstream.timeout", 1)]),
    "an answer that is none": ([INVALID], [200], ["a", "b"], 200, [("b", "upstream.invalid", 1)]),
    "our key is refused": ([401], [200], ["a", "b"], 200, [("b", "upstream.refused", 1)]),
    "it redirects": ([302], [200], ["a", "b"], 200, [("b", "upstream.refused", 1)]),
    "the request is bad": ([400], [200], ["a"], 400, []),
    "the model is unknown there": ([404], [200], ["a"], 404, []),
    "it asks for an hour": (
        [Told(429, {"retry-after": "3600"})], [200], ["a", "b"], 200, [("b", "status.429", 1)],
    ),
    "nobody can": ([500], [429], ["a", "a", "b", "b"], 429, [("b", "status.500", 2)]),
    "nobody is there": (
        [500], [UNREACHABLE], ["a", "a", "b", "b"], UpstreamUnreachable, [("b", "status.500", 2)],
    ),
    "the last refuses our key": ([TIMEOUT], [403], ["a", "b"], UpstreamFault, [("b", "upstream.timeout", 1)]),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "asked", "outcome", "records"), TABLE.values(), ids=TABLE)
async def test_a_fault_leads_on(
    first: list[Step],
    second: list[Step],
    asked: list[str],
    outcome: int | type[UpstreamFault],
    records: list[tuple[str, str, int]],
) -> None:
    provider = Provider({"a": list(first), "b": list(second)})
    book = Book(provider)
    if isinstance(outcome, int):
        call, entry, answer = await forward(provider, candidates("a", "b"), book=book)
        assert (answer.status, entry.candidate.target.name) == (outcome, asked[-1])
        assert (call.upstream, call.attempts) == (asked[-1], len(asked))
        assert not answer.closed
        assert all(earlier.closed for earlier in provider.answers[:-1])
    else:
        with pytest.raises(outcome):
            await forward(provider, candidates("a", "b"), book=book)
        assert all(answer.closed for answer in provider.answers)
    assert (provider.asked, book.rerouted) == (asked, records)


async def test_waits_are_what_the_provider_asks_for_and_a_share_of_chance() -> None:
    provider = Provider({"a": [Told(429, {"retry-after": "2"}), 200]})
    await forward(provider, candidates("a"))
    assert provider.waits == [2.5]


async def test_a_refused_candidate_is_passed_over_and_never_asked() -> None:
    provider = Provider({"a": [500], "b": [200], "c": [200]})
    book = Book(provider)
    _, entry, _ = await forward(provider, candidates("a", "b", "c"), Door(refuses=["b"]), book)
    assert provider.asked == ["a", "a", "c"]
    assert book.passed_over == ["b"]
    assert entry.candidate.model == "m-c"


async def test_when_all_are_refused_the_first_refusal_is_told() -> None:
    ways = Ways(Door(refuses=["a", "b"]), Call(OpenAIChat(), []), REQUEST, NOTHING_FOUND, candidates("a", "b"))
    entry = await ways.first()
    assert entry.refused is not None
    assert entry.refused.code == "no.a"
    assert [other.candidate.target.name for other in ways.passed_over()] == ["b"]
    assert ways.passed_over() == []


async def test_when_the_rest_is_refused_the_last_answer_is_the_apps() -> None:
    provider = Provider({"a": [503], "b": [200]})
    book = Book(provider)
    _, _, answer = await forward(provider, candidates("a", "b"), Door(refuses=["b"]), book)
    assert (answer.status, answer.closed, provider.asked) == (503, False, ["a", "a"])
    assert book.passed_over == ["b"]


async def test_without_its_record_a_call_does_not_go_on() -> None:
    provider = Provider({"a": [500], "b": [200]})
    with pytest.raises(CheckUnavailable):
        await forward(provider, candidates("a", "b"), book=Book(provider, fails=True))
    assert provider.asked == ["a", "a"]


class TestABreaker:
    async def test_keeps_calls_from_a_provider_that_fails(self) -> None:
        provider = Provider({"a": [500], "b": [200]})
        route = candidates("a", "b")
        for _ in range(4):
            await forward(provider, route)
        assert provider.asked == ["a", "a", "b", "a", "b", "b", "b"]

    async def test_is_told_in_the_log_once_when_it_opens(self, caplog: pytest.LogCaptureFixture) -> None:
        route = candidates("a")
        for _ in range(4):
            await forward(Provider({"a": [500]}), route)
        assert [record.getMessage().split(";")[0] for record in caplog.records] == ["upstream a keeps failing"]

    async def test_is_ignored_once_a_call_when_there_is_no_other_way(self) -> None:
        provider = Provider({"a": [500], "b": [200]})
        route = candidates("a", "b")
        for _ in range(4):
            _, _, answer = await forward(provider, route, Door(refuses=["b"]))
        assert answer.status == 500
        assert provider.asked == ["a", "a", "a", "a", "a"]

    async def test_closes_when_the_provider_answers_again(self) -> None:
        provider = Provider({"a": [500, 500, 500, 200]})
        route = candidates("a")
        for _ in range(3):
            await forward(provider, route)
        assert route[0].target.breaker.is_ready

    @pytest.mark.parametrize("status", [400, 429])
    async def test_does_not_count_what_a_working_provider_says(self, status: int) -> None:
        provider = Provider({"a": [status]})
        route = candidates("a")
        for _ in range(4):
            await forward(provider, route)
        assert route[0].target.breaker.is_ready


async def test_a_call_that_is_cancelled_while_it_waits_asks_nobody_else() -> None:
    provider = Provider({"a": [429], "b": [200]})
    waiting = asyncio.Event()

    async def forever(_: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    call = Call(OpenAIChat(), [])
    ways = Ways(Door(), call, REQUEST, NOTHING_FOUND, candidates("a", "b"))
    forwarding = Forwarding(Book(provider), {"http": provider}, lambda: 0.5, forever)
    task = asyncio.create_task(forwarding.send(call, await ways.first(), ways))
    await waiting.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert provider.asked == ["a"]
    assert all(answer.closed for answer in provider.answers)
