r"""Find issued tokens in a model's text, which may have bent them a little.

Reading is tolerant, the index exact. Models change the case (`<Person_K3F9A>`), lose a bracket, or escape for Markdown
or HTML (`PERSON\_k3f9a`, `&lt;PERSON_k3f9a&gt;`); a token that differs in one letter stands for nobody.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

LEFT: Final = ("\\<", "&lt;", "<")
RIGHT: Final = ("\\>", "&gt;", ">")
LEFT_IN_JSON: Final = ("\\u003c", *LEFT)
RIGHT_IN_JSON: Final = ("\\u003e", *RIGHT)

_SUFFIX = re.compile(r"_([0-9A-Za-z]{5,})")
_STARTS = re.compile(r"[<\\&]|(?<![0-9A-Za-z_])[A-Za-z]")
_WORD: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_")
_BEGUN: Final[dict[tuple[str, ...], frozenset[str]]] = {
    forms: frozenset(form[:end] for form in forms for end in range(len(form)))
    for forms in (LEFT, LEFT_IN_JSON, RIGHT, RIGHT_IN_JSON)
}
"""What each set of brackets may look like before its last character has come."""


class Hit(NamedTuple):
    """An issued token in a text: the stretch to replace, and the surface that it stands for."""

    start: int
    end: int
    surface: str


class _Entry(NamedTuple):
    heads: tuple[str, str]
    token: str
    surface: str


class TokenIndex:
    """The tokens of one call, ready to be looked up. `longest` bounds every form in characters, 0 without tokens."""

    __slots__ = ("_bodies", "_body_set", "_by_suffix", "longest")

    def __init__(self, surfaces: Mapping[str, str]) -> None:
        self._by_suffix: dict[str, list[_Entry]] = {}
        bodies: list[str] = []
        for token, surface in surfaces.items():
            head, _, suffix = token[1:-1].lower().rpartition("_")
            bent = head.replace("_", "\\_") + "\\"
            self._by_suffix.setdefault(suffix, []).append(_Entry((head, bent), token, surface))
            bodies += f"{head}_{suffix}", f"{bent}_{suffix}"
        self._bodies = sorted(bodies)
        self._body_set = frozenset(bodies)
        self.longest = max(map(len, bodies)) + len("\\u003c\\u003e") if bodies else 0

    def hits(
        self, text: str, before: str = "", left: tuple[str, ...] = LEFT, right: tuple[str, ...] = RIGHT
    ) -> Iterator[Hit]:
        """Give the issued tokens of a text from left to right. `before` is the character in front of it, if any."""
        if not self._by_suffix:
            return
        for match in _SUFFIX.finditer(text):
            entries = self._by_suffix.get(match[1].lower())
            hit = entries and self._hit(text, match, entries, before, left, right)
            if hit:
                yield hit

    def open_from(
        self, text: str, before: str = "", left: tuple[str, ...] = LEFT, right: tuple[str, ...] = RIGHT
    ) -> int:
        """Give where the tail begins that more text may make an issued token, or the text's length if none does."""
        if text[-1:].isspace():  # no form of a token holds white space, and most chunks end with some
            return len(text)
        for match in _STARTS.finditer(text, max(0, len(text) - self.longest)):
            start = match.start()
            if start == 0 and before in _WORD and match[0] not in "<\\&":
                continue
            if self._may_go_on(text[start:].lower(), left, right):
                return start
        return len(text)

    def _hit(
        self,
        text: str,
        match: re.Match[str],
        entries: list[_Entry],
        before: str,
        left: tuple[str, ...],
        right: tuple[str, ...],
    ) -> Hit | None:
        for heads, token, surface in entries:
            for head in heads:
                start = match.start() - len(head)
                if start < 0 or text[start : match.start()].lower() != head:
                    continue
                if start and text[start - 1 : match.end() + 1] == token:
                    return Hit(start - 1, match.end() + 1, surface)
                hit = _bent(text, start, match.end(), before, left, right, surface)
                if hit:
                    return hit
        return None

    def _may_go_on(self, tail: str, left: tuple[str, ...], right: tuple[str, ...]) -> bool:
        if tail in _BEGUN[left]:
            return True
        opening = next((form for form in left if tail.startswith(form)), "")
        body = tail[len(opening) :]
        place = bisect_left(self._bodies, body)
        if place < len(self._bodies) and self._bodies[place].startswith(body):
            return True
        return any(body.endswith(form) and body[: len(body) - len(form)] in self._body_set for form in _BEGUN[right])


def _bent(
    text: str, start: int, end: int, before: str, left: tuple[str, ...], right: tuple[str, ...], surface: str
) -> Hit | None:
    """Take in whatever brackets there are; where there is none, the token must stand alone as a word."""
    opening = next((form for form in left if text[max(0, start - len(form)) : start].lower() == form), "")
    closing = next((form for form in right if text[end : end + len(form)].lower() == form), "")
    if not opening and (text[start - 1] if start else before) in _WORD:
        return None
    if not closing and text[end : end + 1] in _WORD:
        return None
    return Hit(start - len(opening), end + len(closing), surface)
