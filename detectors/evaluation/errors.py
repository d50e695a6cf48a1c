"""What can go wrong while detectors are measured. Messages name files, lines and members, never text.

EvaluationError
├── BadRow          a line isn't in the data format
├── BadOption       an option can't be understood
├── NotScreened     a detector was unavailable, so figures would be about rows that nobody looked at
└── PlotsMissing    the libraries for pictures aren't installed
"""

from pathlib import Path


class EvaluationError(Exception):
    """The root: each message is a sentence for the person who measures."""


class BadRow(EvaluationError):
    """A line of a file isn't a row. Says where and what is wrong with which member, never what stands there."""

    def __init__(self, file: Path, line: int, what: str) -> None:
        super().__init__(f"{file}, line {line}: {what}")
        self.line = line


class BadOption(EvaluationError):
    """An option has a value that says nothing."""


class NotScreened(EvaluationError):
    """A detector did not do its work on some rows."""


class PlotsMissing(EvaluationError):
    """Pictures were asked for, and matplotlib isn't there."""
