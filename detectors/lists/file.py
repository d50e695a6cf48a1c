"""Read a file of lists.

    tenants:
      "*":                                     # for all tenants
        allow: [info@acme.example]
      acme:                                    # besides, for this one
        allow:
          - 0800 111 0111
          - {values: [Alexa, Blue Heron], labels: [PERSON, ORGANIZATION]}
        deny:
          PERSON: [Ann Lee, Bob Ray]
          PROJECT: [Night Owl]

Values are taken as they are written: 0049 is four characters, and no is a word. A fault's message names the line and
the place, and never quotes what stands there: lists hold what must not get out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import yaml

from detectors.errors import ListsUnusable
from detectors.lists.entries import ANY, LONGEST, MOST_BYTES, MOST_VALUES, Entries, ListsFile
from detectors.lists.labels import is_allowable, is_deniable
from detectors.lists.nodes import Faults, items, members, text_of
from detectors.lists.normal_form import normal, readings
from detectors.lists.words import keys

_SHORTEST: Final = 2
_DENY_LABEL: Final = "a label is that of a value, in capitals, and no secret (SECRET_...)"
_ALLOW_LABEL: Final = f"{_DENY_LABEL} and no card: these can't be allowed"
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_lists(file: Path) -> ListsFile:
    """Read a file.

    Raises:
        ListsUnusable: it can't be read, is too large, is not YAML, or something in it is wrong; the message says where.
    """
    raw = _bytes_of(file)
    try:
        root = yaml.compose(raw.decode("utf-8-sig"), Loader=_LOADER)
    except UnicodeDecodeError:
        raise ListsUnusable(f"{file} is not UTF-8") from None
    except (yaml.YAMLError, RecursionError) as exc:
        mark = getattr(exc, "problem_mark", None)
        raise ListsUnusable(f"{file} is not YAML{f' (line {mark.line + 1})' if mark else ''}") from None
    faults = Faults()
    tenants = _Reader(faults).tenants(root)
    if faults:
        raise ListsUnusable(f"{file}: {faults}")
    return ListsFile(tenants, sha256(raw).hexdigest()[:12])


def _bytes_of(file: Path) -> bytes:
    try:
        raw = file.read_bytes()
    except OSError as exc:
        raise ListsUnusable(f"{file} can't be read ({exc.strerror})") from exc
    if len(raw) > MOST_BYTES:
        raise ListsUnusable(f"{file} is larger than {MOST_BYTES // 2**20} MiB")
    return raw


class _Reader:
    """Goes through the nodes of one file, counts its values and notes its faults."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._values = 0

    def tenants(self, root: yaml.Node | None) -> dict[str, Entries]:
        top = dict(members(root, "", self._faults, ("tenants",))) if root else {}
        if not top and not self._faults:
            self._faults.note(root, "", "there is nothing in it: the top level is a mapping with `tenants`")
        named = members(top.get("tenants"), "tenants", self._faults)
        return {name: self._entries(node, f"tenants.{name}") for name, node in named}

    def _entries(self, node: yaml.Node, place: str) -> Entries:
        parts = dict(members(node, place, self._faults, ("allow", "deny")))
        allow: dict[str, frozenset[str]] = {}
        for value, labels in self._allowed(parts.get("allow"), f"{place}.allow"):
            known = allow.get(value, labels)
            allow[value] = known | labels if known and labels else ANY
        deny: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for value, label in self._denied(parts.get("deny"), f"{place}.deny"):
            deny[value] |= {label}
        return Entries(allow, dict(deny))

    def _allowed(self, node: yaml.Node | None, place: str) -> Iterator[tuple[str, frozenset[str]]]:
        for number, entry in items(node, place, self._faults):
            where, labels = f"{place}.{number}", ANY
            if isinstance(entry, yaml.MappingNode):
                parts = dict(members(entry, where, self._faults, ("values", "labels"), needed=True))
                labels = self._labels(parts.get("labels"), f"{where}.labels")
                texts = self._texts(parts.get("values"), f"{where}.values", normal)
            else:
                texts = self._text(entry, where, normal)
            yield from ((text, labels) for text in texts)

    def _labels(self, node: yaml.Node | None, place: str) -> frozenset[str]:
        labels: set[str] = set()
        for number, entry in items(node, place, self._faults):
            where = f"{place}.{number}"
            label = text_of(entry, where, self._faults) or ""
            if not is_allowable(label):
                self._faults.note(entry, where, _ALLOW_LABEL)
            labels.add(label)
        if node and not labels:  # or the values would count for all labels
            self._faults.note(node, place, "there is none")
        return frozenset(labels)

    def _denied(self, node: yaml.Node | None, place: str) -> Iterator[tuple[str, str]]:
        for label, values in members(node, place, self._faults, is_name=is_deniable, told=_DENY_LABEL):
            for text in self._texts(values, f"{place}.{label}", _searched):
                yield text, label

    def _texts(self, node: yaml.Node | None, place: str, form: Callable[[str], str]) -> Iterator[str]:
        for number, entry in items(node, place, self._faults):
            yield from self._text(entry, f"{place}.{number}", form)

    def _text(self, node: yaml.Node, place: str, form: Callable[[str], str]) -> Iterator[str]:
        written = text_of(node, place, self._faults)
        self._values += 1
        if self._values == MOST_VALUES + 1:
            self._faults.note(node, place, f"there are more than {MOST_VALUES} values in the file")
        if written is None or self._values > MOST_VALUES:
            return
        text = form(written) if len(written) <= LONGEST else written
        if not text:
            self._faults.note(node, place, "it is empty")
        elif max(len(text), len(written)) > LONGEST:
            self._faults.note(node, place, f"it is longer than {LONGEST} characters")
        elif form is _searched and (len(text) < _SHORTEST or not keys(text)):
            self._faults.note(node, place, f"it needs {_SHORTEST} characters, one of them a letter or a digit")
        else:
            yield text


def _searched(written: str) -> str:
    return readings(written)[0].text
