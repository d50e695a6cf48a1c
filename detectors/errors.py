"""What can be wrong with detectors before they run. While they run, a fault is a report (see `suite.py`)."""


class WeightsUnusable(Exception):
    """An encoder's folder lacks a file, or holds one that is not what `encoder.json` says. The message names it."""
