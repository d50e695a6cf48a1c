"""Responses: which texts of a streamed reply come in pieces, and where they stand in the output."""

from typing import Final

from gateway.dialects.openai.responses_texts import Growing
from gateway.dialects.slot import Kind

ITEM: Final = ("output_index",)
"""The steps to an item of the output."""

CONTENT: Final = ("output_index", "content", "content_index")
"""The steps to a part of an item's content."""

_ARGUMENTS: Final = Growing((*ITEM, "arguments"), "arguments", Kind.ARGUMENTS, is_argument=True, whole=True)
_INPUT: Final = Growing((*ITEM, "input"), "input", is_argument=True, whole=True)
_CODE: Final = Growing((*ITEM, "code"), "code", is_argument=True)
COMMAND: Final = Growing((*ITEM, "action", "commands", "command_index"), "command", is_argument=True, whole=True)
"""What a shell is to run."""

GROWING: Final = {
    "response.output_text": Growing((*CONTENT, "text"), "text"),
    "response.refusal": Growing((*CONTENT, "refusal"), "refusal"),
    "response.reasoning_text": Growing((*CONTENT, "text"), "text"),
    "response.reasoning_summary_text": Growing((*ITEM, "summary", "summary_index", "text"), "text"),
    "response.function_call_arguments": _ARGUMENTS,
    "response.mcp_call_arguments": _ARGUMENTS,
    "response.mcp_call.arguments": _ARGUMENTS,
    "response.custom_tool_call_input": _INPUT,
    "response.code_interpreter_call_code": _CODE,
    "response.code_interpreter_call.code": _CODE,
    "response.shell_call_command": COMMAND,
    "response.audio.transcript": Growing(("audio", "transcript"), "transcript"),
}
"""The texts that come in pieces, by the name before `.delta` and `.done`."""

WRITTEN: Final = {
    "function_call": _ARGUMENTS,
    "mcp_call": _ARGUMENTS,
    "mcp_approval_request": _ARGUMENTS,
    "custom_tool_call": _INPUT,
}
"""The calls whose wishes are a text, by the type of their item."""


def growing_of(name: str) -> Growing:
    """Give the text that grows in events `<name>.delta`; one that nobody knows grows by the name of its event."""
    return GROWING.get(name) or Growing((*ITEM, name.replace(".", "_")), "")
