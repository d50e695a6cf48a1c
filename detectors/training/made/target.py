"""Whom a sentence is about: the forms of a group's name, and the axes on which it is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from detectors.training.made.patterns import table


@dataclass(frozen=True, slots=True)
class Target:
    """A group: `many` ("Muslims"), `one` ("Muslim"), `people` ("Muslim people"), and what contempt for it adds.

    `axes` are labels that become 1 when somebody judges the group, none for a trade. `hated` says whether contempt for
    it is hate speech by everybody's definition.
    """

    many: str
    one: str
    people: str
    axes: tuple[str, ...] = ()
    hated: bool = True

    def slots(self) -> dict[str, Sequence[str]]:
        """Return the slots that name this target: `groups`, `group`, `a_group`, `people`, `folk` (a plural form)."""
        return {
            "groups": (self.many,),
            "group": (self.one,),
            "a_group": (f"a(n) {self.one}",),
            "people": (self.people,),
            "folk": (self.many, self.people),
        }


def targets(text: str, *axes: str, hated: bool = True) -> tuple[Target, ...]:
    """Read a table of `many / one / people`, bars or lines between them; where `people` is left out, it is `many`."""
    return tuple(_target(line, axes, hated) for line in table(text))


def _target(line: str, axes: tuple[str, ...], hated: bool) -> Target:
    many, one, *rest = (part.strip() for part in line.split(" / "))
    return Target(many, one, rest[0] if rest else many, axes, hated)
