"""Ten turns with a support desk, through unmodified SDKs: the provider sees no value, the customer sees no token.

Two replicas over one Postgres take turns in it, and both are started anew in the middle.
"""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from audit import key_register, schema
from gateway.app import create_app
from gateway.demo.background import Background
from gateway.settings import load
from tests.gateways import configure
from tests.parts import require_postgres
from tests.scripted import Script, Scripted, scripted
from tests.support_chat.apps import AnthropicApp, App, OpenAIApp, texts
from tests.support_chat.model import expected, reply, tokens
from tests.support_chat.story import LOOK_ALIKE, PLANTED, TURNS, Turn

pytestmark = [pytest.mark.integration, pytest.mark.slow]

RESTART_AFTER = 5


@pytest.fixture
def upstream() -> Iterator[Scripted]:
    with scripted() as started:
        yield started


@pytest.fixture
def store() -> Iterator[str]:
    url = require_postgres()
    psycopg = pytest.importorskip("psycopg")
    name, server = f"support_{uuid.uuid4().hex}", url.replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{url.rpartition('/')[0]}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def replicas(config: Path, count: int = 2) -> Iterator[list[str]]:
    """Run replicas of one configuration, and give where they listen."""
    with ExitStack() as stack:
        apps = [create_app(load(config)) for _ in range(count)]
        yield [stack.enter_context(Background(app, app.framework)).base_url for app in apps]


class Chat:
    """One chat: what the model does is decided by the turn and by how many tools it has used in it."""

    def __init__(self, app: App, upstream: Scripted) -> None:
        self._app = app
        self._turn = self._uses = 0
        self.shown: list[str] = []
        upstream.answer(self._answer)

    def turn(self, number: int, gateway: str, key: str) -> None:
        """Have one turn, and check that the customer and the tools get what they should."""
        turn = TURNS[number]
        self._turn, self._uses = number, 0
        answer = self._app.ask(gateway, key, turn.asked, lambda name, arguments: self._run(turn, name, arguments))
        self.shown.append(answer)
        assert self._uses == len(turn.uses)
        assert answer == expected(turn.answer)

    def _run(self, turn: Turn, name: str, arguments: Any) -> Any:
        use = turn.uses[self._uses]
        self._uses += 1
        self.shown.append(json.dumps(arguments))
        assert (name, arguments) == (use.tool, expected(use.arguments))
        return use.result

    def _answer(self, body: bytes) -> Script:
        return self._app.answer(body, reply(list(texts(json.loads(body))), self._turn, self._uses))


def forms(value: str) -> set[str]:
    """Give the ways in which a value may be written in a body."""
    together = re.sub(r"[\s+-]", "", value)
    return {value.lower(), json.dumps(value)[1:-1].lower(), quote(value).lower(), together.lower()}


@pytest.mark.parametrize("streams", [False, True], ids=["plain", "streamed"])
@pytest.mark.parametrize("make", [OpenAIApp, AnthropicApp], ids=["openai", "anthropic"])
def test_no_value_gets_out_and_no_token_comes_back(
    make: Callable[..., App], streams: bool, upstream: Scripted, store: str, tmp_path: Path
) -> None:
    app = make(streams=streams)
    base = upstream.base_url if app.api == "anthropic" else f"{upstream.base_url}/v1"
    known = {"name": "desk", "api": app.api, "base_url": base, "retries": {"attempts": 1}}
    config = configure(tmp_path, upstream.base_url, upstreams=[known], store={"url": store})
    schema.upgrade(store)
    key, _ = key_register.create(store, tenant="default", use_case="default")
    chat = Chat(app, upstream)
    for numbers in (range(RESTART_AFTER), range(RESTART_AFTER, len(TURNS))):
        with replicas(config) as gateways:
            for number in numbers:
                chat.turn(number, gateways[number % len(gateways)], key)

    sent = [body.decode() for body in upstream.bodies]
    for body in sent:
        assert not [value for value in PLANTED if any(form in body.lower() for form in forms(value))]
    suffixes = {suffix for body in sent for _, suffix in tokens(body)}
    assert len(suffixes) >= 9
    shown = "\n".join(chat.shown).replace(LOOK_ALIKE, "")
    assert not [suffix for suffix in suffixes if suffix in shown.lower()]
    assert not list(tokens(shown))
    first, last = dict.fromkeys(tokens(sent[0])), dict.fromkeys(tokens(sent[-1]))
    assert list(first) == list(last)[: len(first)]  # over turns, replicas and the restart, a value keeps its token
