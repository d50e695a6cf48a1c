r"""How models bend tokens: the tables of what may stand for a bracket or an underscore, and the patterns made of them.

A token is `<EMAIL_ADDRESS_k3f9a>`. Bent, it has other brackets or none, is escaped for Markdown, HTML, JSON or a URL,
has blanks or markup inside, other case. Its letters and digits are always all there, in their order.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from gateway.pseudonyms.token import ALPHABET

OPENERS: Final = (
    "<", "\\<", "\\\\<", "&lt;", "&amp;lt;", "&#60;", "&#x3c;", "%3c", "%253c", "\\u003c", "\\\\u003c",
    "\\u0026lt;", "\u2039", "\uff1c", "\u3008", "\u27e8", "\u2329",
)  # fmt: skip
"""What may stand for `<`; it goes when the token does."""

CLOSERS: Final = (
    ">", "\\>", "\\\\>", "&gt;", "&amp;gt;", "&#62;", "&#x3e;", "%3e", "%253e", "\\u003e", "\\\\u003e",
    "\\u0026gt;", "\u203a", "\uff1e", "\u3009", "\u27e9", "\u232a",
)  # fmt: skip
"""What may stand for `>`."""

UNDERSCORES: Final = (
    "_", "\\_", "\\\\_", "%5f", "%255f", "&#95;", "&#x5f;", "&lowbar;", "\\u005f", "\\\\u005f", "\uff3f",
)  # fmt: skip
"""What may stand for `_` anywhere."""

LOOSE: Final = ("-", "\u2010", "\u2011", " ", "\u00a0", "\u202f", "\\", "+", "%20")
"""What may stand for `_` where that can be no accident: between brackets, or with a suffix that no word looks like."""

EMPHASIS: Final = "[*`~]{0,3}"
_ENCODED: Final = tuple(form for form in (*OPENERS, *CLOSERS, *UNDERSCORES, "%20") if len(form) > 1)


def any_of(forms: Iterable[str]) -> str:
    """Give a pattern for any of these strings, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) + ")"


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that takes either case of ASCII's letters, and no other letter for one of them."""
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


JOINTS: Final = "_-\\ +*`~;f0\u2010\u2011\u00a0\u202f\uff3f"
"""The last sign of each of `UNDERSCORES` and `LOOSE`: with the f of `%5F`, the 0 of `%20`."""

SUFFIX: Final = compiled(rf"(?<=[{re.escape(JOINTS)}])([{ALPHABET}]{{5,8}})(?![0-9A-Za-z])")
"""What may be a suffix."""

OPENING: Final = compiled(rf"({any_of(OPENERS)}/? ?)({EMPHASIS}|_{{1,2}})\Z")
CLOSING: Final = compiled(rf"({EMPHASIS}|_{{1,2}})( ?/?{any_of(CLOSERS)})")
BARE_CLOSING: Final = compiled(any_of(CLOSERS))
MARKUP: Final = re.compile(EMPHASIS)
BOX: Final = re.compile(r"(?<![0-9A-Za-z_\])!$\[{])(\[{1,2}|\{{1,2}) ?\Z")
"""Square or curly brackets, where they are not a subscript, an image, or a variable of a shell."""
END_OF_BOX: Final = re.compile(r" ?(\]{1,2}|\}{1,2})(?![(\[:\]}])")

ENCODED: Final = compiled(any_of(_ENCODED))
BEGUN: Final = compiled(any_of({form[:end] for form in _ENCODED for end in range(1, len(form))}) + r"\Z")
"""The beginning of an encoded form at the end of a text."""

_SINGLE: Final = "".join(form for form in (*OPENERS, *CLOSERS, *UNDERSCORES, *LOOSE) if len(form) == 1)
FILLING: Final = re.compile(rf"[{re.escape(_SINGLE)}\[\]{{}}/*`~\t\r\n]+")
"""What may stand before, between and behind the letters of a bent token."""


@lru_cache(1024)
def head_pattern(head: str) -> re.Pattern[str]:
    """Give what finds a type (`EMAIL_ADDRESS`), however its words are joined, with what joins it to the suffix.

    It matches at the end of a text; its group `joint` is what stands between type and suffix.
    """
    joint = rf"{EMPHASIS} ?(?:{any_of(UNDERSCORES)}|{any_of(LOOSE)}) ?{EMPHASIS}"
    words = rf"(?:{joint})?".join(map(re.escape, head.split("_")))
    return compiled(rf"{words}(?P<joint>{joint})\Z")


IS_JOINED: Final = compiled(rf".*{any_of(UNDERSCORES)}.*")
"""Whether a joint holds a real underscore, in some form."""
