"""What ends a bench."""


class BenchError(Exception):
    """The bench can't go on or its numbers would mean nothing; the message says why and what to do."""
