"""What has ended within a stream: after its end no text may come, and before it nothing leaves that waits for it."""

from collections.abc import Iterable
from typing import Final

from gateway.dialects.event import StreamEvent, is_in
from gateway.errors import UpstreamInvalid

_AFTER_ITS_END: Final = "The provider sent text after its end."


class Ends:
    """The groups of slots that have ended."""

    __slots__ = ("_groups",)

    def __init__(self) -> None:
        self._groups: set[str] = set()

    def add(self, groups: Iterable[str]) -> list[str]:
        """Note that these groups have ended, and give those that had not."""
        new = [group for group in groups if group not in self._groups]
        self._groups.update(new)
        return new

    def check(self, event: StreamEvent) -> None:
        """Check that an event adds nothing to what has ended.

        Raises:
            UpstreamInvalid: it does.
        """
        if not self._groups:
            return
        slots = [*(delta.slot for delta in event.deltas if delta.text), *(slot for slot, _ in event.tools)]
        if any(is_in(slot, self._groups) for slot in slots):
            raise UpstreamInvalid(_AFTER_ITS_END)

    def cover(self, event: StreamEvent) -> bool:
        """Tell whether all that an event waits for has ended."""
        return not event.held or all(is_in(group, self._groups) for group in event.held)
