"""Read a request's body under a limit."""

from starlette.types import Receive, Scope

from gateway.errors import BadRequest, BodyTooLarge


class ClientGone(Exception):
    """The client closed the connection: there is nobody left to answer."""


async def read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """Give the whole body of the request.

    Raises:
        BodyTooLarge: It is, or says that it will be, longer than `limit` bytes; the rest is not read.
        BadRequest: It is compressed, which would hide its true size.
        ClientGone: The client left before the end.
    """
    _check_headers(scope, limit)
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        parts.append(chunk)
        if not message.get("more_body", False):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def _check_headers(scope: Scope, limit: int) -> None:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > limit:
            raise _too_large(limit)
        if name == b"content-encoding" and value.strip().lower() not in {b"", b"identity"}:
            raise BadRequest("Compressed request bodies are not supported.", code="unsupported_encoding")


def _too_large(limit: int) -> BodyTooLarge:
    return BodyTooLarge(f"The request body is longer than this gateway's limit of {limit:,} bytes.")
