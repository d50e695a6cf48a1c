"""Presidio's English recognisers, as Presidio's own registry loads them, without a language model or the network."""

import logging
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

import regex
import tldextract.tldextract
from presidio_analyzer import EntityRecognizer, PatternRecognizer
from presidio_analyzer.predefined_recognizers import PhoneRecognizer
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider
from presidio_analyzer.recognizer_registry.recognizers_loader_utils import (
    RecognizerConfigurationLoader,
    RecognizerListLoader,
)

from detectors.text.languages.catalog import CONTEXT
from detectors.text.phones.numbering import REGIONS
from detectors.text.rules import patterns_of

LANGUAGE = "en"
FLAGS = regex.IGNORECASE | regex.MULTILINE | regex.DOTALL
"""What Presidio compiles all its patterns with."""

HOPELESS = 0.05
"""Patterns scoring less, of a recogniser without a check of its own, are left out (see README.md)."""

PRESIDIO = version("presidio-analyzer")


def load_recognizers(
    countries: Iterable[str] | None = None, phone_regions: Iterable[str] | None = None
) -> list[EntityRecognizer]:
    """Load the pattern recognisers for English text and the phone recogniser, those included that Presidio has off.

    `countries` (ISO 3166 alpha-2, such as `us`, `uk`) keeps only these countries' identifiers and the international
    ones; None keeps all. `phone_regions` (ISO 3166 alpha-2, in capitals) are those whose phone numbers are found
    without their country code, None Presidio's eight. Recognisers that need a model are no part of this.

    Raises:
        ValueError: libphonenumber knows no such region.
    """
    _keep_text_out_of_logs()
    _use_bundled_suffixes()
    listed = RecognizerConfigurationLoader.get(registry_configuration={"supported_languages": [LANGUAGE]})[
        "recognizers"
    ]
    configuration = {
        "supported_languages": [LANGUAGE],
        "global_regex_flags": FLAGS,
        "recognizers": [{**entry, "enabled": True} for entry in listed if _wanted(entry)],
    }
    recognizers = (
        RecognizerRegistryProvider(registry_configuration=configuration).create_recognizer_registry().recognizers
    )
    if countries is not None:
        recognizers = RecognizerListLoader.filter_by_countries(recognizers, countries)
    local = [_with_words(_without_hopeless(recognizer)) for recognizer in recognizers if _is_local(type(recognizer))]
    return local if phone_regions is None else [_in_regions(recognizer, tuple(phone_regions)) for recognizer in local]


def _wanted(entry: Mapping[str, Any]) -> bool:
    languages = entry.get("supported_languages")
    names = [item if isinstance(item, str) else item["language"] for item in languages or [LANGUAGE]]
    return LANGUAGE in names and _is_local(RecognizerListLoader.get_existing_recognizer_cls(entry["name"]))


def _is_local(kind: type[EntityRecognizer]) -> bool:
    return issubclass(kind, PatternRecognizer) or kind is PhoneRecognizer


def _without_hopeless(recognizer: EntityRecognizer) -> EntityRecognizer:
    """Leave out what says next to nothing and costs much: `IN_PAN (Low)` takes every tenth word, in quadratic time."""
    if isinstance(recognizer, PatternRecognizer) and not _checks(recognizer):
        hopeful = [pattern for pattern in patterns_of(recognizer) if pattern.score >= HOPELESS]
        recognizer.patterns = hopeful  # type: ignore[has-type] # as in patterns_of
    return recognizer


def _in_regions(recognizer: EntityRecognizer, regions: tuple[str, ...]) -> EntityRecognizer:
    if isinstance(recognizer, PhoneRecognizer):
        if unknown := sorted(set(regions) - REGIONS):
            raise ValueError(f"no region of phone numbers: {', '.join(unknown)}")
        recognizer.supported_regions = regions
    return recognizer


def _with_words(recognizer: EntityRecognizer) -> EntityRecognizer:
    """Add the words of other languages that speak for its hits."""
    words = CONTEXT.get(recognizer.supported_entities[0], ())
    if words:
        recognizer.context = [*(recognizer.context or ()), *words]
    return recognizer


def _checks(recognizer: PatternRecognizer) -> bool:
    return type(recognizer).validate_result is not PatternRecognizer.validate_result


def _keep_text_out_of_logs() -> None:
    """Presidio logs the text that it could not validate as an error, tldextract logs domains when debugging."""
    for name in ("presidio-analyzer", "tldextract"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _use_bundled_suffixes() -> None:
    """Keep tldextract, which checks e-mail domains, from fetching the public suffix list and writing it to a folder.

    Its module-wide extractor is replaced, not just the e-mail recogniser's: nothing in this process may call out.
    """
    offline = tldextract.tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())
    offline("example.org")  # read the bundled list now, not in somebody's first request
    tldextract.tldextract.TLD_EXTRACTOR = offline
