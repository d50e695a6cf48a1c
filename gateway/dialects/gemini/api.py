"""What all endpoints of the Gemini API share."""

import re
from typing import Final

from gateway.dialects.api import Api
from gateway.dialects.gemini.errors import error_body
from gateway.dialects.gemini.models import MODELS

GEMINI: Final = Api(
    name="gemini",
    credential="x-goog-api-key",
    credential_prefix="",
    request_headers={b"x-server-timeout": re.compile(rb"[0-9]{1,6}")},
    reply_headers=frozenset(),
    error_body=error_body,
    key_parameter="key",
    models=MODELS,
    sign="x-goog-api-key",
)
