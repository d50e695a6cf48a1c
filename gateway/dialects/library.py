"""How a library of providers is asked in each dialect, as data: the function's name, and what goes into its arguments.

Such a library takes a request's members as arguments, beside its own: where to send the call, with which key, what to
run before and after. So members go in by name only. Whatever else a caller sends is refused, since it might mean
something to the library; tools are functions of the caller, never something that the library would run or fetch.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from gateway.errors import BadRequest


@dataclass(frozen=True, slots=True)
class LibraryCall:
    """One dialect's way through the library.

    `whole` and `stream` are dotted names of functions. `members` are the request's members that become arguments,
    under these names; `left_out` are those that only the vendor itself acts on. `is_function` tells whether a tool is
    one of the caller's own functions. A stream's events are `named` by their member `type`, and it ends with `last`.
    """

    whole: str
    stream: str
    members: Mapping[str, str]
    left_out: frozenset[str] = frozenset()
    is_function: Callable[[Mapping[str, Any]], bool] = field(default=lambda _tool: False, repr=False)
    named: bool = False
    last: bytes = b""

    def arguments(self, body: bytes) -> dict[str, Any]:
        """Give a request's members as arguments.

        Raises:
            BadRequest: One of them is none that this dialect is known to have here, or a tool is no function.
        """
        document = orjson.loads(body)
        if not document.keys() <= self.members.keys() | self.left_out:
            raise BadRequest("The request has a parameter that this model's upstream does not take.", code=_UNSUPPORTED)
        tools = document.get("tools") or ()
        if not (isinstance(tools, list | tuple) and all(map(self._is_own, tools))):
            raise BadRequest("This model's upstream takes functions as tools, and no others.", code=_UNSUPPORTED)
        return {self.members[name]: value for name, value in document.items() if name in self.members}

    def _is_own(self, tool: Any) -> bool:
        return isinstance(tool, Mapping) and self.is_function(tool)


def library_call(dialect: str) -> LibraryCall:
    """Give the way through the library for a dialect's name.

    Raises:
        BadRequest: There is none.
    """
    found = LIBRARY.get(dialect)
    if found is None:
        raise BadRequest("The model's upstream does not serve this endpoint.", code=_UNSUPPORTED)
    return found


_UNSUPPORTED: Final = "unsupported_parameter"


def _as_they_are(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _is_typed_function(tool: Mapping[str, Any]) -> bool:
    return tool.get("type") in {"function", "custom"}


def _is_untyped_function(tool: Mapping[str, Any]) -> bool:
    return tool.get("type", "custom") in {"custom"}


def _is_declared_function(tool: Mapping[str, Any]) -> bool:
    return tool.keys() <= {"functionDeclarations", "function_declarations"}


_CHAT: Final = LibraryCall(
    whole="acompletion",
    stream="acompletion",
    members=_as_they_are(
        "audio", "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs", "max_completion_tokens",
        "max_tokens", "messages", "modalities", "model", "n", "parallel_tool_calls", "prediction", "presence_penalty",
        "reasoning_effort", "response_format", "seed", "service_tier", "stop", "store", "stream", "stream_options",
        "temperature", "tool_choice", "tools", "top_logprobs", "top_p", "user", "verbosity",
    ),
    left_out=frozenset({"metadata", "prompt_cache_key", "prompt_cache_retention", "safety_identifier"}),
    is_function=_is_typed_function,
    last=b"data: [DONE]\n\n",
)  # fmt: skip

_RESPONSES: Final = LibraryCall(
    whole="aresponses",
    stream="aresponses",
    members=_as_they_are(
        "include", "input", "instructions", "max_output_tokens", "max_tool_calls", "model", "parallel_tool_calls",
        "reasoning", "service_tier", "store", "stream", "temperature", "text", "tool_choice", "tools", "top_logprobs",
        "top_p", "truncation", "user",
    ),
    left_out=frozenset(
        {"metadata", "prompt_cache_key", "prompt_cache_retention", "safety_identifier", "stream_options"}
    ),
    is_function=_is_typed_function,
    named=True,
)  # fmt: skip

_MESSAGES: Final = LibraryCall(
    whole="anthropic.messages.acreate",
    stream="anthropic.messages.acreate",
    members=_as_they_are(
        "max_tokens", "messages", "model", "stop_sequences", "stream", "system", "temperature", "thinking",
        "tool_choice", "tools", "top_k", "top_p",
    ),
    left_out=frozenset({"metadata", "service_tier"}),
    is_function=_is_untyped_function,
    named=True,
)  # fmt: skip

_GENERATE: Final = LibraryCall(
    whole="google_genai.agenerate_content",
    stream="google_genai.agenerate_content_stream",
    members={
        "model": "model",
        "contents": "contents",
        "generationConfig": "config",
        "generation_config": "config",
        "systemInstruction": "systemInstruction",
        "system_instruction": "systemInstruction",
        "tools": "tools",
        "toolConfig": "toolConfig",
        "tool_config": "toolConfig",
        "safetySettings": "safetySettings",
        "safety_settings": "safetySettings",
    },
    left_out=frozenset({"labels"}),
    is_function=_is_declared_function,
)

_EMBEDDINGS: Final = LibraryCall(
    whole="aembedding",
    stream="aembedding",
    members=_as_they_are("dimensions", "encoding_format", "input", "model", "user"),
)

LIBRARY: Final[Mapping[str, LibraryCall]] = {
    "openai.chat": _CHAT,
    "openai.responses": _RESPONSES,
    "openai.embeddings": _EMBEDDINGS,
    "anthropic.messages": _MESSAGES,
    "gemini.generate": _GENERATE,
}
"""The dialects that the library can be asked in, by name."""
