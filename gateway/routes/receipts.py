"""`GET /airlock/receipts/{id}`: the proof that one of the caller's own records is in the log."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from audit import receipt
from audit.errors import NotFound, NotSequenced, StoreFault
from audit.reading import show_record
from gateway.auth import Authenticator
from gateway.errors import AirlockError, CheckUnavailable
from gateway.principal import Principal


class NoReceipt(AirlockError):
    """There is no such record of this tenant, or it has no place in the log yet."""

    status, kind, code = 404, "invalid_request_error", "receipt_not_found"


def router(auth: Authenticator, store_url: str) -> APIRouter:
    """Give the endpoint. Another tenant's record is told apart from no record by nobody."""
    routes = APIRouter(tags=["receipts"])

    async def caller(request: Request) -> Principal:
        return await auth.principal(request.headers.raw)

    @routes.get("/airlock/receipts/{record_id}")
    async def show(record_id: str, principal: Annotated[Principal, Depends(caller)]) -> dict[str, Any]:
        try:
            found = await asyncio.to_thread(_issue, store_url, record_id, principal.tenant)
        except NotFound as exc:
            raise NoReceipt("You have no record with this id.") from exc
        except NotSequenced as exc:
            raise NoReceipt("The record is durable but has no number yet; ask again soon.", code="pending") from exc
        except StoreFault as exc:
            raise CheckUnavailable("The record store can't be read now.", code="record.unavailable") from exc
        return found.as_json()

    return routes


def _issue(store_url: str, record_id: str, tenant: str) -> receipt.Receipt:
    """Look whose record it is before anything is said of it."""
    if all(record.id != record_id or record.tenant != tenant for record in show_record(store_url, record_id)):
        raise NotFound("no such record of this tenant")
    return receipt.issue(store_url, record_id)
