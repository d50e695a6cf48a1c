"""Names and numbers of the protocols themselves: long enough to be screened, known well enough not to be."""

from typing import Final

_KEYWORDS = (
    "additionalProperties", "contentMediaType", "dependentRequired", "dependentSchemas", "exclusiveMaximum",
    "exclusiveMinimum", "patternProperties", "relative-json-pointer", "unevaluatedItems", "unevaluatedProperties",
)  # fmt: skip
"""Of JSON Schema, https://json-schema.org/draft/2020-12."""

_MEMBERS = (
    "accepted_prediction_tokens", "allowed_function_names", "cache_creation_input_tokens", "cache_read_input_tokens",
    "chat_template_kwargs", "completion_tokens", "completion_tokens_details", "content_filter_offsets",
    "content_filter_result", "content_filter_results", "custom_blocklists", "include_obfuscation",
    "native_finish_reason", "prompt_cache_hit_tokens", "prompt_cache_miss_tokens", "prompt_filter_results",
    "prompt_tokens_details", "protected_material_code", "protected_material_text", "reasoning_content",
    "reasoning_details", "reasoning_tokens", "rejected_prediction_tokens", "repetition_penalty",
    "search_context_size", "web_search_options",
)  # fmt: skip
"""Of Chat Completions as OpenAI, Azure, DeepSeek, OpenRouter and vLLM speak it."""

_VALUES = (
    "authentication_error", "billing_hard_limit_reached", "chat.completion.chunk", "code_interpreter",
    "computer_use_preview", "content_policy_violation", "context_length_exceeded", "image_generation",
    "insufficient_quota", "invalid_request_error", "missing_required_parameter", "permission_error",
    "rate_limit_exceeded", "string_above_max_length", "unknown_parameter", "unsupported_parameter",
    "unsupported_value", "web_search_preview", "web_search_preview_2025_03_11",
)  # fmt: skip
"""Types, codes and kinds of objects of Chat Completions, https://platform.openai.com/docs/guides/error-codes."""

_BLOCKS = (
    "advisor_redacted_result", "advisor_tool_result", "authorization_token", "bash_code_execution_output",
    "bash_code_execution_result", "bash_code_execution_tool_result", "citations_web_search_result_location",
    "clear_tool_inputs", "code_execution_output", "code_execution_result", "code_execution_tool_result",
    "compaction_delta", "container_upload", "content_block_delta", "content_block_location", "content_block_start",
    "content_block_stop", "context_management", "disable_parallel_tool_use", "eager_input_streaming",
    "encrypted_code_execution_result", "encrypted_content", "encrypted_stdout", "ephemeral_1h_input_tokens",
    "ephemeral_5m_input_tokens", "fallback_credit_token", "input_json_delta", "input_transformations",
    "mcp_tool_listing", "model_context_window_exceeded", "not_found_error", "output_tokens_details",
    "overloaded_error", "previous_message_id", "redacted_thinking", "request_too_large", "search_result_location",
    "text_editor_code_execution_create_result", "text_editor_code_execution_str_replace_result",
    "text_editor_code_execution_tool_result", "text_editor_code_execution_view_result", "tool_configuration",
    "tool_search_tool_result", "tool_search_tool_search_result", "web_fetch_requests", "web_fetch_tool_result",
    "web_search_requests", "web_search_result", "web_search_result_location", "web_search_tool_result",
)  # fmt: skip
"""Blocks, events and members of Anthropic's Messages, https://docs.anthropic.com/en/api/messages."""

KNOWN: Final = frozenset((*_KEYWORDS, *_MEMBERS, *_VALUES, *_BLOCKS))
"""Names of 16 characters and more that mean the same in every call. Shorter ones need no entry."""

BOUNDS: Final = frozenset(
    str(bound) for bits in (31, 32, 53, 63, 64) for bound in (2**bits - 1, 2**bits, -(2**bits), 1 - 2**bits)
)
"""Ends of number types, as schemas have them: 2147483647 would be a telephone number in Dallas."""
