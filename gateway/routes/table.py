"""Which endpoint answers a path: exact paths by one look, templates in their order."""

import re
from collections.abc import Container, Iterator, Mapping
from typing import Final

from starlette.types import ASGIApp

_NAME: Final = re.compile(r"\{([a-z_]+)(?::([A-Za-z0-9]+(?:\|[A-Za-z0-9]+)*))?\}")
_NONE: Final[Mapping[str, str]] = {}

Found = tuple[ASGIApp, Mapping[str, str]]
"""An endpoint and the values of its template's names."""


class Table:
    """Endpoints by method and path template.

    `{name}` matches one segment's part, at least one character of it, `{name:one|other}` one of these words.
    """

    def __init__(self) -> None:
        self._exact: dict[tuple[str, str], ASGIApp] = {}
        self._templates: list[tuple[str, re.Pattern[str], ASGIApp]] = []
        self._below: list[tuple[Container[str], str, ASGIApp]] = []

    def add(self, method: str, template: str, endpoint: ASGIApp) -> None:
        """Add an endpoint. Of templates that match the same path the one that was added first counts."""
        if "{" not in template:
            self._exact[method, template] = endpoint
            return
        self._templates.append((method, re.compile(_pattern(template)), endpoint))

    def add_below(self, methods: Container[str], prefix: str, endpoint: ASGIApp) -> None:
        """Add an endpoint for every path that begins with this and that no template matches, the first added first."""
        self._below.append((methods, prefix, endpoint))

    def find(self, method: str, path: str) -> Found | None:
        """Give the endpoint of a path, None for none."""
        endpoint = self._exact.get((method, path))
        return (endpoint, _NONE) if endpoint is not None else next(self._matching(method, path), None)

    def _matching(self, method: str, path: str) -> Iterator[Found]:
        for known, pattern, endpoint in self._templates:
            if known == method and (match := pattern.fullmatch(path)):
                yield endpoint, match.groupdict()
        for methods, prefix, endpoint in self._below:
            if path.startswith(prefix) and method in methods:
                yield endpoint, _NONE


def _pattern(template: str) -> str:
    parts: list[str] = []
    position = 0
    for name in _NAME.finditer(template):
        parts += re.escape(template[position : name.start()]), f"(?P<{name[1]}>{name[2] or '[^/]+'})"
        position = name.end()
    return "".join([*parts, re.escape(template[position:])])
