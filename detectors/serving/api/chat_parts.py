"""What there is to read in a chat of OpenAI's Chat Completions, and what of it is no text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

Part = tuple[str, str]
"""The place of a part in the request, such as `messages[0].content`, and its text or what it is instead."""

_FORMAL: Final = frozenset({"role", "type", "id", "tool_call_id"})
"""Members that hold words of the format, or references, if they look like it."""

_WORD: Final = re.compile(r"[\w.\-]{0,64}", re.ASCII)
_TEXTS: Final = frozenset({"text", "refusal", "function", "custom"})


def parts_of(
    messages: Sequence[Mapping[str, Any]], tools: Sequence[Mapping[str, Any]]
) -> tuple[list[Part], list[Part]]:
    """Give all texts, wherever they stand, and all parts that are none, such as a picture."""
    texts: list[Part] = []
    others: list[Part] = []
    for name, members in (("messages", messages), ("tools", tools)):
        for place, is_text, value in _leaves(name, [*members]):
            (texts if is_text else others).append((place, value))
    return texts, others


def _leaves(name: str, value: Any) -> Iterator[tuple[str, bool, str]]:
    if isinstance(value, str):
        yield name, True, value
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _listed(f"{name}[{place}]", inner, is_content=name.endswith(".content"))
    elif isinstance(value, dict):
        for member, inner in value.items():
            if not (member in _FORMAL and isinstance(inner, str) and _WORD.fullmatch(inner)):
                yield from _leaves(f"{name}.{member}", inner)


def _listed(name: str, value: Any, *, is_content: bool) -> Iterator[tuple[str, bool, str]]:
    kind = value.get("type") if is_content and isinstance(value, dict) else None
    if isinstance(kind, str) and kind not in _TEXTS:
        yield name, False, f"modality.{kind}" if _WORD.fullmatch(kind) else "modality"
    else:
        yield from _leaves(name, value)
