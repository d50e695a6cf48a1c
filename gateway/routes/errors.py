"""Errors outside of model calls, in OpenAI's envelope too: an SDK reads nothing else."""

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from gateway.dialects.openai_chat_errors import error_body
from gateway.errors import AirlockError, UnknownPath

_JSON = "application/json"


class WrongMethod(UnknownPath):
    """The path is right, the method is not."""

    status, code = 405, "method_not_allowed"


def install(app: FastAPI) -> None:
    """Answer our own errors, unknown paths and wrong methods in the envelope."""

    @app.exception_handler(AirlockError)
    async def ours(_: Request, error: AirlockError) -> Response:
        headers = {} if error.retry else {"x-should-retry": "false"}
        return Response(error_body(error), error.status, headers, _JSON)

    @app.exception_handler(HTTPException)
    async def framework(_: Request, error: HTTPException) -> Response:
        refused = UnknownPath("This gateway has no such endpoint, so it can't screen what is sent to it.")
        if error.status_code == WrongMethod.status:
            refused = WrongMethod("This endpoint does not take this method.")
        return Response(error_body(refused), error.status_code, error.headers, _JSON)


async def wrong_method() -> None:
    """Answer a method that a model endpoint does not take."""
    raise WrongMethod("This endpoint takes POST only.")
