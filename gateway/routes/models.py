"""Which models there are: what the upstreams offer that speak the caller's API, as that API tells it.

Asked are `GET /v1/models`, `/v1/models/{model}` and the same under every other prefix that clients know them by.
"""

import asyncio
from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from gateway.auth import Authenticator
from gateway.dialects.api import Api
from gateway.dialects.catalog import MODEL_PATHS, api_of
from gateway.dialects.message import JSON
from gateway.dialects.models import Model, ModelFormat
from gateway.errors import AirlockError, UnknownModel, UnknownPath, UpstreamFault
from gateway.upstream.client import UpstreamClient
from gateway.upstream.router import Router
from gateway.upstream.target import NAME, Target, serves

_LIST_BYTES = 4 * 2**20


class Offer:
    """What can be called through this gateway. What an alias or an earlier upstream serves is not listed again."""

    def __init__(self, client: UpstreamClient, targets: Router) -> None:
        self._client = client
        self._targets = targets

    async def models(self, api: Api) -> dict[str, Model]:
        """Give the models that clients of this API can call, by name.

        Raises:
            UpstreamFault: No upstream tells what it has, and nothing is known without asking.
        """
        asked = [target for target in self._targets.targets if target.has_list and target.speaks(api)]
        lists = await asyncio.gather(*(self._offered(target, api) for target in asked), return_exceptions=True)
        faults = [found for found in lists if isinstance(found, BaseException)]
        known = {name: Model(name) for name in self._targets.offered(api)}
        if faults and len(faults) == len(lists) and not known:
            raise faults[0]
        for found in lists:
            for model in () if isinstance(found, BaseException) else found:
                known.setdefault(model.id, model)
        return known

    async def _offered(self, target: Target, api: Api) -> list[Model]:
        async with await self._client.fetch(target, format_of(api).path) as answer:
            if answer.status != 200:
                raise UpstreamFault("The upstream refused to list its models.")
            found = format_of(api).read_list(await answer.body(_LIST_BYTES))
        return [model for model in found if NAME.fullmatch(model.id) and serves(target, model.id)]


def router(auth: Authenticator, client: UpstreamClient, targets: Router) -> APIRouter:
    """Give the endpoints, for every API's clients."""
    routes = APIRouter(tags=["models"])
    offer = Offer(client, targets)

    async def answer(request: Request, model: str = "") -> Response:
        api = api_of(request.url.path, request.headers)
        try:
            query = dict(request.query_params)
            key = query.pop(api.key_parameter, "") if api.key_parameter else ""
            await auth.principal(request.headers.raw, key)
            return Response(_told(await offer.models(api), format_of(api), model, query), media_type=JSON)
        except AirlockError as error:
            return Response(api.error_body(error), error.status, error.advice, JSON)

    for path in MODEL_PATHS:
        routes.add_api_route(path, answer, methods=["GET"])
        routes.add_api_route(path + "/{model:path}", answer, methods=["GET"])
    return routes


def format_of(api: Api) -> ModelFormat:
    """Give the format of an API's list. Raises `UnknownPath` for an API that has none."""
    if api.models is None:
        raise UnknownPath("This API has no list of models.")
    return api.models


def _told(models: Mapping[str, Model], form: ModelFormat, name: str, query: Mapping[str, str]) -> bytes:
    if not name:
        return form.write_list(list(models.values()), query)
    if name not in models:
        raise UnknownModel(
            "No upstream of this gateway that speaks this API serves the requested model.", param="model"
        )
    return form.write_one(models[name])
