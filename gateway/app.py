"""The composition root: the only place that knows all rooms and puts them together."""

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from fastapi import FastAPI

from audit.checkpoint import load_signer
from audit.keys import KeyCache
from audit.ledger import Ledger
from audit.vault import Vault
from audit.vault_keys import VaultKeys
from audit.vault_link import VaultLink
from detectors.documents.reader import DocumentReader
from detectors.pictures.reader import PictureReader
from detectors.suite import Suite
from gateway.auth import Authenticator
from gateway.checks import bundle_of, engine_of, suite_of
from gateway.dialects.catalog import ENDPOINTS, JUDGED, MODEL_PATHS, PASSTHROUGHS, PREFIXES
from gateway.dialects.dialect import Dialect
from gateway.dialects.mcp.dialect import MCP
from gateway.directory import StoredKeys
from gateway.pipeline.accounts import Accounts
from gateway.pipeline.documents import Documents
from gateway.pipeline.exchange import Exchange
from gateway.pipeline.first_door import FirstDoor
from gateway.pipeline.forwarding import Forwarding
from gateway.pipeline.inspect import Inspector
from gateway.pipeline.judging import Judge
from gateway.pipeline.masking import Pseudonyms
from gateway.pipeline.memory import Memories
from gateway.pipeline.moderation import Moderation
from gateway.pipeline.pictures import Pictures
from gateway.pipeline.records import Book
from gateway.pipeline.refusals import Refusals
from gateway.pipeline.second_door import SecondDoor
from gateway.pipeline.tools import ToolStages
from gateway.policy.engine import Engine
from gateway.quotas import admission_of, fails_open, prices_of, store_of
from gateway.routes import errors, health, mcp, models, receipts
from gateway.routes.front import Front
from gateway.routes.model_call import ModelCall
from gateway.routes.table import Table
from gateway.routes.unknown import METHODS, Unknown
from gateway.settings import Settings
from gateway.targets import mcp_router_of, router_of
from gateway.upstream import litellm
from gateway.upstream.client import UpstreamClient
from gateway.upstream.ports import Client
from gateway.upstream.router import Router
from gateway.upstream.target import HTTP
from gateway.vault.key_ring import KeyRing
from gateway.vault.strongbox import Strongbox

_COMMITMENTS = b"airlock commitments v1"


@dataclass(frozen=True, slots=True)
class _House:
    """The rooms that are open while the gateway runs."""

    auth: Authenticator
    client: UpstreamClient
    targets: Router
    exchange: Exchange
    tool_exchange: Exchange
    suite: Suite
    checks: dict[str, health.Check]
    engine: Engine


def create_app(settings: Settings) -> Front:
    """Make the gateway. Rooms open when the framework's lifespan starts and close, drained, when it ends.

    Raises (at start-up, so that a gateway that can't do its part does not answer at all):
        SettingsError: A secret or a file that the settings name is missing.
        AuditError: The store or the signing key can't be used.
    """
    calls = Table()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            house = await _open(settings, stack)
            _add_calls(calls, app, house, settings)
            _mount(app, house, settings)
            yield

    app = FastAPI(title="Airlock", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    errors.install(app)
    return Front(app, calls)


def _add_calls(calls: Table, app: FastAPI, house: _House, settings: Settings) -> None:
    def call(dialect: Dialect) -> ModelCall:
        return ModelCall(dialect, house.auth, house.exchange, settings.limits.body_bytes)

    for method, path, dialect in ENDPOINTS:
        calls.add(method, path, call(dialect))
    servers = mcp.McpCall(MCP, house.auth, house.tool_exchange, settings.limits.body_bytes)
    servers.serving({server.name for server in settings.mcp_servers}, settings.mcp_origins)
    for method in mcp.METHODS:
        calls.add(method, mcp.PATH, servers)
    for path, judging in JUDGED:
        exchange = house.exchange
        labels = house.suite.labels_by_detector
        story = Moderation(judging, exchange.first_door.inspector, exchange.admission, exchange.book, labels)
        calls.add("POST", path, ModelCall(judging, house.auth, story, settings.limits.body_bytes))
    for path in MODEL_PATHS:  # the framework's, though they stand below a prefix of the vendors
        calls.add("GET", path, app)
        calls.add_below({"GET"}, path + "/", app)
    passed = {name: call(dialect) for name, dialect in PASSTHROUGHS.items()}
    for prefix in PREFIXES:
        calls.add_below(METHODS, prefix, Unknown(passed))


def _mount(app: FastAPI, house: _House, settings: Settings) -> None:
    app.add_api_route(mcp.PATH, errors.wrong_method, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    app.include_router(models.router(house.auth, house.client, house.targets))
    app.include_router(receipts.router(house.auth, settings.store.url))
    health.mount(app, health.Health(house.checks, lambda: _notes(house)))


def _notes(house: _House) -> dict[str, str]:
    routers = {**house.targets.notes(), **house.tool_exchange.router.notes()}
    return {"policy": house.engine.detail, **house.suite.troubles, **routers}


async def _open(settings: Settings, stack: AsyncExitStack) -> _House:
    """Open the rooms; the stack closes them in the opposite order: the ledger outlives whatever writes to it."""
    limits = settings.limits
    secret = settings.master_secret()
    signer = load_signer(settings.store.signing_key, settings.store.origin)
    ledger = await Ledger.start(
        settings.store.url, signer, interval_s=settings.store.checkpoint_s, limit_s=limits.record_s
    )
    stack.push_async_callback(ledger.close)
    keys = await KeyCache.start(settings.store.url)
    stack.push_async_callback(keys.close)
    engine = engine_of(settings.policy, bundle_of(settings.policy), settings.cache)
    stack.push_async_callback(engine.close)
    suite = suite_of(settings.detectors, settings.cache)
    stack.callback(suite.close)
    patience = settings.detectors.patience
    seen = PictureReader(patience)
    stack.callback(seen.close)
    reader = DocumentReader(patience, pictures=seen)
    stack.callback(reader.close)
    pictures = Pictures(seen)
    client = UpstreamClient()
    stack.push_async_callback(client.close)
    targets = router_of(settings)
    counters = store_of(settings)
    stack.push_async_callback(counters.close)
    prices = prices_of(settings)
    refusals = await stack.enter_async_context(Refusals(ledger))
    admission = admission_of(settings, counters, prices, refusals)
    book = Book(ledger, Accounts(prices, counters), hmac.digest(secret, _COMMITMENTS, "sha256"))
    inspector = Inspector(suite, engine)
    tools = ToolStages(inspector)
    first_door = FirstDoor(inspector, tools, Pseudonyms(secret), pictures)
    memories = Memories(_vault(settings, secret, stack), settings.vault.ttl_days)
    second_door = SecondDoor(Judge(inspector, tools), book, memories, limits.reply_bytes, limits.heartbeat_s)
    forwarding = Forwarding(book, await _clients(settings, client, stack))
    exchange = Exchange(Documents(reader), pictures, first_door, second_door, book, admission, targets, forwarding)
    tool_exchange = replace(exchange, router=mcp_router_of(settings))

    async def record() -> str:
        return ledger.fault or ""

    async def keys_fresh() -> str:
        return "" if keys.healthy else "the API keys can't be read"

    async def policy() -> str:
        return "" if await engine.healthy() else "the policy engine can't decide"

    async def limits_shared() -> str:
        return "" if fails_open(settings) or not settings.quotas else await counters.fault()

    checks: dict[str, health.Check] = {"record": record, "keys": keys_fresh, "policy": policy, "limits": limits_shared}
    auth = Authenticator(StoredKeys(keys))
    return _House(auth, client, targets, exchange, tool_exchange, suite, checks, engine)


def _vault(settings: Settings, secret: bytes, stack: AsyncExitStack) -> Strongbox:
    link = VaultLink(settings.store.url, limit_s=settings.limits.record_s)
    stack.push_async_callback(link.close)
    vault = Vault(link)
    stack.callback(asyncio.create_task(vault.keep_swept()).cancel)
    return Strongbox(vault, KeyRing(VaultKeys(link), settings.vault.masters(secret)))


async def _clients(settings: Settings, http: UpstreamClient, stack: AsyncExitStack) -> dict[str, Client]:
    clients: dict[str, Client] = {HTTP: http}
    if any(upstream.kind == litellm.KIND for upstream in settings.upstreams):
        library = await litellm.LibraryClient.start()
        stack.push_async_callback(library.close)
        clients[litellm.KIND] = library
    return clients
