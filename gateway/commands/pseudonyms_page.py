"""A page with a box for a text, which shows what leaves and what comes back. For this machine only.

It is written by the server alone: no script, no file from elsewhere, nothing kept. A text is sent by POST, so it
stands in no address and no history; only who addresses this machine by its name is answered, so no other site can read
a reply.
"""

import base64
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape
from typing import Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from gateway.commands.pseudonyms_trial import Trial, Trials, opened
from gateway.errors import AirlockError

MOST: Final = 2**20
"""Bytes of a form that are read."""

_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}"
    "body{color:#1b1f24;background:#fff}"
    "textarea{width:100%;box-sizing:border-box;font:inherit;padding:.5rem}"
    "button{font:inherit;padding:.4rem 1rem;margin:.5rem 0}"
    ".ways{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:1rem}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f4f6;padding:.75rem;margin:0}"
    "h2{font-size:1rem;margin:1rem 0 .25rem}table{border-collapse:collapse;margin-top:1.5rem}"
    "th,td{text-align:left;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #d0d7de;overflow-wrap:anywhere}"
    ".no{color:#a40e26}"
)
_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS: Final = {
    "content-security-policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def page_app(tenant: str, use_case: str) -> Starlette:
    """Make the app. The detectors open when it starts."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with opened(tenant, use_case) as trials:
            app.state.trials = trials
            yield

    return Starlette(routes=[Route("/", _page, methods=["GET", "POST"])], lifespan=lifespan)


async def _page(request: Request) -> Response:
    if (request.url.hostname or "") not in _LOCAL and request.headers.get("host", "").rpartition(":")[0] not in _LOCAL:
        return PlainTextResponse("This page is for this machine only.", 421)
    if request.method == "GET":
        return HTMLResponse(_written("", ""), headers=_HEADERS)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            return HTMLResponse(_written("", _sentence("The text is too long.")), 413, headers=_HEADERS)
    text = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True).get("text", [""])[0].replace("\r\n", "\n")
    trials: Trials = request.app.state.trials
    try:
        told = _told(await trials.run(text))
    except AirlockError as error:
        told = _sentence(str(error))
    return HTMLResponse(_written(text, told), headers=_HEADERS)


def _written(text: str, told: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Airlock: pseudonyms</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        "<h1>What would leave?</h1><form method=post action=/><label for=text>A text. It stays on this machine, "
        f"and is not kept.</label><textarea id=text name=text rows=8 autofocus>\n{escape(text)}</textarea>"
        f"<button>Try it</button></form>{told}</main></body></html>"
    )


def _told(trial: Trial) -> str:
    ways = (("The text", trial.text), ("What leaves", trial.leaves), ("What comes back", trial.returns))
    shown = "".join(
        f"<section><h2>{name}</h2><pre>{'nothing' if text is None else escape(text)}</pre></section>"
        for name, text in ways
    )
    rows = "".join(
        f"<tr><td>{escape(one.type)}<td>{escape(one.value)}<td>{escape(one.token)}"
        for one in sorted(trial.replaced, key=lambda one: one.type)
    )
    table = f"<table><tr><th>Type<th>Value<th>In its place{rows}</table>" if rows else ""
    refused = _sentence(f"Policy does not let it leave: {trial.refused}") if trial.refused else ""
    gaps = "".join(_sentence(f"Not looked at: {gap}") for gap in trial.unscanned)
    return f"<div class=ways>{shown}</div>{table}{refused}{gaps}"


def _sentence(text: str) -> str:
    return f"<p class=no>{escape(text)}</p>"
