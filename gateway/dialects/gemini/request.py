"""Gemini: the members of a request to generate, and what the gateway relies on of them.

Format: https://ai.google.dev/api/generate-content. Only what the gateway relies on is checked; the rest is the
provider's to judge.
"""

from collections.abc import Mapping
from typing import Any, Final

from gateway.dialects import places
from gateway.dialects.gemini.parts import modalities_of, walk_contents, walk_opaque, walk_said
from gateway.dialects.gemini.spelling import both, check_once, member
from gateway.dialects.gemini.tools import listed, walk_tools
from gateway.dialects.members import Member, object_of
from gateway.dialects.places import Places
from gateway.dialects.reading import refuse
from gateway.dialects.schema import walk_schema
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_MEMBERS: Final = ("systemInstruction", "generationConfig", "toolConfig", "safetySettings", "cachedContent")
_RELIED_ON: Final = ("candidateCount", "maxOutputTokens", "responseMimeType", "responseModalities")


def check_generate(document: dict[str, Any]) -> None:
    """Check what the gateway relies on.

    Raises:
        BadRequest: with the name of the offending parameter.
    """
    check_once(document, *_MEMBERS)
    check_contents(document.get("contents"), "contents")
    config = member(document, "generationConfig")
    if not isinstance(config, dict | None):
        refuse("generationConfig", "an object")
    if config:
        check_once(config, *_RELIED_ON)
        for name in ("candidateCount", "maxOutputTokens"):
            _check_count(member(config, name), f"generationConfig.{name}")
    for index, tool in enumerate(listed(document.get("tools"))):
        if not isinstance(tool, dict):
            refuse(f"tools[{index}]", "an object")


def check_contents(contents: Any, param: str) -> None:
    """Check contents: a list of objects with lists of objects as parts. A lone object is taken for a list of one.

    Raises:
        BadRequest: with the name of the offending parameter.
    """
    if contents is None or contents == []:
        refuse(param, "a non-empty array of objects")
    for index, content in enumerate(listed(contents)):
        if not isinstance(content, dict):
            refuse(f"{param}[{index}]", "an object")
        if not isinstance(content.get("role"), str | None):
            refuse(f"{param}[{index}].role", "a string")
        if not all(isinstance(part, dict) for part in listed(content.get("parts"))):
            refuse(f"{param}[{index}].parts", "an array of objects")


def settings_of(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the settings of a request that was checked."""
    return member(document, "generationConfig") or {}


def choices_of(document: Mapping[str, Any]) -> int:
    """Give how many answers are asked for."""
    return int(member(settings_of(document), "candidateCount") or 1)


def max_output_of(document: Mapping[str, Any]) -> int | None:
    """Give the most tokens that are wanted back, all answers together."""
    most = member(settings_of(document), "maxOutputTokens")
    return None if most is None else most * choices_of(document)


def asks_json(document: Mapping[str, Any]) -> bool:
    """Tell whether the answers are to be JSON documents."""
    settings = settings_of(document)
    mime = member(settings, "responseMimeType")
    return isinstance(mime, str) and mime.strip().lower().startswith("application/json")


def modalities(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Name what goes in and comes out."""
    names = {"text"}
    for content in (*listed(document.get("contents")), member(document, "systemInstruction")):
        names |= modalities_of(content)
    for asked in listed(member(settings_of(document), "responseModalities")):
        names |= {asked.lower()} & {"image", "audio", "video"} if isinstance(asked, str) else set()
    return tuple(sorted(names))


def _check_count(value: Any, param: str) -> None:
    if value is not None and (type(value) is not int or value < 1):
        refuse(param, "a positive integer")


def _system(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk_said(walk, value, path, places.ROLE["system"])


def _metadata(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk.free(value, path, places.METADATA)


def _cached(walk: Walk, value: Any, path: Path, where: Places) -> None:
    """Walk the name of a prompt that the provider keeps: what it says was not seen by this gateway."""
    walk.skip(where.text, "provider.state")
    walk.label(value, path, where)


def _tool_config(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    walk.options(value, path, places.TOOLS)


_SETTINGS: Final = (
    "candidateCount", "maxOutputTokens", "temperature", "topP", "topK", "seed", "presencePenalty", "frequencyPenalty",
    "responseMimeType", "responseModalities", "responseLogprobs", "logprobs", "enableEnhancedCivicAnswers",
    "speechConfig", "thinkingConfig", "imageConfig", "mediaResolution", "audioTimestamp", "routingConfig",
    "modelSelectionConfig", "enableAffectiveDialog", "audioTranscriptionConfig", "translationConfig",
)  # fmt: skip
_CONFIG: Final[dict[str, Member]] = both(
    {
        **dict.fromkeys(_SETTINGS, Walk.options),
        **dict.fromkeys(("responseSchema", "responseJsonSchema", "_responseJsonSchema", "responseFormat"), walk_schema),
        "continuationToken": walk_opaque,
    }
)
GENERATE: Final[dict[str, Member]] = both(
    {
        **dict.fromkeys(("model", "safetySettings", "serviceTier", "store"), Walk.options),
        "contents": walk_contents,
        "systemInstruction": _system,
        "tools": walk_tools,
        "toolConfig": _tool_config,
        "generationConfig": object_of(_CONFIG),
        "cachedContent": _cached,
        "labels": _metadata,
    }
)
"""How to walk the members of a request to generate."""
