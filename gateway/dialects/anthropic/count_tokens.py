"""Anthropic's count of a request's tokens: the request is masked as if it were sent, so what is counted is what leaves.

Format: https://docs.anthropic.com/en/api/messages-count-tokens.
"""

from dataclasses import replace
from typing import Final

from gateway.dialects.anthropic.api import ANTHROPIC
from gateway.dialects.anthropic.errors import read_error
from gateway.dialects.anthropic.request import REQUEST, check
from gateway.dialects.json_dialect import JsonDialect
from gateway.dialects.walk import Walk

COUNT_TOKENS: Final = JsonDialect(
    name="anthropic.count_tokens",
    api=ANTHROPIC,
    path="/v1/messages/count_tokens",
    asks=REQUEST,
    answers=dict.fromkeys(("input_tokens", "context_management"), Walk.options),
    read_errors=read_error,
    check=check,
    complete=lambda request: replace(request, is_free=True),
)
