"""The document that policy decides on: facts and findings, never text.

`encode` writes every field always, so that a rule never meets a hole, and puts the fields that differ from call to call
(`VOLATILE`) at the end: an engine whose policy reads none of them may remember a decision by what comes before
(`stable_length`). The shape is written down for authors in policies/README.md and policies/schemas/input.json.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from detectors.finding import Coverage, Finding, Screening
from gateway.principal import Principal

API_VERSION = "airlock/v1"
VOLATILE = ("input.request.tokens_estimated", "input.usage", "input.time")
UNKNOWN_PLACE = "unknown"

_TAIL_START = b',"tokens_estimated":'
_TAIL = re.compile(
    rb',"tokens_estimated":\d+\},"usage":\{"input_tokens":\d+,"output_tokens":\d+\},"time":\d+\}\Z', re.ASCII
)


class Stage(StrEnum):
    """The door at which policy is asked."""

    REQUEST = "request"
    RESPONSE = "response"
    TOOL_DEFINITION = "tool_definition"
    TOOL_CALL = "tool_call"
    TOOL_RESULT = "tool_result"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the call is, as the dialect understood it. `tools` are the names of the tools on offer."""

    dialect: str
    model: str
    stream: bool = False
    tools: tuple[str, ...] = ()
    tokens_estimated: int = 0
    language: str = ""
    modalities: tuple[str, ...] = ("text",)


class Arguments(StrEnum):
    """What is known of the arguments of a tool call, other than what they say."""

    NONE = "none"  # there are none here
    UNCHECKED = "unchecked"  # a JSON document that was not compared with any schema
    VALID = "valid"  # it fits its schema
    INVALID = "invalid"  # it does not
    MALFORMED = "malformed"  # no JSON, so there is nothing to compare


@dataclass(frozen=True, slots=True)
class ToolUse:
    """One tool that a stage is about: a definition, a call or a result of it."""

    name: str
    arguments: Arguments = Arguments.NONE


@dataclass(frozen=True, slots=True)
class UpstreamFacts:
    """Where the call would go. `hosting` is `cloud`, `self` or `unknown`, `model` the provider's name for the model."""

    provider: str = "unknown"
    region: str = "unknown"
    hosting: str = "unknown"
    model: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """The use case's class under the AI Act: `art5` and `annex3` name the points of these provisions that apply."""

    level: str = "unclassified"
    art5: tuple[str, ...] = ()
    annex3: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that this call has used so far, as the provider counts them."""

    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Approval:
    """A reviewer's word on this call: `none`, `pending`, `granted` or `refused`, and the review's id."""

    status: str = "none"
    id: str = ""


@dataclass(frozen=True, slots=True)
class PolicyInput:
    """All that policy may know of a call at one stage.

    `time_ms` is Unix time in milliseconds. `places` gives, for each slot id that was handed to the detectors or could
    not be walked, its place from the closed list of the dialects. `tools` are those that this very stage is about.
    """

    stage: Stage
    time_ms: int
    subject: Principal
    request: RequestFacts
    screening: Screening
    places: Mapping[str, str]
    upstream: UpstreamFacts = UpstreamFacts()
    risk: Risk = Risk()
    usage: Usage = Usage()
    approval: Approval = Approval()
    tools: tuple[ToolUse, ...] = ()


def encode(facts: PolicyInput) -> bytes:
    """Write the input document as compact JSON; the same facts give the same bytes.

    Raises:
        orjson.JSONEncodeError: A string holds a lone surrogate, or a count doesn't fit 64 bits.
    """
    subject, request, upstream, risk, usage = facts.subject, facts.request, facts.upstream, facts.risk, facts.usage
    screening = facts.screening
    return orjson.dumps(
        {
            "api_version": API_VERSION,
            "stage": facts.stage,
            "subject": {
                "tenant": subject.tenant,
                "use_case": subject.use_case,
                "roles": subject.roles,
                "key_id": subject.key_id,
            },
            "upstream": {
                "provider": upstream.provider,
                "region": upstream.region,
                "hosting": upstream.hosting,
                "model": upstream.model,
            },
            "risk": {"class": risk.level, "art5": risk.art5, "annex3": risk.annex3},
            "detections": _detections(screening, facts.places) if screening.findings else (),
            "coverage": _coverage(screening.coverage, facts.places),
            "approval": {"id": facts.approval.id, "status": facts.approval.status},
            "tools": facts.tools,
            "request": {
                "dialect": request.dialect,
                "model": request.model,
                "stream": request.stream,
                "tools": request.tools,
                "language": request.language,
                "modalities": request.modalities,
                "tokens_estimated": request.tokens_estimated,
            },
            "usage": {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens},
            "time": facts.time_ms,
        }
    )


def stable_length(document: bytes) -> int | None:
    """Give the length of what precedes the volatile fields; None when the document isn't laid out as by `encode`.

    The end of the document is matched whole: two documents with the same beginning of this length differ in nothing but
    the values of `VOLATILE`. A quote inside a JSON string is always escaped, so no string can imitate the match.
    """
    start = document.rfind(_TAIL_START)
    return start if start >= 0 and _TAIL.match(document, start) else None


def _detections(screening: Screening, places: Mapping[str, str]) -> list[dict[str, Any]]:
    statuses = {(report.detector, report.version): report.status for report in screening.coverage.reports}
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in screening.findings:
        groups.setdefault((finding.detector, finding.version, finding.label), []).append(finding)
    return [
        {
            "detector": detector,
            "version": version,
            "label": label,
            "status": statuses.get((detector, version), "unreported"),
            "score": max((best := _best_scores(group, places)).values()),
            "count": len(group),
            "slots": best,
        }
        for (detector, version, label), group in sorted(groups.items(), key=lambda item: item[0])
    ]


def _best_scores(group: list[Finding], places: Mapping[str, str]) -> dict[str, int]:
    best: dict[str, int] = {}
    for finding in group:
        place = places.get(finding.slot, UNKNOWN_PLACE)
        if finding.score_ppm > best.get(place, -1):
            best[place] = finding.score_ppm
    return dict(sorted(best.items()))


def _coverage(coverage: Coverage, places: Mapping[str, str]) -> dict[str, Any]:
    scanned = places.values()
    unscanned: dict[tuple[str, str], int] = {}
    if coverage.unscanned:
        skipped = {part.slot for part in coverage.unscanned}
        scanned = {slot: place for slot, place in places.items() if slot not in skipped}.values()
        for part in coverage.unscanned:
            key = part.reason, places.get(part.slot, UNKNOWN_PLACE)
            unscanned[key] = unscanned.get(key, 0) + 1
    return {
        "scanned": sorted(set(scanned)) if coverage.reports else (),
        "unscanned": [{"reason": r, "slot": place, "count": n} for (r, place), n in sorted(unscanned.items())],
        "reports": coverage.reports,
    }
