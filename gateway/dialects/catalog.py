"""The table of dialects: which endpoint speaks which. A new dialect is a row here."""

from typing import Final, NamedTuple

from gateway.dialects.api import Api
from gateway.dialects.dialect import Dialect
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.chat import OpenAIChat
from gateway.dialects.openai.embeddings import EMBEDDINGS


class Endpoint(NamedTuple):
    """One endpoint of the gateway.

    `{name}` in the path template matches anything but a slash, `{name:one|other}` one of these words.
    """

    method: str
    path: str
    dialect: Dialect


ENDPOINTS: Final = (
    Endpoint("POST", "/v1/chat/completions", OpenAIChat()),
    Endpoint("POST", "/v1/embeddings", EMBEDDINGS),
)

APIS: Final = {api.name: api for api in (OPENAI,)}
"""The APIs that an upstream can speak, by name."""

_ENVELOPES: Final[tuple[tuple[str, Api], ...]] = ()


def api_of(path: str) -> Api:
    """Give the API whose clients call such a path, so that an error outside of any endpoint is told in its way."""
    return next((api for prefix, api in _ENVELOPES if path.startswith(prefix)), OPENAI)
