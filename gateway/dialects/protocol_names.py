"""Names and numbers of the protocols themselves: long enough to be screened, known well enough not to be."""

import re
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
    "tool_search_tool_result", "tool_search_tool_search_result", "web_fetch_requests", "web_fetch_result",
    "web_fetch_tool_result", "web_search_requests", "web_search_result", "web_search_result_location",
    "web_search_tool_result",
)  # fmt: skip
"""Blocks, events and members of Anthropic's Messages, https://docs.anthropic.com/en/api/messages."""

_FAILED = (
    "execution_time_exceeded", "invalid_tool_input", "max_uses_exceeded", "prompt_too_long", "too_many_requests",
    "unsupported_content_type", "url_not_accessible",
    *(f"{block}_error" for block in _BLOCKS if block.endswith("_tool_result")),
)  # fmt: skip
"""What Anthropic's own tools say when they failed."""

_GEMINI = (
    "allowedFunctionNames", "application/json", "audio_transcription", "audio_transcription_config",
    "audioTranscription", "audioTranscriptionConfig", "BLOCK_LOW_AND_ABOVE", "BLOCK_MEDIUM_AND_ABOVE",
    "block_reason_message", "blocking_confidence", "blockingConfidence", "blockReasonMessage", "cache_tokens_details",
    "cached_content_token_count", "cachedContentTokenCount", "cacheTokensDetails", "candidates_token_count",
    "candidates_tokens_details", "candidatesTokenCount", "candidatesTokensDetails", "chosen_candidates",
    "chosenCandidates", "citation_metadata", "citationMetadata", "code_execution_result", "CODE_RETRIEVAL_QUERY",
    "codeExecutionResult", "confidence_scores", "confidenceScores", "continuation_token", "continuationToken",
    "disabled_safety_policies", "disabledSafetyPolicies", "document_metadata", "documentMetadata",
    "enable_affective_dialog", "enable_enhanced_civic_answers", "enable_prompt_injection_detection",
    "enableAffectiveDialog", "enableEnhancedCivicAnswers", "enablePromptInjectionDetection", "enterprise_web_search",
    "enterpriseWebSearch", "excluded_predefined_functions", "excludedPredefinedFunctions", "FACT_VERIFICATION",
    "file_search_store_names", "fileSearchStoreNames", "frequency_penalty", "frequencyPenalty",
    "function_calling_config", "function_declarations", "function_response", "functionCallingConfig",
    "functionDeclarations", "functionResponse", "google_maps_widget_context_token",
    "google_search_dynamic_retrieval_score", "google_search_retrieval", "googleMapsWidgetContextToken",
    "googleSearchDynamicRetrievalScore", "googleSearchRetrieval", "grounding_chunk_indices", "grounding_chunks",
    "grounding_metadata", "grounding_supports", "groundingChunkIndices", "groundingMetadata", "groundingSupports",
    "HARM_CATEGORY_CIVIC_INTEGRITY", "HARM_CATEGORY_DANGEROUS_CONTENT", "HARM_CATEGORY_HARASSMENT",
    "HARM_CATEGORY_HATE_SPEECH", "HARM_CATEGORY_JAILBREAK", "HARM_CATEGORY_SEXUALLY_EXPLICIT", "image_output_options",
    "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "image_search_queries", "imageOutputOptions",
    "imageSearchQueries", "include_server_side_tool_invocations", "include_thoughts",
    "includeServerSideToolInvocations", "log_probability_sum", "logProbabilitySum", "MALFORMED_FUNCTION_CALL",
    "MALFORMED_RESPONSE", "max_output_tokens", "media_processing", "media_resolution", "MEDIA_RESOLUTION_HIGH",
    "MEDIA_RESOLUTION_LOW", "MEDIA_RESOLUTION_MEDIUM", "MISSING_THOUGHT_SIGNATURE", "model_selection_config",
    "modelSelectionConfig", "multi_speaker_voice_config", "multiSpeakerVoiceConfig", "OUTCOME_DEADLINE_EXCEEDED",
    "output_compression_quality", "output_mime_type", "outputCompressionQuality", "overwritten_threshold",
    "overwrittenThreshold", "parallel_ai_search", "parallelAiSearch", "parameters_json_schema",
    "parametersJsonSchema", "person_generation", "personGeneration", "prebuilt_voice_config", "prebuiltVoiceConfig",
    "presence_penalty", "probability_score", "probabilityScore", "PROHIBITED_CONTENT", "prominent_people",
    "property_ordering", "propertyOrdering",
    "prompt_token_count", "promptTokenCount", "promptTokensDetails", "publication_date", "PUP_LIMITED_DISABLED",
    "QUESTION_ANSWERING", "rendered_content", "replicated_voice_config", "replicatedVoiceConfig",
    "response_json_schema", "response_logprobs", "response_mime_type", "response_modalities", "responseJsonSchema",
    "responseLogprobs", "responseMimeType", "responseModalities", "retrieval_config", "RETRIEVAL_DOCUMENT",
    "retrieval_metadata", "retrieval_queries", "retrievalMetadata", "retrievalQueries", "retrieved_context",
    "retrievedContext", "search_entry_point", "searchEntryPoint", "SEMANTIC_SIMILARITY", "source_flagging_uris",
    "sourceFlaggingUris", "speaker_voice_configs", "speakerVoiceConfigs", "spreadsheet_metadata",
    "spreadsheetMetadata", "stream_function_call_arguments", "streamFunctionCallArguments", "thought_signature",
    "thoughts_token_count", "thoughtSignature", "thoughtsTokenCount", "time_range_filter", "TOO_MANY_TOOL_CALLS",
    "tool_use_prompt_token_count", "tool_use_prompt_tokens_details", "toolUsePromptTokenCount",
    "toolUsePromptTokensDetails", "total_token_count", "translation_config", "translationConfig",
    "UNEXPECTED_TOOL_CALL", "url_context_metadata", "url_retrieval_status", "urlContextMetadata",
    "urlRetrievalStatus", "web_search_queries", "webSearchQueries",
)  # fmt: skip
"""Members and values of the Gemini API, in both spellings, https://ai.google.dev/api/generate-content."""

_RESPONSES = (
    "apply_patch_call", "apply_patch_call_output", "cache_write_tokens", "code_interpreter_call",
    "computer_call_output", "computer_screenshot", "configuration_update", "container_file_citation",
    "custom_tool_call", "custom_tool_call_output", "file_search_call", "function_call_output", "image_generation_call",
    "input_tokens_details", "local_shell_call", "local_shell_call_output", "max_output_tokens", "mcp_approval_request",
    "mcp_approval_response", "output_tokens_details", "previous_response_id", "previous_response_not_found",
    "prompt_cache_retention", "reasoning.encrypted_content", "require_approval", "server_description",
    "shell_call_output", "tool_search_output",
    "response.code_interpreter_call.completed", "response.code_interpreter_call.in_progress",
    "response.code_interpreter_call.interpreting", "response.code_interpreter_call_code.delta",
    "response.code_interpreter_call_code.done", "response.completed", "response.content_part.added",
    "response.content_part.done", "response.created",
    "response.custom_tool_call_input.delta", "response.custom_tool_call_input.done",
    "response.function_call_arguments.delta", "response.function_call_arguments.done", "response.in_progress",
    "response.incomplete", "response.mcp_call_arguments.delta", "response.mcp_call_arguments.done",
    "response.output_item.added", "response.output_item.done", "response.output_text.delta",
    "response.output_text.done", "response.output_text.annotation.added", "response.reasoning_summary_part.added",
    "response.reasoning_summary_part.done", "response.reasoning_summary_text.delta",
    "response.reasoning_summary_text.done", "response.reasoning_text.delta", "response.reasoning_text.done",
    "response.refusal.delta", "response.web_search_call.completed", "response.web_search_call.in_progress",
    "response.web_search_call.searching",
)  # fmt: skip
"""Types of items and of events of Responses, and the long names of its members."""

KNOWN: Final = frozenset((*_KEYWORDS, *_MEMBERS, *_VALUES, *_BLOCKS, *_FAILED, *_GEMINI, *_RESPONSES))
"""Names of 16 characters and more that mean the same in every call. Shorter ones need no entry."""

BOUNDS: Final = frozenset(
    str(bound) for bits in (31, 32, 53, 63, 64) for bound in (2**bits - 1, 2**bits, -(2**bits), 1 - 2**bits)
)
"""Ends of number types, as schemas have them: 2147483647 would be a telephone number in Dallas."""

EVENT_NAME: Final = re.compile(r"[a-z_]{1,32}(\.[a-z_]{1,64}){0,4}")
"""What the types of events look like that may stand on an `event:` line, where no detector looks."""
