import subprocess
import sys
from pathlib import Path

import pytest

from detectors.catalog import default_suite, labels, user_cache_dir
from detectors.finding import Passage, Status
from detectors.references import refs_of

README = Path(__file__).parents[3] / "detectors" / "README.md"


@pytest.mark.parametrize("module", ["detectors.finding", "detectors.suite", "detectors.catalog"])
def test_importing_the_contracts_imports_no_heavy_library(module):
    heavy = {"presidio_analyzer", "spacy", "hyperscan", "numpy", "onnxruntime", "tokenizers"}
    program = f"import sys, {module}; print(sorted({heavy} & sys.modules.keys()))"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


async def test_the_default_suite_answers_at_once_while_nothing_is_compiled_yet(tmp_path):
    suite = default_suite(tmp_path / "cache")
    try:
        screening = await suite.screen([Passage("s", "Mail ann.lee@example.com.")])
    finally:
        suite.close()
    assert screening.coverage.reports[0].status is Status.OK
    assert "EMAIL_ADDRESS" in {finding.label for finding in screening.findings}


def test_every_label_has_a_reference_and_a_line_in_the_readme():
    text = README.read_text()
    assert all(refs_of(label) == ("OWASP-LLM-2025:LLM02",) for label in labels())
    assert [label for label in sorted(labels()) if f"`{label}`" not in text] == []


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("/var/cache", Path("/var/cache/airlock")), ("", "home"), ("relative", "home")],
    ids=["as stated", "unset", "a relative one is ignored, as XDG says"],
)
def test_the_cache_folder_follows_xdg(monkeypatch, tmp_path, stated, expected):
    monkeypatch.setenv("XDG_CACHE_HOME", stated)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert user_cache_dir() == (tmp_path / ".cache" / "airlock" if expected == "home" else expected)
