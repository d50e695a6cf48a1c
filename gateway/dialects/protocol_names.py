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

KNOWN: Final = frozenset((*_KEYWORDS, *_MEMBERS, *_VALUES))
"""Names of 16 characters and more that mean the same in every call. Shorter ones need no entry."""

BOUNDS: Final = frozenset(
    str(bound) for bits in (31, 32, 53, 63, 64) for bound in (2**bits - 1, 2**bits, -(2**bits), 1 - 2**bits)
)
"""Ends of number types, as schemas have them: 2147483647 would be a telephone number in Dallas."""
