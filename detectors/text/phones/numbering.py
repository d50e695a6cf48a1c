"""What a region's phone numbers look like, as one expression: tells most digits that are none from those to be parsed.

libphonenumber parses, which takes long, before it says that the digits of a date are no number in a region. The
expression, put together from its own metadata, matches whatever could be taken for valid there.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

import regex
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, SUPPORTED_REGIONS, PhoneMetadata
from phonenumbers.phonenumberutil import _choose_formatting_pattern_for_number, _formatting_rule_has_first_group_only

_PLAIN: Final = re.compile(
    r"[-\u2010-\u2015\u2212\u30fc\uff0d\uff0f \u00a0\u00ad\u200b\u2060\u3000()\uff08\uff09\uff3b\uff3d.\[\]/\d]*"
)
"""Digits and marks that do nothing but group them: the others begin an extension, or a country code."""

_KINDS: Final = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "personal_number", "pager", "uan",
    "voicemail",
)  # fmt: skip

_ALTERNATIVE: Final = regex.compile(
    r"(?:[^\\()\[\]|]|\\.|\[[^\]]*\]|(?P<group>\((?:[^\\()\[\]]|\\.|\[[^\]]*\]|(?&group))*\)))+"
)
"""What stands between two bars that are in no group."""

_COUNTRY_CODES: Final = frozenset(map(str, COUNTRY_CODE_TO_REGION_CODE))
_LONGEST_COUNTRY_CODE: Final = 3

REGIONS: Final = frozenset(SUPPORTED_REGIONS)
"""All that numbers can be searched for, in ISO 3166 alpha-2: none has a valid number that is shorter than
`gates.SHORTEST_PHONE`."""

SHORTEST_FOREIGN: Final = 6
"""Digits of the shortest valid number with its country code (Austria, Germany, Iran)."""


def plain_digits(written: str) -> str | None:
    """Give the digits of a number as it stands in a text, in ASCII; None if it may have more to it than digits."""
    if not _PLAIN.fullmatch(written):
        return None
    digits = "".join(filter(str.isdecimal, written))
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


class Form(NamedTuple):
    """What digits may look like: `before`, then one of `numbers`; a look-ahead, `condition`, must match from the start.

    One that stands `apart` refers to its groups by number.
    """

    numbers: tuple[str, ...]
    before: str = ""
    condition: str = ""
    apart: bool = False


class Numbering:
    """The numbers that are valid when dialled in a region: its own, with or without prefixes, and foreign ones.

    The steps are those of libphonenumber's `parse` and `is_valid_number`: either the international prefix and a
    country code or the own country code are taken away, and up to twice the national prefix; what is left must be of
    some kind of number in a region with that country code. A number in a format that has the national prefix must be
    written with it, as `Leniency.VALID` and all that is stricter wants.
    """

    def __init__(self, code: str) -> None:
        """Take an ISO 3166 alpha-2 code that libphonenumber knows."""
        self.code = code
        metadata: Any = PhoneMetadata.metadata_for_region(code)
        self._country_code = str(metadata.country_code)
        self._numbers = re.compile("|".join(_numbers(metadata.country_code)), re.ASCII)
        self._national = re.compile(metadata.national_prefix_for_parsing or "(?!)")
        self._rule: str = metadata.national_prefix_transform_rule or ""
        self._international = re.compile(metadata.international_prefix or "(?!)")
        self._needs_prefix = _NeedsPrefix(metadata.country_code)

    def forms(self) -> Iterator[Form]:
        """Give the forms of what `may_be` says may be a number; little else has one of them."""
        own = _numbers(int(self._country_code))
        national = f"(?:{self._national.pattern})"
        prefixes = f"{national}{{1,2}}"
        yield Form(own, condition=f"(?={national})|{self._needs_prefix.not_needed}")
        yield Form(own, before=f"(?:{prefixes}|{self._country_code}(?:{prefixes})?)")
        yield Form((rf"\d{{{SHORTEST_FOREIGN},}}",), before=f"(?:{self._international.pattern})")
        if self._rule:  # what is left when the prefix is written anew is anything
            anew = f"(?({self._national.groups})|(?!))"
            yield Form((r"\d*",), before=f"(?:{self._country_code})?{prefixes}{anew}", apart=True)

    def may_be(self, digits: str) -> bool:
        """Say whether these digits may be a valid number here. False is certain."""
        if self._is_local(digits):
            return True
        if digits.startswith(self._country_code) and self._is_own(digits[len(self._country_code) :]):
            return True
        prefix = self._international.match(digits)
        return prefix is not None and _may_be_foreign(digits[prefix.end() :])

    def _is_local(self, digits: str) -> bool:
        has_prefix = self._national.match(digits) is not None
        return self._is_own(digits) and (has_prefix or not self._needs_prefix(digits))

    def _is_own(self, digits: str) -> bool:
        if self._numbers.fullmatch(digits):
            return True
        once = self._without_prefix(digits)
        if once == digits:
            return False
        return bool(self._numbers.fullmatch(once) or self._numbers.fullmatch(self._without_prefix(once)))

    def _without_prefix(self, digits: str) -> str:
        """Take the national prefix away; some regions have a rule that writes the rest anew, or adds an area code."""
        prefix = self._national.match(digits)
        if not prefix:
            return digits
        if self._rule and prefix.groups()[-1] is not None:
            return self._national.sub(self._rule, digits, count=1)
        return digits[prefix.end() :]


class _NeedsPrefix:
    """Says whether a number of a country code, written without national prefix, is in a format that demands it.

    As libphonenumber does, it looks at the main region with that code. `not_needed` matches where it says no.
    """

    def __init__(self, country_code: int) -> None:
        metadata: Any = PhoneMetadata.metadata_for_region(COUNTRY_CODE_TO_REGION_CODE[country_code][0])
        self._formats = metadata.number_format
        self._national = re.compile(metadata.national_prefix_for_parsing or "(?!)")
        needed = "(?!)"
        for form in reversed(self._formats):  # the first that fits counts
            needed = f"(?:{_fits(form)}|{needed})" if _demands_prefix(form) else f"(?:(?!{_fits(form)}){needed})"
        self.not_needed = f"(?:(?={self._national.pattern})|(?!{needed}))"

    def __call__(self, digits: str) -> bool:
        if self._national.match(digits):
            return False
        form: Any = _choose_formatting_pattern_for_number(self._formats, digits)
        return form is not None and _demands_prefix(form)


def _demands_prefix(form: Any) -> bool:
    rule = form.national_prefix_formatting_rule
    optional = form.national_prefix_optional_when_formatting
    return bool(rule) and not optional and not _formatting_rule_has_first_group_only(rule)


def _fits(form: Any) -> str:
    """Give the expression for the digits that a format is for."""
    leading = form.leading_digits_pattern
    return (rf"(?={leading[-1]})" if leading else "") + rf"(?:{form.pattern})\Z"


def _may_be_foreign(digits: str) -> bool:
    return len(digits) >= SHORTEST_FOREIGN and any(
        digits[:size] in _COUNTRY_CODES for size in range(1, _LONGEST_COUNTRY_CODE + 1)
    )


@lru_cache
def _numbers(country_code: int) -> tuple[str, ...]:
    """Give expressions for the numbers of all kinds of the regions that share a country code: one of them matches."""
    regions: list[Any] = [PhoneMetadata.metadata_for_region(name) for name in COUNTRY_CODE_TO_REGION_CODE[country_code]]
    patterns = [
        getattr(region, kind).national_number_pattern for region in regions for kind in _KINDS if getattr(region, kind)
    ]
    return tuple(dict.fromkeys(one.group() for pattern in patterns for one in _ALTERNATIVE.finditer(pattern)))
