"""Errors outside of model calls, in the envelope of the API whose path it is: an SDK reads nothing else."""

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from gateway.dialects.catalog import api_of
from gateway.errors import AirlockError, UnknownPath

_JSON = "application/json"


class WrongMethod(UnknownPath):
    """The path is right, the method is not."""

    status, code = 405, "method_not_allowed"


def install(app: FastAPI) -> None:
    """Answer our own errors, unknown paths and wrong methods in the envelope."""

    @app.exception_handler(AirlockError)
    async def ours(request: Request, error: AirlockError) -> Response:
        api = api_of(request.url.path, request.headers)
        return Response(api.error_body(error), error.status, error.advice, _JSON)

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> Response:
        refused = UnknownPath("This gateway has no such endpoint, so it can't screen what is sent to it.")
        if error.status_code == WrongMethod.status:
            refused = WrongMethod("This endpoint does not take this method.")
        return Response(
            api_of(request.url.path, request.headers).error_body(refused), error.status_code, error.headers, _JSON
        )


async def wrong_method() -> None:
    """Answer a method that an endpoint does not take."""
    raise WrongMethod("This endpoint does not take this method.")
