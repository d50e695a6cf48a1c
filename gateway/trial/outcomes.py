"""What policy makes of each label that was found, asked of the policy itself.

Policies are code, so no reading of their data tells what they do. The engine is asked again with the same document in
which one label alone was found; and where that changes nothing, as if it had been found beyond doubt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from gateway.pipeline.obligations import flagged, masking
from gateway.policy.decision import Action, Decision
from gateway.policy.engine import Engine
from gateway.principal import Principal
from gateway.pseudonyms.strategy import Strategy

BLOCK: Final = "block"
REVIEW: Final = "review"
FLAG: Final = "flag"
RECORD: Final = "record"
BELOW: Final = "below"
KEEP: Final = "keep"

_SURE: Final = 1_000_000
_NOBODY: Final = Principal("", "", "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a label: the name of a strategy, or one of the words above.

    `block` and `review`: the call does not pass. `flag`: it would not, were the rule in force. `record`: it is on
    record. `below`: it would count from `counts_from`, parts per million, 0 where policy does not say. `keep`: nothing,
    however sure the detectors are.
    """

    becomes: str
    counts_from: int = 0


async def outcomes(engine: Engine, document: bytes) -> dict[str, Outcome]:
    """Ask about every label in a policy input, with some two decisions each."""
    facts = orjson.loads(document)
    found = facts["detections"]

    async def decide(detections: Sequence[Mapping[str, Any]]) -> Decision:
        return await engine.decide(orjson.dumps({**facts, "detections": detections}))

    without = await decide([])
    told = {}
    for label in sorted({one["label"] for one in found}):
        own = [one for one in found if one["label"] == label]
        outcome = _outcome(label, await decide(own), without)
        if outcome.becomes == KEEP:
            sure = _outcome(label, await decide([_beyond_doubt(one) for one in own]), without)
            outcome = outcome if sure.becomes == KEEP else Outcome(BELOW, sure.counts_from)
        told[label] = outcome
    return told


def _outcome(label: str, decision: Decision, without: Decision) -> Outcome:
    """Say what a label adds to a decision."""
    asked = masking([decision], _NOBODY, "")
    labels = asked.labels if asked else {}
    least = labels.get(label) or flagged(decision).get(label, 0)
    actions = {reason.action for reason in decision.reasons if reason not in without.reasons}
    if Action.BLOCK in actions:
        return Outcome(BLOCK, least)
    if Action.REVIEW in actions:
        return Outcome(REVIEW, least)
    if asked and label in labels:
        return Outcome(asked.strategies.get(label, Strategy.PSEUDONYM), least)
    if any(reason not in without.shadow_reasons for reason in decision.shadow_reasons):
        return Outcome(FLAG, least)
    return Outcome(RECORD if actions else KEEP, least)


def _beyond_doubt(detection: Mapping[str, Any]) -> dict[str, Any]:
    return {**detection, "score": _SURE, "slots": dict.fromkeys(detection["slots"], _SURE)}
