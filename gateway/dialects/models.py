"""Which models there are: the facts that every vendor's list has, and how a vendor writes them.

Only what is said here crosses the gateway: an upstream's list is read for these facts and written anew, so nothing else
that stands in it needs screening.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from gateway.dialects.reading import count_or_zero, name_or_none, reply_object
from gateway.errors import UpstreamInvalid

_TITLE: Final = re.compile(r"[A-Za-z0-9 .:()+_-]{1,80}")
_MAX_METHODS: Final = 32


@dataclass(frozen=True, slots=True)
class Model:
    """One model. Times are Unix seconds; 0 and "" stand for what is not known."""

    id: str
    created: int = 0
    owner: str = ""
    title: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelFormat:
    """How a vendor's API lists models.

    `path` is where an upstream is asked, below its base URL; `members` says under which name its list stands, and
    `read` makes a model of one entry. `page` writes a list as a client's query asks for it, `one` a single model.
    """

    path: str
    member: str
    read: Callable[[Mapping[str, Any]], Model]
    page: Callable[[Sequence[Model], Mapping[str, str]], Mapping[str, Any]]
    one: Callable[[Model], Mapping[str, Any]]

    def read_list(self, raw: bytes) -> list[Model]:
        """Read what an upstream offers; entries without a proper name are left out.

        Raises:
            UpstreamInvalid: It is no such list.
        """
        entries = reply_object(raw).get(self.member)
        if not isinstance(entries, list):
            raise UpstreamInvalid("The upstream's list of models can't be read.")
        return [model for entry in entries if isinstance(entry, dict) and (model := self.read(entry)).id]

    def write_list(self, models: Sequence[Model], query: Mapping[str, str]) -> bytes:
        """Write the page of these models that a query asks for."""
        return orjson.dumps(self.page(models, query))

    def write_one(self, model: Model) -> bytes:
        """Write one model."""
        return orjson.dumps(self.one(model))


def name(value: Any) -> str:
    """Give a name that machines gave, "" for anything else."""
    return name_or_none(value) or ""


def title(value: Any) -> str:
    """Give what people call a model, "" for what doesn't look like it."""
    return value if isinstance(value, str) and _TITLE.fullmatch(value) else ""


def names(values: Any) -> tuple[str, ...]:
    """Give the names in a list."""
    return tuple(filter(None, map(name, values[:_MAX_METHODS]))) if isinstance(values, list) else ()


def known(members: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Give the members whose value is known."""
    return {key: value for key, value in members if value}


count: Final = count_or_zero


def size(query: Mapping[str, str], member: str, default: int, most: int) -> int:
    """Read how long a page is wanted, from 1 to `most`; `default` for what is no number."""
    asked = query.get(member, "")
    return min(max(int(asked), 1), most) if asked.isdecimal() and len(asked) < 6 else default
