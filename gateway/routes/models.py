"""`GET /v1/models`: what the configured upstreams offer, under the names that this gateway routes."""

import asyncio
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Request

from gateway.auth import Authenticator
from gateway.errors import UpstreamFault, UpstreamInvalid
from gateway.principal import Principal
from gateway.upstream.client import UpstreamClient
from gateway.upstream.router import Router
from gateway.upstream.target import NAME, Target, serves

_LIST_BYTES = 4 * 2**20


def router(auth: Authenticator, client: UpstreamClient, targets: Router) -> APIRouter:
    """Give the endpoint. What an alias or an earlier upstream serves is not listed again for a later one."""
    routes = APIRouter(tags=["models"])

    async def caller(request: Request) -> Principal:
        return await auth.principal(request.headers.raw)

    @routes.get("/v1/models")
    async def models(_: Annotated[Principal, Depends(caller)]) -> dict[str, Any]:
        asked = [target for target in targets.targets if target.has_list]
        lists = await asyncio.gather(*(_offered(client, t) for t in asked), return_exceptions=True)
        faults = [found for found in lists if isinstance(found, BaseException)]
        known = {name: _told({"id": name}) for name in targets.offered()}
        if faults and len(faults) == len(lists) and not known:
            raise faults[0]
        for found in lists:
            for model in () if isinstance(found, BaseException) else found:
                known.setdefault(model["id"], model)
        return {"object": "list", "data": list(known.values())}

    return routes


async def _offered(client: UpstreamClient, target: Target) -> list[dict[str, Any]]:
    async with await client.fetch(target, "/models") as answer:
        if answer.status != 200:
            raise UpstreamFault("The upstream refused to list its models.")
        body = await answer.body(_LIST_BYTES)
    try:
        found = orjson.loads(body)["data"]
        return [_told(model) for model in found if NAME.fullmatch(model["id"]) and serves(target, model["id"])]
    except (orjson.JSONDecodeError, KeyError, TypeError) as exc:
        raise UpstreamInvalid("The upstream's list of models can't be read.") from exc


def _told(model: dict[str, Any]) -> dict[str, Any]:
    """Give what the API's reference says of a model, and nothing else that an upstream may add."""
    owner, created = model.get("owned_by"), model.get("created")
    return {
        "id": model["id"],
        "object": "model",
        "created": created if type(created) is int else 0,
        "owned_by": owner if isinstance(owner, str) and NAME.fullmatch(owner) else "unknown",
    }
