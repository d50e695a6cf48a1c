"""Gemini: read a whole reply.

Format: https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.gemini.parts import parts_of, walk_opaque, walk_said
from gateway.dialects.gemini.spelling import both, member
from gateway.dialects.gemini.tools import name_of
from gateway.dialects.logprobs import walk_logprobs
from gateway.dialects.members import Member, object_of, objects_of, walk_members, walk_text
from gateway.dialects.message import Reply, ToolCall, Usage
from gateway.dialects.places import Places
from gateway.dialects.reading import count_or_zero, name_or_none, reply_object, walk_reply, written
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk
from gateway.errors import UpstreamInvalid

MAX_CANDIDATES: Final = 128
"""Most candidates of a reply. The API gives 8 at most."""

_ASSISTANT: Final = places.ROLE["assistant"]


def read_reply(raw: bytes) -> Reply:
    """Read the body of a successful, not streamed reply. One without candidates says why the prompt was refused.

    Raises:
        UpstreamInvalid: it is no strict JSON, has candidates that are none, or too much in it.
    """
    document = reply_object(raw)
    candidates = candidates_of(document)
    walk = walk_reply(document, _REPLY)
    return Reply(
        raw=raw,
        document=document,
        content=walk.content(),
        model=name_or_none(member(document, "modelVersion")),
        finish_reasons=tuple(name_or_none(member(one, "finishReason")) for one in candidates) or _refused(document),
        usage=read_usage(document),
        calls=tuple(call for one in candidates for call in calls_of(one)),
    )


def candidates_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the candidates of a reply or of a chunk.

    Raises:
        UpstreamInvalid: they are no list of objects, or too many.
    """
    candidates = document.get("candidates")
    if candidates is None:
        return []
    if not (isinstance(candidates, list) and all(isinstance(one, dict) for one in candidates)):
        raise UpstreamInvalid("The provider's reply has candidates that are no list of objects.")
    if len(candidates) > MAX_CANDIDATES:
        raise UpstreamInvalid(f"The provider's reply has more than {MAX_CANDIDATES} candidates.")
    return candidates


def read_usage(document: Mapping[str, Any]) -> Usage | None:
    """Read the token counts; None when there are none. What the model thought is output, a tool's prompt is input."""
    counts = member(document, "usageMetadata")
    if not isinstance(counts, dict):
        return None

    def of(name: str) -> int:
        return count_or_zero(member(counts, name))

    return Usage(
        prompt_tokens=of("promptTokenCount") + of("toolUsePromptTokenCount"),
        completion_tokens=of("candidatesTokenCount") + of("thoughtsTokenCount"),
        total_tokens=of("totalTokenCount"),
        cache_read=of("cachedContentTokenCount"),
    )


def refusal_of(document: Mapping[str, Any]) -> str | None:
    """Name the reason for which the provider refused the prompt, None if it did not."""
    feedback = member(document, "promptFeedback")
    return name_or_none(member(feedback, "blockReason")) if isinstance(feedback, dict) else None


def calls_of(candidate: Mapping[str, Any]) -> Iterator[ToolCall]:
    """Give the calls that a candidate wants its client to make."""
    for part in parts_of(candidate.get("content")):
        call = member(part, "functionCall")
        if isinstance(call, dict):
            yield ToolCall(name_of(call), written(call.get("args") or {}))


def _refused(document: Mapping[str, Any]) -> tuple[str | None, ...]:
    reason = refusal_of(document)
    return (reason,) if reason else ()


def _candidates(walk: Walk, value: list[dict[str, Any]], path: Path, _places: Places) -> None:
    for index, candidate in enumerate(value):
        walk_members(walk, candidate, (*path, index), _ASSISTANT, {**CANDIDATE, "content": walk_said})


_CITATIONS: Final = object_of(
    both(
        {
            "citations": objects_of(
                both(
                    {
                        **dict.fromkeys(("startIndex", "endIndex", "publicationDate"), Walk.options),
                        **dict.fromkeys(("uri", "license", "title"), walk_text),
                    }
                )
            )
        }
    )
)
_GROUNDING: Final = object_of(
    both(
        {
            **dict.fromkeys(("retrievalMetadata",), Walk.options),
            "googleMapsWidgetContextToken": walk_opaque,
            "searchEntryPoint": object_of(both({"renderedContent": walk_text, "sdkBlob": walk_opaque})),
        }
    )
)
"""What a reply rests on: its chunks, its queries and the stretches of the answer are free text."""

CANDIDATE: Final[dict[str, Member]] = both(
    {
        **dict.fromkeys(("index", "finishReason", "tokenCount", "avgLogprobs", "safetyRatings"), Walk.options),
        "finishMessage": walk_text,
        "citationMetadata": _CITATIONS,
        "groundingMetadata": _GROUNDING,
        "logprobsResult": walk_logprobs,
        "continuationToken": walk_opaque,
    }
)
"""The members of a candidate around its content, in a reply and in a stream's chunk alike."""

ENVELOPE: Final[dict[str, Member]] = both(
    {
        **dict.fromkeys(("modelVersion", "responseId", "createTime"), Walk.label),
        **dict.fromkeys(("usageMetadata", "modelStatus"), Walk.options),
        "promptFeedback": object_of(
            both(
                {
                    **dict.fromkeys(("blockReason", "safetyRatings"), Walk.options),
                    "blockReasonMessage": walk_text,
                }
            )
        ),
    }
)
"""The members around the candidates, in a reply and in a stream's chunk alike."""

_REPLY: Final = {**ENVELOPE, "candidates": _candidates}
