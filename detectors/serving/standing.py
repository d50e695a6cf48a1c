"""Whether a queue stands: more comes than is read, and everybody waits; or is a burst, which will be over soon.

Told by the least wait of an interval, as CoDel does it (K. Nichols and V. Jacobson, "Controlling Queue Delay", 2012):
in a burst somebody is served soon, behind a standing queue nobody is, whatever the order in which they are served.
"""

from typing import Final

INTERVAL_S: Final = 1.0
"""A queue in which every call has waited too long for this long stands; it stands no more when no call has had to be
turned away for as long."""


class Standing:
    """One queue. `most_seconds` is how long a call may wait in it while it stands. Not thread-safe."""

    __slots__ = ("_long_since", "_most", "_pressed", "_stands")

    def __init__(self, most_seconds: float) -> None:
        self._most = most_seconds
        self._long_since: float | None = None
        self._stands = False
        self._pressed = 0.0

    def note_wait(self, seconds: float, now: float) -> None:
        """Note that a call has waited so long until the first of its texts was run."""
        if seconds <= self._most:
            self._long_since = None
        elif self._long_since is None:
            self._long_since = now
        elif now - self._long_since >= INTERVAL_S:
            self._stands, self._pressed = True, now

    def turns_away(self, seconds: float, now: float) -> bool:
        """Say whether a call that would wait so long is not to be taken on."""
        if self._stands and now - self._pressed > INTERVAL_S:
            self._stands, self._long_since = False, None
        if not self._stands or seconds <= self._most:
            return False
        self._pressed = now
        return True
