"""Walk the nodes of a YAML file and note what is wrong with their line: texts as written, no mapping's key twice."""

from collections.abc import Callable, Iterator
from typing import Final

import yaml

_TOLD: Final = 10
_LONGEST_NAME: Final = 128
_NO_NAME: Final = "a name is missing, or is none"


class Faults:
    """The faults of a file, in the order in which they were noted."""

    def __init__(self) -> None:
        self._told: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._told)

    def __str__(self) -> str:
        more = len(self._told) - _TOLD
        return "; ".join(self._told[:_TOLD]) + (f"; and {more} more" if more > 0 else "")

    def note(self, node: yaml.Node | None, place: str, what: str) -> None:
        """Note a fault of a node. `what` MUST NOT quote anything of it."""
        line = f"line {node.start_mark.line + 1}: " if node else ""
        self._told.append(f"{line}{f'{place}: ' if place else ''}{what}")


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NAME and text.isprintable()


def members(
    node: yaml.Node | None,
    place: str,
    faults: Faults,
    names: tuple[str, ...] = (),
    *,
    needed: bool = False,
    is_name: Callable[[str], bool] = _is_name,
    told: str = _NO_NAME,
) -> Iterator[tuple[str, yaml.Node]]:
    """Give the members of a mapping, of which nothing at all is an empty one.

    `names` are all that it may have, and all that it must have if they are `needed`; without them what `is_name` takes.
    """
    if _is_nothing(node):
        return
    if not isinstance(node, yaml.MappingNode):
        faults.note(node, place, f"it must be a mapping{_of(names)}")
        return
    seen: set[str] = set()
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if names and name not in names:
            faults.note(key, place, f"unknown member: it may have{_of(names)}")
        elif not names and not is_name(name):
            faults.note(key, place, told)
        elif name in seen:
            faults.note(key, place, "the same name stands twice")
        else:
            seen.add(name)
            yield name, value
    if needed and seen != set(names):
        faults.note(node, place, f"it must have{_of(names)}")


def items(node: yaml.Node | None, place: str, faults: Faults) -> Iterator[tuple[int, yaml.Node]]:
    """Give the items of a list with their numbers; nothing at all is an empty one."""
    if _is_nothing(node):
        return
    if not isinstance(node, yaml.SequenceNode):
        faults.note(node, place, "it must be a list")
        return
    yield from enumerate(node.value)


def text_of(node: yaml.Node, place: str, faults: Faults) -> str | None:
    """Give a text as it is written; None for a list or a mapping, which is a fault."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    faults.note(node, place, "it must be a text")
    return None


def _is_nothing(node: yaml.Node | None) -> bool:
    return node is None or (isinstance(node, yaml.ScalarNode) and not node.value)


def _of(names: tuple[str, ...]) -> str:
    return f" {' and '.join(f'`{name}`' for name in names)}" if names else ""
