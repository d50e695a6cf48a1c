"""What all endpoints of OpenAI's API share."""

import re
from typing import Final

from gateway.dialects.api import Api
from gateway.dialects.openai.errors import error_body

_BETA: Final = re.compile(rb"[a-z-]{1,40}=v[0-9]{1,3}")
_LIMITS: Final = (
    f"x-ratelimit-{what}-{of}" for what in ("limit", "remaining", "reset") for of in ("requests", "tokens")
)

OPENAI: Final = Api(
    name="openai",
    credential="authorization",
    credential_prefix="Bearer ",
    # An organisation or project is not the client's to choose: whose account pays is the operator's to say.
    request_headers={b"openai-beta": _BETA},
    reply_headers=frozenset({"openai-processing-ms", "openai-version", *_LIMITS}),
    error_body=error_body,
)
