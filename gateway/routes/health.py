"""Whether the gateway is alive, and whether it can do its part."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response

Check = Callable[[], Awaitable[str]]
"""Gives why one part that the gateway can't work without does not work now, "" if it does; must answer quickly."""

Notes = Callable[[], dict[str, str]]
"""Gives what an operator should know although everything works, by part."""


def router(parts: dict[str, Check], notes: Notes) -> APIRouter:
    """Give `/health/live` (the process answers) and `/health/ready` (every part works; 503 says which do not)."""
    routes = APIRouter(prefix="/health", tags=["health"])

    @routes.get("/live")
    async def live() -> dict[str, str]:
        return {"status": "ok"}

    @routes.get("/ready")
    async def ready(response: Response) -> dict[str, object]:
        states = {name: await check() or "ok" for name, check in parts.items()}
        well = all(state == "ok" for state in states.values())
        response.status_code = 200 if well else 503
        return {"status": "ok" if well else "unavailable", "parts": states, "notes": notes()}

    return routes
