"""The real detector with its prefilter built. Building takes half a minute, so the databases outlive the test run."""

import os
import tempfile
from functools import cache
from pathlib import Path

import pytest

from detectors.catalog import pattern_detector
from detectors.finding import Finding, Passage
from detectors.text.database import is_available
from detectors.text.patterns import PatternDetector
from tests.parts import missing

CACHE = Path(tempfile.gettempdir()) / f"airlock-tests-prefilter-{os.getuid()}"
SECONDS = 60.0


@cache
def ready_detector() -> PatternDetector:
    detector = pattern_detector(CACHE)
    if not detector.wait_ready(110):
        detector.close()
        pytest.fail("The prefilter was not built within 110 seconds.", pytrace=False)
    return detector


def require_prefilter() -> PatternDetector:
    if not is_available():
        missing("Hyperscan", "Its wheel exists for Linux on x86-64: `pip install hyperscan`.")
    return ready_detector()


def find(detector: PatternDetector, text: str) -> list[Finding]:
    return detector.inspect([Passage("slot", text)], SECONDS)
