"""Whether the gateway is alive, and whether it can do its part."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI, Request, Response

Check = Callable[[], Awaitable[str]]
"""Gives why one part that the gateway can't work without does not work now, "" if it does; must answer quickly."""

Notes = Callable[[], dict[str, str]]
"""Gives what an operator should know although everything works, by part."""


@dataclass(frozen=True, slots=True)
class Health:
    """What is asked of the gateway's parts, by their names."""

    parts: Mapping[str, Check]
    notes: Notes


def mount(app: FastAPI, health: Health) -> None:
    """Add `/health/live` (the process answers) and `/health/ready` (every part works; 503 says which do not)."""
    app.state.health = health
    app.include_router(ROUTES)


# The routes close over nothing: the framework remembers functions that it has seen, and with them a closed gateway.
ROUTES = APIRouter(prefix="/health", tags=["health"])


@ROUTES.get("/live")
async def _live() -> dict[str, str]:
    return {"status": "ok"}


@ROUTES.get("/ready")
async def _ready(request: Request, response: Response) -> dict[str, object]:
    health: Health = request.app.state.health
    states = {name: await check() or "ok" for name, check in health.parts.items()}
    well = all(state == "ok" for state in states.values())
    response.status_code = 200 if well else 503
    return {"status": "ok" if well else "unavailable", "parts": states, "notes": health.notes()}
