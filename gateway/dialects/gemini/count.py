"""Gemini's count of tokens: what a request to generate would cost.

Format: https://ai.google.dev/api/tokens.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gateway.dialects.gemini.request import GENERATE, check_generate, modalities
from gateway.dialects.gemini.spelling import both, check_once, member, snake
from gateway.dialects.gemini.whole import GeminiWhole
from gateway.dialects.members import object_of
from gateway.dialects.reading import refuse
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_INNER: Final = "generateContentRequest"


def _check(document: dict[str, Any]) -> None:
    check_once(document, _INNER)
    inner = member(document, _INNER)
    if not isinstance(inner, dict | None):
        refuse(_INNER, "an object")
    if inner is None or "contents" in document:
        check_generate(document)
    if inner is not None:
        check_generate(inner)


def _named(document: Mapping[str, Any]) -> Iterator[Path]:
    if "model" in document:
        yield ("model",)
    for name in (_INNER, snake(_INNER)):
        if "model" in (document.get(name) or ()):
            yield (name, "model")


def _modalities(document: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted({*modalities(document), *modalities(member(document, _INNER) or {})}))


GEMINI_COUNT_TOKENS: Final = GeminiWhole(
    name="gemini.count_tokens",
    asks={**GENERATE, **both({_INNER: object_of(GENERATE)})},
    answers=both(
        dict.fromkeys(
            ("totalTokens", "cachedContentTokenCount", "promptTokensDetails", "cacheTokensDetails"), Walk.options
        )
    ),
    check=_check,
    named=_named,
    modalities=_modalities,
    usage=lambda _document: None,  # what is counted was not used
    is_free=True,
)
