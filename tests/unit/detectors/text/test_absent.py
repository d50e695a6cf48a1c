"""Heavy libraries that happen to be installed stay out of a gateway."""

import importlib
import subprocess
import sys

import pytest

from detectors.text.absent import absent


def test_a_package_is_not_there_inside_and_is_afterwards() -> None:
    sys.modules.pop("colorsys", None)
    with absent("colorsys"), pytest.raises(ImportError):
        importlib.import_module("colorsys")
    assert importlib.import_module("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)


def test_what_is_loaded_stays() -> None:
    with absent("sys", "json"):
        assert importlib.import_module("json") is sys.modules["json"]


def test_a_suite_of_patterns_loads_no_model_library() -> None:
    program = "import sys; from detectors.catalog import pattern_rules; pattern_rules(); print('torch' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert told.stdout == "False\n"
