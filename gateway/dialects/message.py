"""What every dialect makes of a request and of a reply: the parts that the gateway relies on, and the slots.

The rest of a document is not modelled: it leaves as it came.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Protocol

from gateway.dialects.slot import Content
from gateway.errors import AirlockError

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Inbound:
    """A call as it came: its body, and what its path, its query and its headers say about the body.

    `params` are the values of the endpoint's path template (`model`, `id`), `query` the last value of each name and
    `pairs` all of them, in their order. `path` is as it came, still encoded. `session` is the conversation's name in
    the headers, "" where there is none.
    """

    body: bytes = field(repr=False)
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    content_type: str = JSON
    method: str = "POST"
    path: str = field(default="", repr=False)
    pairs: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    session: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Outbound:
    """A call as it leaves. `path` is below the upstream's base URL and may hold a query.

    `headers` say again what stands in the body, as it leaves. `is_repeatable`: to send it twice does no harm, such as a
    second file or a second job at the provider; to generate an answer twice does none.
    """

    path: str
    body: bytes = field(repr=False)
    method: str = "POST"
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    is_repeatable: bool = True


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the provider counted them.

    `prompt_tokens` counts all input, that from a cache too, of which `cache_read` came from it and `cache_write` went
    into it.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0
    cache_read: int = 0
    cache_write: int = 0


UNNAMED: Final = "unnamed"
"""Stands for the name of a tool that has none, or none that looks like a name."""


Parts = Mapping[str, str]
"""What a later call may name of a reply that the provider keeps: ids of its items, each with "", and ids of its tool
calls, each with the tool's name."""

NO_PARTS: Final[Parts] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A model's wish to have a tool called: `arguments` is the JSON document as the model wrote it, or free text.

    `name` is the tool's if it looks like a name, else `UNNAMED`.
    """

    name: str
    arguments: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """State at the provider that a request builds on, by its `id`.

    `missing` is how the API says that there is none, None if the call may go on without it. `grows` tells whether the
    call adds to it under the same id, as to a conversation.
    """

    id: str = field(repr=False)
    missing: AirlockError | None = field(repr=False)
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A request that the dialect understood.

    `raw` is the body as it came, `document` the same parsed. `choices` is how many answers are asked for, `tools` the
    names of the tools offered, `tokens_estimated` the walked characters over four, `modalities` sorted names such as
    `text` and `image`. `usage_asked` tells whether the client itself asked for a usage event in the stream, and
    `json_reply` whether it asked for answers that are JSON documents.

    `tool_results` names the tools whose results stand after the model's last turn, so they are new to it; `result_ids`
    are the ids of their calls, in the same order, where a result may answer a call that is not in the request.
    `max_output` is the most tokens that the client wants back, all answers together, None if it sets no limit.
    `continues` is the state at the provider that this call builds on, the decisive one first: it says where the call
    goes and, for a call without a body of its own, which model it is about. `is_kept` tells whether the provider keeps
    the reply so that a later call can build on it, `forgets` whether a success ends the state.
    `is_free` says that the provider bills nothing for such a call, such as counting tokens.
    `is_unknown`: nothing is known of the endpoint, not even whether it answers with a stream.

    `conversation` is what the body calls the conversation that it belongs to, "" where it has no name for it.
    `calls` are tool calls that this very request makes, of a server that carries them out. `messages` reads the answer
    of such a server, which is one message or a stream of them as the server likes; None for the answer of a model.
    """

    raw: bytes = field(repr=False)
    document: Mapping[str, Any] = field(repr=False)
    content: Content
    model: str
    stream: bool
    choices: int = 1
    tools: tuple[str, ...] = ()
    tokens_estimated: int = 0
    modalities: tuple[str, ...] = ("text",)
    usage_asked: bool = True
    json_reply: bool = False
    tool_results: tuple[str, ...] = ()
    result_ids: tuple[str, ...] = field(default=(), repr=False)
    max_output: int | None = None
    continues: tuple[Kept, ...] = ()
    is_kept: bool = False
    forgets: bool = False
    is_free: bool = False
    inbound: Inbound | None = None
    calls: tuple[ToolCall, ...] = ()
    messages: "Messages | None" = None
    is_unknown: bool = False
    conversation: str = field(default="", repr=False)

    @property
    def has_tools(self) -> bool:
        """Whether it offers, calls or answers for any tool."""
        return bool(self.tools or self.tool_results or self.calls)


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole (not streamed) reply. `finish_reasons` is in the order of the choices; `usage` None if not told.

    `calls` are the tool calls that it asks for; `id` names the state that the provider keeps of it, "" for none, and
    `parts` what is in it. `offers` names the tools that it defines, `results` those whose results it brings.
    `is_unknown`: it may be no JSON, and goes on as what the provider says it is.
    """

    raw: bytes = field(repr=False)
    document: Mapping[str, Any] = field(repr=False)
    content: Content
    model: str | None = None
    finish_reasons: tuple[str | None, ...] = ()
    usage: Usage | None = None
    calls: tuple[ToolCall, ...] = ()
    id: str = ""
    parts: Parts = field(default_factory=dict, repr=False)
    offers: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    is_unknown: bool = False

    @property
    def has_tools(self) -> bool:
        """Whether it calls, defines or answers for any tool."""
        return bool(self.calls or self.offers or self.results)


class Messages(Protocol):
    """Reads the messages that answer one request."""

    def read(self, raw: bytes) -> Reply:
        """Read one message; no bytes at all are none. Raises `UpstreamInvalid`."""

    def without(self, reply: Reply, offers: Collection[int]) -> bytes:
        """Give a message without some of the tools that it defines, by their position in `offers`."""

    def is_answer(self, reply: Reply) -> bool:
        """Tell whether a message is the response, after which nothing is waited for."""

    def refusal(self, reply: Reply, error: AirlockError) -> bytes:
        """Give the message that tells the client of an error instead of this one; b"" where it expects none."""

    def failure(self, error: AirlockError) -> bytes:
        """Give the message that ends the answer with an error; b"" where no response is awaited."""
