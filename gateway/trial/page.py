"""A page with a box for a text, which shows what leaves and what comes back. For this machine only.

It is written by the server alone: no script, no file from elsewhere, nothing kept. A text is sent by POST, so it
stands in no address and no history; only who addresses this machine by its name, and from this page, is answered, so
no other site can read a reply.
"""

import base64
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from gateway.errors import AirlockError
from gateway.trial import page_html
from gateway.trial.given import said
from gateway.trial.opening import opened
from gateway.trial.page_style import STYLE
from gateway.trial.trials import Asked, Source, Trials

MOST: Final = 2**20
"""Bytes of a form that are read."""

_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_HEADERS: Final = {
    "content-security-policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "cache-control": "no-store",
    # With `no-referrer`, browsers hide the origin of this page's own form as well.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def page_app(source: Source, asked: Asked) -> Starlette:
    """Make the app. What it needs opens when it starts."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with opened(source, asked.tenant) as trials:
            app.state.trials, app.state.asked = trials, asked
            yield

    return Starlette(routes=[Route("/", _page, methods=["GET", "POST"])], lifespan=lifespan)


async def _page(request: Request) -> Response:
    if not is_local(request.headers.get("host", ""), request.headers.get("origin")):
        return PlainTextResponse("This page is for this machine only.", 421)
    trials: Trials = request.app.state.trials
    asked: Asked = request.app.state.asked
    if request.method == "GET":
        return _answer(trials, "", asked, "")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            return _answer(trials, "", asked, page_html.sentence("The text is too long."), 413)
    fields = {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    text = fields.get("text", "").replace("\r\n", "\n")
    reply = fields.get("reply", "").replace("\r\n", "\n") if fields.get("way") == "reply" else None
    asked = replace(asked, use_case=fields.get("use_case", asked.use_case), reply=reply)
    try:
        told = page_html.result(await trials.run(said(text), asked))
    except AirlockError as error:
        told = page_html.sentence(str(error))
    return _answer(trials, text, asked, told)


def is_local(host: str, origin: str | None) -> bool:
    """Tell whether a call is addressed to this machine by its name, by a page of that very address or by none."""
    name, _, port = host.rpartition(":")
    if (name if port.isdecimal() else host) not in _LOCAL:
        return False
    return origin is None or origin == f"http://{host}"


def _answer(trials: Trials, text: str, asked: Asked, told: str, status: int = 200) -> Response:
    names = dict.fromkeys((*trials.use_cases, asked.use_case))
    form = page_html.form(text, tuple(names), asked.use_case)
    return HTMLResponse(page_html.page(form, told), status, headers=_HEADERS)
