"""What every dialect makes of a request and of a reply: the parts that the gateway relies on, and the slots.

The rest of a document is not modelled: it leaves as it came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.dialects.slot import Content


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the provider counted them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """A request that the dialect understood.

    `raw` is the body as it came, `document` the same parsed. `choices` is how many answers are asked for, `tools` the
    names of the tools offered, `tokens_estimated` the walked characters over four, `modalities` sorted names such as
    `text` and `image`. `usage_asked` tells whether the client itself asked for a usage event in the stream, and
    `json_reply` whether it asked for answers that are JSON documents.
    """

    raw: bytes = field(repr=False)
    document: Mapping[str, Any] = field(repr=False)
    content: Content
    model: str
    stream: bool
    choices: int
    tools: tuple[str, ...]
    tokens_estimated: int
    modalities: tuple[str, ...]
    usage_asked: bool
    json_reply: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole (not streamed) reply. `finish_reasons` is in the order of the choices; `usage` None if not told."""

    raw: bytes = field(repr=False)
    document: Mapping[str, Any] = field(repr=False)
    content: Content
    model: str | None = None
    finish_reasons: tuple[str | None, ...] = ()
    usage: Usage | None = None
