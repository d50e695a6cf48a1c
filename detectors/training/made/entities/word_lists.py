"""Word lists lie in `words/*.txt`: sections that begin with `## name`, words divided by "|" or line breaks."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from detectors.training.made import entities


def words(file: str, section: str) -> tuple[str, ...]:
    """Give the words of one section, as often as they stand there. Blanks around a word belong to it."""
    return sections(file)[section]


@cache
def sections(file: str) -> Mapping[str, tuple[str, ...]]:
    """Read all sections of one file."""
    found: dict[str, list[str]] = {}
    section: list[str] = []
    for line in (resources.files(entities) / "words" / f"{file}.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            section = found[line[3:]] = []
        elif line and not line.startswith("# "):
            section += line.split("|")
    return {name: tuple(listed) for name, listed in found.items()}
