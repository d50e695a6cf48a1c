"""Which names of types mean the same kind of personal data, in files and in findings."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from detectors.encoder.format import ENTITIES, LABELS
from detectors.evaluation.errors import BadOption
from detectors.finding import SECRET_PREFIX

OTHER_NUMBER: Final = "ID"
"""The kind of all numbers of documents, accounts and licences that have none of their own."""
AGE: Final = "AGE"
"""The one kind of its own that patterns find and no model does."""
NEITHER: Final = "NONE"
"""What a type is renamed to so that its words count neither as personal nor as not."""

ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        alias: kind
        for kind, aliases in {
            "PERSON": "PER NAME PERSON_NAME FIRST_NAME LAST_NAME",
            "LOCATION": "LOC GPE FAC CITY STATE COUNTRY",
            "ORGANIZATION": "ORG ORGANISATION COMPANY",
            "ADDRESS": "STREET STREET_ADDRESS ZIP_CODE POSTCODE UK_POSTCODE CA_POSTAL_CODE",
            "DATE_TIME": "DATE TIME DATE_OF_BIRTH",
            "NRP": "NORP NATIONALITY",
            "USERNAME": "USER_NAME HANDLE",
            "PHONE_NUMBER": "PHONE",
            "EMAIL_ADDRESS": "EMAIL",
            "CREDIT_CARD": "CREDIT_CARD_NUMBER",
            "IBAN_CODE": "IBAN",
            "US_SSN": "SSN",
            "IP_ADDRESS": "IP",
            "URL": "URI DOMAIN_NAME",
            "ID": "ID_NUMBER DRIVER_LICENSE PASSPORT PASSPORT_NUMBER ACCOUNT_NUMBER BANK_ACCOUNT LICENSE_PLATE",
        }.items()
        for alias in aliases.split()
    }
)


class Kinds:
    """The kinds that detectors can find, and the names that lead to them."""

    def __init__(self, labels: Iterable[str], renamed: Mapping[str, str] | None = None) -> None:
        """Take the labels that the detectors can emit.

        A label of an entity is its own kind, and so is an age; one that has an alias is that kind; any other number
        that a pattern knows (`US_PASSPORT`, `UK_NHS`) is an `ID`, since the encoder tells no two of them apart. Secrets
        and labels of whole texts are no personal data. `renamed` goes before all of this; what it calls `NONE` counts
        neither way. Files write types in any case, so `age` is an age here, whatever a judgement of that name says.
        """
        self._renamed = {_plain(old): _plain(new) for old, new in (renamed or {}).items()}
        self._numbers = {label for label in labels if label not in LABELS and not label.startswith(SECRET_PREFIX)}
        self._found = {self._kind(label) for label in self._numbers} - {None, NEITHER}

    def of(self, name: str) -> str | None:
        """Give the kind that a type's name stands for, or None if no detector at hand finds it."""
        kind = self._kind(name)
        return kind if kind in self._found or kind == NEITHER else None

    def names(self, types: Iterable[str]) -> dict[str, str]:
        """Give the name under which each kind is reported: the file's own if it has just one name for it."""
        named: dict[str, set[str]] = {}
        for name in types:
            if (kind := self.of(name)) not in {None, NEITHER}:
                named.setdefault(str(kind), set()).add(name)
        return {kind: next(iter(own)) if len(own) == 1 else kind for kind, own in sorted(named.items())}

    def _kind(self, name: str) -> str | None:
        plain = _plain(name)
        plain = self._renamed.get(plain, plain)
        if plain in ENTITIES or plain in {AGE, NEITHER}:
            return plain
        return ALIASES.get(plain) or (OTHER_NUMBER if plain in self._numbers else None)


def _plain(name: str) -> str:
    return name.strip().upper().replace("-", "_").replace(" ", "_")


def parse_renames(texts: Iterable[str]) -> dict[str, str]:
    """Read `A=B,C=D` as A counting as B and C as D.

    Raises:
        BadOption: there is no `=`, or nothing beside it.
    """
    pairs = [pair.partition("=") for text in texts for pair in text.split(",")]
    renamed = {old.strip(): new.strip() for old, _, new in pairs}
    if not all(old and new for old, new in renamed.items()):
        raise BadOption("write which name counts as which as A=B, with a comma between two")
    return renamed
