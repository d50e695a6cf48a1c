"""First and last names of many cultures in Latin letters: Faker's own lists, whole, some of them romanised here."""

import importlib
import re
from functools import cache
from typing import Any, Final, NamedTuple

from detectors.training.made.entities.word_lists import words

ENGLISH: Final = ("en_US", "en_GB", "en_IE", "en_NZ")
EUROPEAN: Final = (
    *("de_DE", "de_AT", "de_CH", "fr_FR", "fr_BE", "fr_CH", "fr_CA", "es_ES", "es_MX", "es_AR", "es_CO", "es_CA"),
    *("it_IT", "nl_NL", "nl_BE", "pt_PT", "pt_BR", "sv_SE", "da_DK", "no_NO", "fi_FI", "cs_CZ", "sk_SK", "sl_SI"),
    *("hr_HR", "hu_HU", "ro_RO", "et_EE", "lt_LT", "lv_LV", "ga_IE", "is_IS", "pl_PL", "tr_TR"),
)
FARTHER: Final = (
    *("en_IN", "en_KE", "en_NG", "en_PK", "en_TH", "id_ID", "fr_DZ", "tw_GH", "yo_NG", "zu_ZA", "ha_NG", "ig_NG"),
    *("az_AZ", "uz_UZ", "ja_JP", "zh_CN", "zh_TW", "vi_VN"),
)
TO_ROMANISE: Final = ("ru_RU", "uk_UA", "bg_BG", "el_GR")
WRITTEN_HERE: Final = ("korean", "arabic", "persian", "hebrew", "vietnamese", "chinese", "polish", "eritrean")
CULTURES: Final = (*ENGLISH, *EUROPEAN, *FARTHER, *TO_ROMANISE, *WRITTEN_HERE)

_NAME = re.compile(r"[^\W\d_][^\W\d_'\u2019 .-]*(?:[ '\u2019-][^\W\d_]+\.?)*")
_LATIN = re.compile(r"[ -\u02af\u1e00-\u1eff\u2019]+")
_LETTERS: Final = dict(pair.split("=") for pair in words("letters", "cyrillic") + words("letters", "greek"))


class Names(NamedTuple):
    """Different names of one culture."""

    first: tuple[str, ...]
    last: tuple[str, ...]


@cache
def names(culture: str) -> Names:
    """Give the names of one of CULTURES."""
    if culture in WRITTEN_HERE:
        return Names(words("names", f"{culture} first"), words("names", f"{culture} last"))
    provider = importlib.import_module(f"faker.providers.person.{culture}").Provider
    first = _usable(_lists(provider, "first_romanized_names") or _lists(provider, "first_names"))
    last = _usable(_lists(provider, "last_romanized_names") or _lists(provider, "last_names"))
    if culture == "is_IS":
        last = tuple(f"{name}{end}" for name in first if name[-1] in "nr" for end in ("sson", "sdóttir"))
    if culture == "vi_VN":
        first = names("vietnamese").first
    if culture == "pl_PL":
        last = names("polish").last
    return Names(first, last)


def _lists(provider: Any, stem: str) -> list[str]:
    """Join all lists of the provider whose name begins like this: some are by gender, some are weighted."""
    found = [getattr(provider, stem, ()), *(getattr(provider, f"{stem}_{kind}", ()) for kind in _KINDS)]
    return [name for names in found if not isinstance(names, property) for name in names]


_KINDS: Final = ("male", "female", "men", "women", "nonbinary", "unisex")


def _usable(names: list[str]) -> tuple[str, ...]:
    romanised = (_romanised(name.strip()) for name in names)
    return tuple(
        sorted({name for name in romanised if _NAME.fullmatch(name) and _LATIN.fullmatch(name) and "auch " not in name})
    )


def _romanised(name: str) -> str:
    if _LATIN.fullmatch(name):
        return name.title() if name.isupper() else name
    return "".join(_LETTERS.get(letter, letter) for letter in name.lower()).title()
