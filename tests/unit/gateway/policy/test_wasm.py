"""The embedded engine on the shipped bundle, as compiled."""

import asyncio
import threading
from dataclasses import replace

import orjson
import pytest

from gateway.policy.bundle import load, shipped
from gateway.policy.cases import read_cases, settings, written
from gateway.policy.decision import Action
from gateway.policy.document import encode
from gateway.policy.instance import Limits
from gateway.policy.wasm import WasmEngine
from tests.unit.gateway.policy.facts import CLEAN

DOCUMENT = encode(CLEAN)


@pytest.fixture(scope="module")
def bundle():
    return load()


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    folder.chmod(0o700)
    return folder


@pytest.fixture
def engine(bundle, cache):
    return WasmEngine(bundle, cache=cache)


@pytest.fixture(scope="module")
def case_engine(cache):
    return WasmEngine(load(data=settings(shipped())), cache=cache)


@pytest.mark.parametrize("case", read_cases(shipped()), ids=lambda case: case.name)
async def test_each_case_gets_its_decision(case_engine, case):
    assert written(await case_engine.decide(case.document)) == case.expect


async def test_a_decision_names_its_bundle_and_engine(engine, bundle):
    decision = await engine.decide(DOCUMENT)
    assert (decision.action, decision.bundle, decision.engine) == (Action.ALLOW, bundle.digest, "embedded")


async def test_equal_documents_share_a_decision_and_others_do_not(engine):
    first = await engine.decide(DOCUMENT)
    later = await engine.decide(encode(replace(CLEAN, time_ms=CLEAN.time_ms + 1)))
    other = await engine.decide(encode(replace(CLEAN, subject=replace(CLEAN.subject, tenant="nobody"))))
    assert later is first
    assert (first.action, other.code) == (Action.ALLOW, "subject.unknown_use_case")


async def test_remembering_changes_no_decision(engine, bundle, cache):
    forgetful = WasmEngine(bundle, cache=cache, remember=False)
    streamed = replace(CLEAN, request=replace(CLEAN.request, stream=True))
    for facts in (CLEAN, streamed, CLEAN, streamed):
        assert await engine.decide(encode(facts)) == await forgetful.decide(encode(facts))


async def test_nothing_is_remembered_when_it_is_not_known_what_the_policy_reads(bundle, cache):
    engine = WasmEngine(replace(bundle, reads=None), cache=cache)
    assert await engine.decide(DOCUMENT) is not await engine.decide(DOCUMENT)


@pytest.mark.parametrize(
    "document",
    [b"", b"{", b"null", b"[]", b'"text"', b"7", b"{}{}", b"\xff\xfe", b'{"a":"\xff"}', b"[" * 100_000],
    ids=["empty", "cut-off", "null", "array", "text", "number", "two", "no-utf8", "no-utf8-inside", "deep"],
)
async def test_whatever_is_no_document_is_a_block_and_the_engine_goes_on(engine, document):
    assert (await engine.decide(document)).action is Action.BLOCK
    assert (await engine.decide(DOCUMENT)).action is Action.ALLOW


@pytest.mark.parametrize(
    ("limits", "source"),
    [
        pytest.param(Limits(fuel=1000), "fuel", id="fuel"),
        pytest.param(Limits(memory_bytes=2**18), "memory", id="memory"),
    ],
)
async def test_a_document_past_a_limit_is_a_block_that_names_it(bundle, cache, limits, source):
    engine = WasmEngine(bundle, cache=cache, limits=limits)
    many = replace(CLEAN, request=replace(CLEAN.request, tools=("tool",) * 40_000))
    decision = await engine.decide(encode(many))
    assert (decision.action, decision.code) == (Action.BLOCK, "policy.unavailable")
    assert decision.reasons[0].source == source


async def test_after_a_trap_the_next_document_is_decided_afresh(bundle, cache):
    engine = WasmEngine(bundle, cache=cache, limits=Limits(fuel=3_000_000), remember=False)
    many = replace(CLEAN, request=replace(CLEAN.request, tools=("tool",) * 40_000))
    for _ in range(3):
        assert (await engine.decide(encode(many))).reasons[0].source == "fuel"
        assert (await engine.decide(DOCUMENT)).action is Action.ALLOW


async def test_a_large_document_is_no_problem_within_the_limits(engine):
    many = replace(CLEAN, request=replace(CLEAN.request, tools=("a tool with a name",) * 20_000))
    assert (await engine.decide(encode(many))).action is Action.ALLOW
    assert (await engine.decide(DOCUMENT)).action is Action.ALLOW


async def test_a_closed_engine_blocks(engine):
    assert await engine.healthy()
    await engine.close()
    decision = await engine.decide(DOCUMENT)
    assert (decision.action, decision.reasons[0].source) == (Action.BLOCK, "closed")
    assert not await engine.healthy()


def test_threads_may_share_an_engine(bundle, cache):
    engine = WasmEngine(bundle, cache=cache, remember=False)
    wrong = []

    def work(tenant, expected):
        document = encode(replace(CLEAN, subject=replace(CLEAN.subject, tenant=tenant)))
        wrong.extend(tenant for _ in range(200) if asyncio.run(engine.decide(document)).action is not expected)

    threads = [
        threading.Thread(target=work, args=pair) for pair in [("default", Action.ALLOW), ("nobody", Action.BLOCK)] * 2
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


async def test_memory_stays_the_same_over_many_decisions(bundle, cache):
    engine = WasmEngine(bundle, cache=cache, remember=False)
    await engine.decide(DOCUMENT)
    before = engine._instance._memory.data_len(engine._instance._store)
    for number in range(2_000):
        await engine.decide(orjson.dumps({**orjson.loads(DOCUMENT), "time": number}))
    assert engine._instance._memory.data_len(engine._instance._store) == before
