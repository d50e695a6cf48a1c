"""The OPA engine against servers that fail in every way; each failure is a fast block that names it."""

import asyncio
import socket
import time
from contextlib import asynccontextmanager

import orjson
import pytest
from aiohttp import web

from detectors.breaker import Breaker
from gateway.policy.decision import Action
from gateway.policy.document import encode
from gateway.policy.opa import OpaEngine
from tests.pace import within
from tests.unit.gateway.policy.facts import CLEAN

DOCUMENT = encode(CLEAN)
ALLOW = {"action": "allow", "reasons": [], "obligations": [], "shadow_reasons": []}


def reply(result=ALLOW, revisions=("sha256:1",)):
    bundles = {f"bundle{number}": {"revision": revision} for number, revision in enumerate(revisions)}
    return {"result": result, "provenance": {"bundles": bundles}}


@asynccontextmanager
async def serving(handler):
    """Serve the entry point on loopback; gives the server's URL."""
    app = web.Application()
    app.router.add_post("/v1/data/airlock/main/decision", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def asking(handler, **options):
    async with serving(handler) as url:
        engine = OpaEngine(url, **{"timeout_s": 5.0, **options})
        try:
            yield engine
        finally:
            await engine.close()


def answering(body, status=200):
    async def handler(_):
        return web.json_response(body, status=status)

    return handler


def fault(decision):
    assert (decision.action, decision.code) == (Action.BLOCK, "policy.unavailable")
    return decision.reasons[0].source


async def test_the_document_is_asked_as_it_is_and_the_answer_names_its_revision():
    asked = []

    async def handler(request):
        asked.append((await request.json(), dict(request.query)))
        return web.json_response(reply())

    async with asking(handler) as engine:
        decision = await engine.decide(DOCUMENT)
    assert asked == [({"input": orjson.loads(DOCUMENT)}, {"provenance": "true"})]
    assert (decision.action, decision.bundle, decision.engine) == (Action.ALLOW, "sha256:1", "opa")


@pytest.mark.parametrize(
    ("body", "status", "source"),
    [
        pytest.param({}, 200, "undefined", id="undefined"),
        pytest.param(reply(result={"allow": True}), 200, "malformed", id="garbage-decision"),
        pytest.param(reply(result=True), 200, "malformed", id="boolean-decision"),
        pytest.param([], 200, "malformed", id="no-object"),
        pytest.param({"code": "internal_error"}, 500, "refused", id="evaluation-error"),
        pytest.param({"code": "unauthorized"}, 401, "refused", id="not-authorised"),
        pytest.param({"code": "not_found"}, 404, "refused", id="not-found"),
    ],
)
async def test_an_answer_that_is_no_decision_is_a_block(body, status, source):
    async with asking(answering(body, status)) as engine:
        assert fault(await engine.decide(DOCUMENT)) == source
        assert not await engine.healthy()


@pytest.mark.parametrize(
    ("text", "content_type"),
    [("{", "application/json"), ("<html>", "text/html"), ("\udcff", "application/json")],
    ids=["cut-off", "html", "no-utf8"],
)
async def test_an_answer_that_is_no_json_is_a_block(text, content_type):
    async def handler(_):
        return web.Response(body=text.encode(errors="surrogateescape"), content_type=content_type)

    async with asking(handler) as engine:
        assert fault(await engine.decide(DOCUMENT)) == "malformed"


async def test_a_document_that_is_no_json_is_a_block():
    async with asking(answering(reply())) as engine:
        assert fault(await engine.decide(b"{")) == "input"


async def test_a_server_that_never_answers_is_a_block_in_time():
    async def handler(_):
        await asyncio.sleep(30)

    async with asking(handler, timeout_s=0.05) as engine:
        started = time.perf_counter()
        assert fault(await engine.decide(DOCUMENT)) == "timeout"
        assert time.perf_counter() - started < within(0.5)


async def test_a_socket_that_never_speaks_is_a_block_in_time():
    with socket.create_server(("127.0.0.1", 0)) as server:
        engine = OpaEngine(f"http://127.0.0.1:{server.getsockname()[1]}", timeout_s=0.05)
        started = time.perf_counter()
        assert fault(await engine.decide(DOCUMENT)) == "timeout"
        assert time.perf_counter() - started < within(0.5)
        await engine.close()


async def test_no_server_is_a_block_at_once(unused_tcp_port):
    engine = OpaEngine(f"http://127.0.0.1:{unused_tcp_port}")
    started = time.perf_counter()
    assert fault(await engine.decide(DOCUMENT)) == "unreachable"
    assert time.perf_counter() - started < within(0.5)
    assert not await engine.healthy()
    await engine.close()


async def test_a_connection_closed_under_a_question_gets_one_more_try():
    tries = []

    async def handler(request):
        tries.append(1)
        if len(tries) == 1:
            request.transport.close()
        return web.json_response(reply())

    async with asking(handler) as engine:
        assert (await engine.decide(DOCUMENT)).action is Action.ALLOW
    assert len(tries) == 2


async def test_a_server_that_always_hangs_up_is_unreachable():
    async def handler(request):
        request.transport.close()
        return web.Response()

    async with asking(handler) as engine:
        assert fault(await engine.decide(DOCUMENT)) == "unreachable"


async def test_a_server_that_keeps_failing_is_left_alone_and_found_again():
    state = {"asked": 0, "status": 500}

    async def handler(_):
        state["asked"] += 1
        return web.json_response(reply(), status=state["status"])

    async with asking(handler, breaker=Breaker(failures=2, pause_s=0.05)) as engine:
        sources = [fault(await engine.decide(DOCUMENT)) for _ in range(4)]
        assert sources == ["refused", "refused", "circuit_open", "circuit_open"]
        assert state["asked"] == 2
        state["status"] = 200
        await asyncio.sleep(0.06)
        assert (await engine.decide(DOCUMENT)).action is Action.ALLOW


async def test_undefined_decisions_do_not_open_the_circuit():
    async with asking(answering({}), breaker=Breaker(failures=1)) as engine:
        assert [fault(await engine.decide(DOCUMENT)) for _ in range(3)] == ["undefined"] * 3


@pytest.mark.parametrize(
    ("revisions", "bundle"),
    [
        pytest.param(("sha256:1",), "sha256:1", id="one"),
        pytest.param(("",), "unversioned", id="empty"),
        pytest.param((), "unversioned", id="none"),
        pytest.param(("a", "b"), "bundle0=a,bundle1=b", id="several"),
    ],
)
async def test_the_bundle_is_what_the_server_says(revisions, bundle):
    async with asking(answering(reply(revisions=revisions))) as engine:
        assert (await engine.decide(DOCUMENT)).bundle == bundle
        assert engine.bundle == bundle


async def test_provenance_of_another_shape_is_no_version():
    async with asking(answering({"result": ALLOW, "provenance": {"bundles": [1]}})) as engine:
        assert (await engine.decide(DOCUMENT)).bundle == "unversioned"


async def test_another_bundle_than_the_configured_one_shows():
    async with asking(answering(reply()), expected="sha256:2") as engine:
        assert engine.detail == ""
        assert await engine.healthy()
        assert engine.detail == "OPA serves the bundle sha256:1, configured is sha256:2"


async def test_a_bundle_without_a_version_shows():
    async with asking(answering(reply(revisions=()))) as engine:
        await engine.healthy()
        assert "without a revision" in engine.detail


async def test_a_closed_engine_blocks():
    async with asking(answering(reply())) as engine:
        await engine.close()
        assert fault(await engine.decide(DOCUMENT)) == "closed"


async def test_a_cancelled_question_is_cancelled():
    async def handler(_):
        await asyncio.sleep(30)

    async with asking(handler, timeout_s=10) as engine:
        task = asyncio.create_task(engine.decide(DOCUMENT))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8181", "ftp://host", "http://", "http://host/opa", "http://host?x=1", "http://me@host"]
)
def test_an_address_that_the_client_can_not_use_is_refused(url):
    with pytest.raises(ValueError, match="OPA server's url"):
        OpaEngine(url)


def test_addresses_are_understood():
    assert OpaEngine("https://opa.example")._client.root_url == "https://opa.example:443/v1"
    assert OpaEngine("http://[::1]:8181/")._client.root_url == "http://[::1]:8181/v1"
