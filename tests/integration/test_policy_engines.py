"""Both engines on the same bundle: they agree, and neither lets a policy that misbehaves pass a call."""

import asyncio
import random
import time

import orjson
import pytest

from gateway.policy.archive import write_archive
from gateway.policy.build import archive_files, build, bundle_of
from gateway.policy.bundle import shipped
from gateway.policy.cases import read_cases, settings, written
from gateway.policy.decision import Action
from gateway.policy.instance import Limits
from gateway.policy.opa import OpaEngine
from gateway.policy.opa_command import OpaCommand
from gateway.policy.wasm import WasmEngine
from tests.pace import within
from tests.parts import require_opa

pytestmark = pytest.mark.integration

SEED = 20_260_801
RANDOM_DOCUMENTS = 2_500
IN_FLIGHT = 16
PATIENCE_S = 10.0

JUNK = [None, True, 0, -1, 1.5, "", "ok", "block", [], ["x"], {}, {"a": 1}, "\u00e9\U0001f600", 10**15]
NAMES = {
    "stage": ["request", "response", "tool_definition", "tool_call", "tool_result", "image"],
    "tenant": ["default", "acme", "nobody", "*"],
    "use_case": ["default", "payments", "assistant", "watched", "agent", "staff", "trial", "typo", "unheard"],
    "model": ["gpt-4.1", "gpt-4.1-mini", "claude-opus", "meta/llama/4", "", "*", "g\u00f6", "[a-z]", "{a,b}"],
    "label": [
        "EMAIL_ADDRESS",
        "PERSON",
        "CREDIT_CARD",
        "URL",
        "SHOE_SIZE",
        "SECRET_JWT",
        "SECRET_",
        "",
        "insult",
        "stereotype",
        "jailbreak",
        "indirect",
        "gender",
        "race",
    ],
    "detector": ["pii", "secrets", "ner"],
    "status": ["ok", "ok", "ok", "unavailable", "fine"],
    "place": [
        "user.text",
        "assistant.arguments",
        "assistant.arguments.key",
        "tools.definition.key",
        "other.text",
        "assistant.text",
        "tool.text",
        "tools.definition",
        "system.text",
        "unknown",
    ],
    "tool": ["send_mail", "search.web", "search_delete", "read", "unnamed", "withheld", ""],
    "arguments": ["none", "unchecked", "valid", "valid", "invalid", "malformed"],
    "dialect": ["openai.chat", "openai.chat", "mcp"],
    "reason": ["modality.image", "too_long", "unknown_part"],
}
SCORES = [0, 1, 299_999, 300_000, 399_999, 400_000, 499_999, 500_000, 600_000, 700_000, 1_000_000]


@pytest.fixture(scope="module")
def opa():
    return OpaCommand.find(require_opa())


@pytest.fixture(scope="module")
def compiled(opa):
    return build(shipped(), opa)


@pytest.fixture(scope="module")
def server(opa, compiled, tmp_path_factory):
    """The URL of an OPA that serves the default policies with the data for cases, and the bundle's digest."""
    archive = tmp_path_factory.mktemp("bundle") / "bundle.tar.gz"
    digest, files = archive_files(shipped(), compiled, settings(shipped()))
    write_archive(files, archive)
    with opa.serving(archive) as url:
        yield url, digest


@pytest.fixture(scope="module")
def embedded(compiled):
    return WasmEngine(bundle_of(shipped(), compiled, settings(shipped())), remember=False)


@pytest.fixture
async def served(server):
    engine = OpaEngine(server[0], timeout_s=PATIENCE_S, expected=server[1])
    yield engine
    await engine.close()


async def test_every_case_gets_the_same_decision_from_both(embedded, served):
    for case in read_cases(shipped()):
        ours, theirs = await embedded.decide(case.document), await served.decide(case.document)
        assert written(ours) == written(theirs) == case.expect, case.name
        assert ours.bundle == theirs.bundle


async def test_the_server_serves_what_was_configured(served):
    assert await served.healthy()
    assert served.detail == ""


async def test_random_documents_get_the_same_decision_from_both(embedded, served):
    choose = random.Random(SEED)
    documents = [orjson.dumps(random_document(choose)) for _ in range(RANDOM_DOCUMENTS)]
    gate = asyncio.Semaphore(IN_FLIGHT)
    actions: dict[str, int] = {}

    async def compare(document):
        async with gate:
            ours, theirs = await embedded.decide(document), await served.decide(document)
        assert written(ours) == written(theirs), document
        assert ours.reasons == () or ours.reasons[0].code != "policy.unavailable", document
        code = ours.code
        actions[code] = actions.get(code, 0) + 1

    await asyncio.gather(*map(compare, documents))
    # The documents must not all die at the same early check.
    assert len(actions) >= 8
    assert actions["allow"] + actions["personal.detected"] > RANDOM_DOCUMENTS // 20


def random_document(choose: random.Random) -> object:
    pick = lambda name: choose.choice(NAMES[name])  # noqa: E731
    document = {
        "api_version": "airlock/v1",
        "stage": pick("stage"),
        "subject": {"tenant": choose.choice(["default", pick("tenant")]), "use_case": pick("use_case"), "roles": [],
                    "key_id": "k"},
        "upstream": {"provider": "example", "region": "eu", "hosting": choose.choice(["cloud", "self", "unknown"])},
        "risk": {"class": "unclassified", "art5": [], "annex3": []},
        "detections": [random_detection(choose, pick) for _ in range(choose.choice([0, 0, 1, 2, 5]))],
        "coverage": {
            "scanned": [],
            "unscanned": [
                {"reason": pick("reason"), "slot": pick("place"), "count": 1}
                for _ in range(choose.choice([0, 0, 0, 1, 2]))
            ],
            "reports": [
                {"detector": pick("detector"), "version": "1", "status": choose.choice(["ok", pick("status")]),
                 "reason": ""}
                for _ in range(choose.choice([0, 1, 1, 2, 2, 3]))
            ],
        },
        "approval": {"id": "", "status": "none"},
        "tools": [
            {"name": pick("tool"), "arguments": pick("arguments")} for _ in range(choose.choice([0, 0, 0, 1, 2]))
        ],
        "request": {"dialect": pick("dialect"), "model": pick("model"), "stream": choose.random() < 0.5,
                    "tools": [pick("tool") for _ in range(choose.choice([0, 0, 1, 2]))],
                    "language": "", "modalities": ["text"], "tokens_estimated": 1},
        "usage": {"input_tokens": 0, "output_tokens": 0},
        "time": 1,
    }  # fmt: skip
    if choose.random() < 0.4:
        damage(document, choose)
    return document


def random_detection(choose, pick):
    slots = {pick("place"): choose.choice(SCORES) for _ in range(choose.choice([1, 1, 2]))}
    return {
        "detector": pick("detector"), "version": "1", "label": pick("label"), "status": "ok",
        "score": max(slots.values()), "count": len(slots), "slots": slots,
    }  # fmt: skip


def damage(document, choose: random.Random) -> None:
    """Remove a value somewhere inside, or put something else in its place."""
    part = document
    while True:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        key = choose.choice(keys)
        if isinstance(part[key], dict | list) and part[key] and choose.random() < 0.7:
            part = part[key]
            continue
        if choose.random() < 0.4:
            del part[key]
        else:
            part[key] = choose.choice(JUNK)
        return


ANSWER = '{"action": "allow", "reasons": [], "obligations": [], "shadow_reasons": []}'
LOOP = "some a in n; some b in n; some c in n; some d in n; a + b + c + d == -1"
MISBEHAVED = [
    pytest.param(f"n := numbers.range(1, 300)\n\ndecision := {ANSWER} if count([1 | {LOOP}]) == 0", "fuel", "timeout",
                 id="fuel-bomb"),
    pytest.param(f"decision := {ANSWER} if count(numbers.range(1, 3000000)) > count(input)", "memory", None,
                 id="memory-bomb"),
    pytest.param(f"decision := {ANSWER} if input.never", "undefined", "undefined", id="undefined"),
    pytest.param('decision := "allow"', "malformed", "malformed", id="text"),
    pytest.param('decision := {"action": "allow"}', "malformed", "malformed", id="fields-missing"),
    pytest.param('decision := {"action": "permit", "reasons": [], "obligations": [], "shadow_reasons": []}',
                 "malformed", "malformed", id="unknown-action"),
    pytest.param(f"decision := {ANSWER} if input.a\n\ndecision := true if input.b", "trap", "refused", id="conflict"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "embedded_source", "served_source"), MISBEHAVED)
async def test_a_policy_that_misbehaves_is_a_block_in_both_and_soon(
    opa, tmp_path, rules, embedded_source, served_source
):
    (tmp_path / "airlock").mkdir()
    (tmp_path / "airlock/main.rego").write_text(f"package airlock.main\n\n{rules}\n")
    (tmp_path / "data.json").write_text("{}")
    compiled = build(tmp_path, opa)
    document = b'{"a": 1, "b": 1}'
    # With the usual fuel a memory bomb may run out of steps first; this one is to meet the other limit.
    limits = Limits(fuel=10**9) if embedded_source == "memory" else Limits()
    engine = WasmEngine(bundle_of(tmp_path, compiled), limits=limits)
    for _ in range(2):
        await expect_block(engine, document, embedded_source)
    if served_source is None:
        return
    write_archive(archive_files(tmp_path, compiled)[1], tmp_path / "b.tar.gz")
    with opa.serving(tmp_path / "b.tar.gz") as url:
        engine = OpaEngine(url, timeout_s=0.5 if served_source != "timeout" else 0.1)
        await expect_block(engine, document, served_source)
        await engine.close()


async def expect_block(engine, document, source):
    started = time.perf_counter()
    decision = await engine.decide(document)
    took = time.perf_counter() - started
    assert (decision.action, decision.code) == (Action.BLOCK, "policy.unavailable")
    assert decision.reasons[0].source == source
    assert took < within(1)
