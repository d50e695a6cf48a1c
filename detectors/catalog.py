"""What a gateway runs: the detectors put together, and the labels that policies can name."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detectors.background import BackgroundDetector
from detectors.encoder.format import ENTITIES, LABELS
from detectors.references import refs_of
from detectors.serving.options import CACHE_BYTES, ServiceOptions
from detectors.suite import Limits, Suite
from detectors.text.absent import absent

if TYPE_CHECKING:
    from detectors.encoder.detector import EncoderDetector
    from detectors.lists.tenants import TenantLists
    from detectors.text.patterns import PatternDetector
    from detectors.text.rules import Rule

_HEAVY: Final = ("torch", "transformers")
"""What Presidio imports when it is installed, for recognisers that are not used here: seconds, and much memory."""


PATTERN_CACHE_BYTES: Final = 8 * 2**20
"""Room for what patterns find in some twenty thousand messages: a chat brings its earlier ones with each call."""


def default_suite(
    cache_dir: Path | None = None,
    limits: Limits | None = None,
    countries: Iterable[str] | None = None,
    by_meaning: "Sequence[EncoderOptions | ServiceOptions]" = (),
    recognizers: Path | None = None,
    lists: Path | None = None,
    phone_regions: tuple[str, ...] | None = None,
) -> Suite:
    """Make the suite of a gateway: personal identifiers and secrets by pattern, and what reads `by_meaning`.

    Compiled patterns are kept in `cache_dir` (default: the user's cache folder). Importing the recognisers takes about
    a second; what must be compiled is compiled in the background. `countries` is as in `load_recognizers`,
    `recognizers` a file of the operator's own (`text/custom_file.py`), `lists` one of tenants' (`lists/file.py`),
    `phone_regions` as in `load_recognizers`.

    Raises:
        ListsUnusable, RecognizersUnusable: that file can't be used.
        WeightsUnusable: the encoder's files are missing, or not what they should be.
    """
    custom = custom_recognizers(recognizers) if recognizers else NONE
    of_tenants = tenant_lists(lists) if lists else None
    readers = [meaning_detector(options) for options in by_meaning]
    patterns = pattern_detector(cache_dir, countries, PATTERN_CACHE_BYTES, custom, phone_regions)
    return Suite([patterns, *readers], limits, of_tenants)


@dataclass(frozen=True, slots=True)
class EncoderOptions:
    """How the encoder runs. `threads` work on one run, by default as many as there are processors, up to four.

    `cache_bytes` is room for the findings of texts that were read before, 0 for none.
    """

    weights: Path
    threads: int | None = None
    cache_bytes: int = CACHE_BYTES


def shipped_weights() -> Path:
    """Give the folder of the weights that come with this package, whether or not it is there."""
    return Path(__file__).parent / "weights"


def meaning_detector(options: "EncoderOptions | ServiceOptions") -> BackgroundDetector:
    """Make a detector that reads for meaning: in this process, or at a service, which may come up later.

    Raises:
        WeightsUnusable: the files of an encoder in this process are missing, or not what they should be.
    """
    if isinstance(options, EncoderOptions):
        return encoder_detector(options)
    from detectors.serving.remote import RemoteDetector

    return RemoteDetector(options)


def encoder_detector(options: "EncoderOptions") -> "EncoderDetector":
    """Load the encoder, which takes up to a second.

    Raises:
        WeightsUnusable: its files are missing, or not what they should be.
    """
    from detectors.encoder.detector import EncoderDetector
    from detectors.encoder.files import read_encoder
    from detectors.encoder.model import MOST_THREADS, load_encoder, own_cores
    from detectors.encoder.shared import SharedEncoder

    encoder = load_encoder(read_encoder(options.weights), options.threads)
    at_a_time = max(1, own_cores() // MOST_THREADS)
    return EncoderDetector(encoder, SharedEncoder(encoder, options.cache_bytes, at_a_time))


@dataclass(frozen=True, slots=True)
class CustomRules:
    """Rules of the operator's own, and the digest of the file that they were read from."""

    rules: "tuple[Rule, ...]"
    digest: str


NONE: Final = CustomRules((), "")


def custom_recognizers(file: Path) -> CustomRules:
    """Read recognisers of the operator's own.

    Raises:
        RecognizersUnusable: the file can't be used, or names a label that is taken.
    """
    with absent(*_HEAVY):
        from detectors.text.custom_file import read_recognizers
        from detectors.text.custom_rules import custom_rules

    read, digest = read_recognizers(file)
    taken = {*labels(), *ENTITIES, *LABELS}
    return CustomRules(custom_rules(read, file, taken), digest)


def tenant_lists(file: Path) -> "TenantLists":
    """Read what tenants list as personal data, and as none.

    Raises:
        ListsUnusable: the file can't be used.
    """
    from detectors.lists.file import read_lists
    from detectors.lists.tenants import TenantLists

    return TenantLists(read_lists(file))


def pattern_detector(
    cache_dir: Path | None = None,
    countries: Iterable[str] | None = None,
    cache_bytes: int = 0,
    custom: CustomRules = NONE,
    phone_regions: tuple[str, ...] | None = None,
) -> "PatternDetector":
    """Make the pattern detector and start building its prefilter. `cache_bytes` is room to remember findings."""
    with absent(*_HEAVY):
        from detectors.encodings import VERSION as READING
        from detectors.text.cards.recognizer import VERSION as CARDS
        from detectors.text.languages.catalog import VERSION as LANGUAGES
        from detectors.text.national.catalog import VERSION as NUMBERS
        from detectors.text.patterns import PatternDetector, gates_of
        from detectors.text.pii import PRESIDIO
        from detectors.text.prefilter import Prefilter
        from detectors.text.prefilter_cache import PrefilterCache
        from detectors.text.secrets.kind import VERSION as SECRETS

    rules = [*pattern_rules(countries, phone_regions), *custom.rules]
    folder = cache_dir or user_cache_dir()
    prefilter = Prefilter(gates_of(rules), PrefilterCache(folder) if folder else None)
    detector = PatternDetector(
        rules,
        prefilter,
        f"presidio-{PRESIDIO}+cards-{CARDS}+numbers-{NUMBERS}+languages-{LANGUAGES}+secrets-{SECRETS}+reading-{READING}"
        + (f"+phones-{'.'.join(phone_regions)}" if phone_regions is not None else "")
        + (f"+custom-{custom.digest}" if custom.digest else ""),
        {rule.label: refs_of(rule.label) for rule in rules},
        cache_bytes,
    )
    prefilter.start()
    return detector


def pattern_rules(countries: Iterable[str] | None = None, phone_regions: tuple[str, ...] | None = None) -> "list[Rule]":
    """Load every recogniser as a rule: Presidio's first, then cards, national numbers, languages and secrets."""
    with absent(*_HEAVY):
        from detectors.text.cards.recognizer import card_recognizers
        from detectors.text.languages.catalog import language_recognizers
        from detectors.text.national.catalog import national_recognizers
        from detectors.text.pii import load_recognizers
        from detectors.text.rule_choice import rule_of
        from detectors.text.secrets.catalog import secret_recognizers

    numbers = (*load_recognizers(countries, phone_regions), *card_recognizers(), *national_recognizers(countries))
    recognizers = (*numbers, *language_recognizers(), *secret_recognizers())
    return [rule_of(recognizer) for recognizer in recognizers]


@cache
def labels() -> frozenset[str]:
    """Give all labels that the default suite can emit."""
    return frozenset(rule.label for rule in pattern_rules())


def known_phone_regions() -> frozenset[str]:
    """Give all regions whose phone numbers can be searched for, in ISO 3166 alpha-2."""
    from detectors.text.phones.numbering import REGIONS

    return REGIONS


def user_cache_dir() -> Path | None:
    """Give the folder for caches by the XDG Base Directory rules, or None for a user without a home."""
    stated = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(stated) if stated.startswith("/") else Path.home() / ".cache") / "airlock"
    except RuntimeError:
        return None
