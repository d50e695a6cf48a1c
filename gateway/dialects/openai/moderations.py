"""Moderations, answered by this gateway's own detectors: nothing is forwarded.

Format: https://platform.openai.com/docs/api-reference/moderations. A category that no active detector looks for is
null, never `false`, and named in a member `airlock` beside the results, as are the parts that nobody could read. A
score is told even where it is too low for the category to count; 0 is below what detectors mention.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import orjson

from detectors.finding import Finding
from detectors.moderation_categories import CATEGORIES, covered, scores
from gateway.dialects import places
from gateway.dialects.json_dialect import JsonDialect
from gateway.dialects.judgement import Judgement
from gateway.dialects.members import Member
from gateway.dialects.message import Request
from gateway.dialects.openai.api import OPENAI
from gateway.dialects.openai.chat_parts import walk_content
from gateway.dialects.openai.errors import read_error
from gateway.dialects.places import Places
from gateway.dialects.reading import refuse
from gateway.dialects.slot import Path
from gateway.dialects.walk import Walk

_USER: Final = places.ROLE["user"]
_MODEL: Final = "omni-moderation-latest"
_THRESHOLD: Final = 400_000
"""From which score personal data counts that policy named no threshold for: the default of the shipped data."""

_NEVER: Final = 1_000_001
"""Above the highest score: a judgement counts if policy says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderations(JsonDialect):
    """The endpoint. A list of strings gets a result each, a string or a list of parts gets one."""

    def answer(self, request: Request, judgement: Judgement) -> bytes:
        """Write what was found, by text and category."""
        texts = request.document["input"]
        has_many = isinstance(texts, list) and all(isinstance(text, str) for text in texts)
        index_of = {slot.id: _index(slot.path, has_many=has_many) for slot in request.content.slots}
        found = [_Found() for _ in range(len(texts) if has_many else 1)]
        for finding in judgement.findings:
            found[index_of[finding.slot]].add(finding, judgement.thresholds)
        seen = covered(judgement.labels)
        unread = {part.slot for part in judgement.unscanned}
        read = {index_of[slot.id] for slot in request.content.slots if slot.id not in unread}
        stopped = bool(judgement.stopped) and not any(scores(one.counting) for one in found)
        return orjson.dumps(
            {
                "id": f"modr-{judgement.id}",
                "model": request.model,
                "results": [
                    _result(one, seen if index in read or not unread else frozenset(), is_stopped=stopped)
                    for index, one in enumerate(found)
                ],
                "airlock": _told(judgement, seen),
            }
        )


@dataclass(slots=True)
class _Found:
    """The best score of each label in one text, whether or not it counts, and of those that count."""

    best: dict[str, int] = field(default_factory=dict)
    counting: dict[str, int] = field(default_factory=dict)

    def add(self, finding: Finding, thresholds: Mapping[str, int]) -> None:
        label, score = finding.label, finding.score_ppm
        self.best[label] = max(score, self.best.get(label, 0))
        if score >= thresholds.get(label, _NEVER if finding.is_judgement else _THRESHOLD):
            self.counting[label] = self.best[label]


def _result(found: _Found, seen: frozenset[str], *, is_stopped: bool) -> dict[str, Any]:
    looked = {name: name in seen for name in CATEGORIES}
    best, counting = scores(found.best), scores(found.counting)
    return {
        "flagged": bool(counting) or is_stopped,
        "categories": {name: name in counting if known else None for name, known in looked.items()},
        "category_scores": {name: best.get(name, 0) / 1e6 if known else None for name, known in looked.items()},
        "category_applied_input_types": {name: ["text"] if known else [] for name, known in looked.items()},
    }


def _told(judgement: Judgement, seen: Iterable[str]) -> dict[str, Any]:
    """Tell what stands behind the results: what nobody looked for or at, and what policy would do with the text."""
    parts = Counter(part.reason for part in judgement.unscanned)
    return {
        "unscanned": {
            "categories": [name for name in CATEGORIES if name not in seen],
            "parts": [{"reason": reason, "count": count} for reason, count in sorted(parts.items())],
        },
        "decision": "block" if judgement.stopped else "allow",
        "reason": judgement.stopped or "allow",
    }


def _index(path: Path, *, has_many: bool) -> int:
    """Give the result that a part of the request belongs to; what stands beside the texts belongs to the first."""
    number = path[1] if has_many and len(path) > 1 and path[0] == "input" else 0
    return number if isinstance(number, int) else 0


def _check(document: Mapping[str, Any]) -> None:
    if not (isinstance(document.get("input"), str | list) and document["input"] != []):
        refuse("input", "a string or a non-empty array")


def _input(walk: Walk, value: Any, path: Path, _places: Places) -> None:
    if isinstance(value, list):
        for index, item in enumerate(value):
            walk_content(walk, item if isinstance(item, str) else [item], (*path, index), _USER)
    else:
        walk.prose(value, path, _USER)


_ASKS: Final[dict[str, Member]] = {"model": Walk.options, "input": _input}

MODERATIONS: Final = Moderations(
    name="openai.moderations",
    api=OPENAI,
    path="/moderations",
    asks=_ASKS,
    answers={},
    check=_check,
    default_model=_MODEL,
    complete=lambda request: replace(request, is_free=True),
    read_errors=read_error,
)
