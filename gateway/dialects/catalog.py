"""The table of dialects: which endpoint speaks which. A new dialect is a row here."""

import re
from collections.abc import Container, Iterator
from typing import Final, NamedTuple

from gateway.dialects.anthropic.api import ANTHROPIC
from gateway.dialects.anthropic.count_tokens import COUNT_TOKENS
from gateway.dialects.anthropic.messages import AnthropicMessages
from gateway.dialects.api import Api
from gateway.dialects.dialect import Dialect
from gateway.dialects.gemini.api import GEMINI
from gateway.dialects.gemini.call import path_of
from gateway.dialects.gemini.count import GEMINI_COUNT_TOKENS
from gateway.dialects.gemini.embed import EMBED
from gateway.dialects.gemini.generate import GeminiGenerate
from gateway.dialects.judgement import Judging
from gateway.dialects.mcp.api import MCP_API
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.azure import AZURE
from gateway.dialects.openai.chat import OpenAIChat
from gateway.dialects.openai.completions import COMPLETIONS
from gateway.dialects.openai.embeddings import EMBEDDINGS
from gateway.dialects.openai.images import EDITS, GENERATIONS, VARIATIONS
from gateway.dialects.openai.moderations import MODERATIONS
from gateway.dialects.openai.responses import OpenAIResponses
from gateway.dialects.openai.responses_beside import CompactResponse, CountInputTokens
from gateway.dialects.openai.responses_stored import StoredResponse
from gateway.dialects.passthrough import Passthrough


class Endpoint(NamedTuple):
    """One endpoint of the gateway.

    `{name}` in the path template matches anything but a slash, `{name:one|other}` one of these words.
    """

    method: str
    path: str
    dialect: Dialect


_ROWS: Final = (
    Endpoint("POST", "/v1/chat/completions", OpenAIChat()),
    Endpoint("POST", "/v1/completions", COMPLETIONS),
    Endpoint("POST", "/v1/responses", OpenAIResponses()),
    Endpoint("POST", "/v1/responses/input_tokens", CountInputTokens()),
    Endpoint("POST", "/v1/responses/compact", CompactResponse()),
    Endpoint("GET", "/v1/responses/{id}", StoredResponse("GET")),
    Endpoint("DELETE", "/v1/responses/{id}", StoredResponse("DELETE")),
    Endpoint("GET", "/v1/responses/{id}/input_items", StoredResponse("GET", "/input_items")),
    Endpoint("POST", "/v1/responses/{id}/cancel", StoredResponse("POST", "/cancel")),
    Endpoint("POST", "/v1/embeddings", EMBEDDINGS),
    Endpoint("POST", "/v1/images/generations", GENERATIONS),
    Endpoint("POST", "/v1/images/edits", EDITS),
    Endpoint("POST", "/v1/images/variations", VARIATIONS),
    Endpoint("POST", "/v1/messages", AnthropicMessages()),
    Endpoint("POST", "/v1/messages/count_tokens", COUNT_TOKENS),
    Endpoint("POST", path_of("generateContent", "streamGenerateContent"), GeminiGenerate()),
    Endpoint("POST", path_of("embedContent", "batchEmbedContents"), EMBED),
    Endpoint("POST", path_of("countTokens"), GEMINI_COUNT_TOKENS),
)


def _as_azure(rows: tuple[Endpoint, ...]) -> Iterator[Endpoint]:
    """Give the paths under which Azure's clients call OpenAI's API; a deployment's name is taken for the model's.

    https://learn.microsoft.com/azure/ai-foundry/openai/reference and, since 2025, `/openai/v1`.
    """
    for row in rows:
        if row.dialect.api is OPENAI:
            path = row.path.removeprefix("/v1")
            for prefix in ("/openai/deployments/{model}", "/openai/v1", "/openai"):
                yield row._replace(path=prefix + path)


ENDPOINTS: Final = (*_ROWS, *_as_azure(_ROWS))

APIS: Final = {api.name: api for api in (OPENAI, ANTHROPIC, GEMINI)}
"""The APIs that an upstream can speak, by name."""

LAYOUTS: Final = {layout.name: layout for layout in (AZURE,)}
"""Other layouts of an API's endpoints that a provider may have, by name."""

CREDENTIALS: Final = frozenset(
    (*(api.credential for api in APIS.values()), *(layout.credential for layout in LAYOUTS.values()))
)
"""The headers in which a key may stand, by lower-case name."""

_ENVELOPES: Final[tuple[tuple[str, Api], ...]] = (
    ("/mcp/", MCP_API),
    ("/v1/messages", ANTHROPIC),
    ("/v1beta", GEMINI),
    ("/v1alpha", GEMINI),
)


JUDGED: Final[tuple[tuple[str, Judging], ...]] = (
    ("/v1/moderations", MODERATIONS),
    ("/openai/v1/moderations", MODERATIONS),
)
"""Where a text is judged by the gateway itself and goes nowhere: the path of a `POST`, and its dialect."""

PREFIXES: Final = ("/v1/", "/v1beta/", "/v1alpha/", "/openai/")
"""Below these, every path that has no row is the passthrough's of the API whose client asks."""

PASSTHROUGHS: Final = {
    passthrough.api.name: passthrough
    for passthrough in (
        Passthrough(
            "openai.passthrough",
            OPENAI,
            re.compile(r"/openai/deployments/(?P<model>[^/]+)|/openai/v1(?=/)|/openai(?=/)|/v1(?=/)"),
            frozenset({"api-version"}),
        ),
        Passthrough("anthropic.passthrough", ANTHROPIC),
        Passthrough("gemini.passthrough", GEMINI),
    )
}
"""What takes the endpoints of an API that have no dialect, by the API's name."""

MODEL_PATHS: Final = ("/v1/models", "/v1beta/models", "/v1alpha/models", "/openai/models", "/openai/v1/models")
"""Where clients ask which models there are. Two APIs may share a path: `api_of` tells them apart."""


def api_of(path: str, headers: Container[str] = ()) -> Api:
    """Give the API whose clients make such a call, so that what is no model call is told in its way."""
    by_path = next((api for prefix, api in _ENVELOPES if path.startswith(prefix)), None)
    return by_path or next((api for api in APIS.values() if api.sign and api.sign in headers), OPENAI)
