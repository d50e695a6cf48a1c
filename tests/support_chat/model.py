"""A model that knows only what it was sent: it reads tokens, and writes them down as models do."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.support_chat.story import LOOK_ALIKE, TURNS, VALUES

_TOKEN: Final = re.compile(r"<([A-Z][A-Z_]*)_([0-9a-z]{5,})>")
_WISH: Final = re.compile(r"\{([A-Z_]+)#(\d)(?:\|(\w+))?\}")
_BENT: Final[Mapping[str, Callable[[str], str]]] = {
    "": str,
    "bold": str,
    "lower": str.lower,
    "bare": lambda token: token[1:-1],
    "escaped": lambda token: token.replace("_", "\\_"),
}


@dataclass(frozen=True)
class Said:
    """A reply: a text, or the call of a tool with its arguments as JSON."""

    text: str = ""
    tool: str = ""
    arguments: str = ""


def reply(texts: Sequence[str], turn: int, uses: int) -> Said:
    """Give what the model says in a turn once it has used so many tools; `texts` are all that it was sent."""
    known = _known("\n".join(texts))
    wanted = TURNS[turn]
    if uses == len(wanted.uses):
        return Said(_written(wanted.answer, known))
    use = wanted.uses[uses]
    return Said(tool=use.tool, arguments=json.dumps(_filled(use.arguments, lambda text: _written(text, known))))


def expected(template: Any) -> Any:
    """Give what the app must see in the place of a template: the values."""
    return _filled(template, lambda text: _WISH.sub(lambda wish: VALUES[wish[1]][int(wish[2])], text))


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Give type and suffix of everything in a text that looks like a token, the customer's own joke left out."""
    for found in _TOKEN.finditer(text):
        if found[0] != LOOK_ALIKE:
            yield found[1], found[2]


def _known(text: str) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for kind, suffix in dict.fromkeys(tokens(text)):
        known.setdefault(kind, []).append(f"<{kind}_{suffix}>")
    return known


def _written(template: str, known: Mapping[str, Sequence[str]]) -> str:
    def write(wish: re.Match[str]) -> str:
        read = known.get(wish[1], ())
        assert len(read) > int(wish[2]), f"the model was told of {len(read)} values of the type {wish[1]}"
        return _BENT[wish[3] or ""](read[int(wish[2])])

    return _WISH.sub(write, template)


def _filled(value: Any, fill: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(one, fill) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, fill) for one in value]
    return fill(value)
