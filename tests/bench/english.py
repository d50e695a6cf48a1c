"""`python -m tests.bench.english FILE...`: is English left alone by what looks for other languages?

Counts, in files of English texts (one JSON object with a `text` a line), the rows that are told to be in another
language, and the values that the forms of German, French, Spanish and Italian find in them.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from detectors.encoder.languages import unread_language
from detectors.encoder.normalise import normalise
from detectors.evaluation.rows import read_rows
from detectors.text.deadline import Deadline
from detectors.text.languages.catalog import language_recognizers
from detectors.text.rule_choice import rule_of
from tests.bench.table import lined_up

_HEAD = ("file", "rows", "language", "language.patterns", "found by forms")
_ROW_S = 60.0


def counted(texts: Sequence[str]) -> Counter[str]:
    """Count rows that are told to be in another language, by the reason, and what forms find, as `forms`."""
    rules = [rule_of(recognizer) for recognizer in language_recognizers() if not recognizer.name.startswith("en ")]
    total = Counter[str]()
    for text in texts:
        total[unread_language(normalise(text).text) or ""] += 1
        for rule in rules:
            total["forms"] += len(rule.find(text, range(len(rule.gates)), Deadline(_ROW_S)))
    return total


def main(arguments: Sequence[str] | None = None) -> int:
    """Count and print. Gives the exit code."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.english", description=__doc__)
    options.add_argument("files", type=Path, nargs="+")
    options.add_argument("--limit", type=int, help="At most so many rows a file, always the same ones.")
    asked = options.parse_args(arguments)
    rows, sums = [_HEAD], Counter[str]()
    for file in asked.files:
        texts = [row.text for row in read_rows(file, asked.limit)]
        one = counted(texts)
        one["rows"] = len(texts)
        sums.update(one)
        rows.append(_row(file.stem, one))
    print(lined_up([*rows, _row("all", sums)], 1))
    return 0


def _row(name: str, counts: Counter[str]) -> tuple[str, ...]:
    return (name, *(f"{counts[key]:,}" for key in ("rows", "language", "language.patterns", "forms")))


if __name__ == "__main__":
    sys.exit(main())
