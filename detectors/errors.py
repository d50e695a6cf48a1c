"""What can be wrong with detectors: before they run an exception; while they run it becomes a report (`suite.py`)."""


class WeightsUnusable(Exception):
    """An encoder's folder lacks a file, or holds one that is not what `encoder.json` says. The message names it."""


class RecognizersUnusable(Exception):
    """A file of recognisers can't be used. The message names the file and the place, and quotes nothing of it."""


class ListsUnusable(Exception):
    """A file of tenants' lists can't be used. The message names the file and the place, and quotes nothing of it."""


class Unavailable(Exception):
    """A detector could not do its work now. `reason` is the code for the report, such as `unreachable` or `busy`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
