"""A prompt of OpenAI's plain endpoints: a string, a list of strings, or either as numbers of the model's vocabulary."""

from typing import Any

from gateway.dialects import places
from gateway.dialects.places import Places
from gateway.dialects.slot import Path
from gateway.dialects.walk import UNKNOWN_PART, Walk

_USER = places.ROLE["user"]


def walk_prompt(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    """Walk a prompt. Texts are the user's; tokens are numbers that nobody reads here, so they are told as unread."""
    if _is_tokens(value):
        walk.tokens += len(value)
        walk.skip(_USER.text, "modality.tokens")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _item(walk, item, (*path, index))
    else:
        _item(walk, value, path)


def prompt_count(value: Any) -> int:
    """Tell how many prompts these are; a provider answers each."""
    return len(value) or 1 if isinstance(value, list) and not _is_tokens(value) else 1


def _item(walk: Walk, value: Any, path: Path) -> None:
    if isinstance(value, str):
        walk.prose(value, path, _USER)
    elif _is_tokens(value):
        walk.tokens += len(value)
        walk.skip(_USER.text, "modality.tokens")
    else:
        walk.skip(_USER.text, UNKNOWN_PART)
        walk.free(value, path, _USER)


def _is_tokens(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and set(map(type, value)) == {int}
