"""The order in which a call's texts are masked: one that a longer history only adds to.

Which pseudonym a value gets may depend on values before it: a name links to a fuller one, a surrogate may be taken. A
chat client sends all earlier turns again, so what was said first must come first, and what is not said in turns, such
as instructions and tools, before it, wherever the document has it. Else an old turn would change with a new one.
"""

from collections.abc import Iterable
from typing import Final

from gateway.dialects import places
from gateway.dialects.slot import Slot

_SPEAKERS: Final = ("user.", "assistant.", "tool.", "function.")
_SPOKEN: Final = frozenset(place for place in places.ALL if place.startswith(_SPEAKERS))


def by_age(slots: Iterable[Slot]) -> list[Slot]:
    """Give the slots with those of the members that hold turns last; otherwise their order stays."""
    slots = list(slots)
    turns = {slot.path[:1] for slot in slots if slot.place in _SPOKEN}
    frame = [slot for slot in slots if slot.path[:1] not in turns]
    return frame + [slot for slot in slots if slot.path[:1] in turns] if frame else slots
