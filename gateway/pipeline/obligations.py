"""What a decision asks of the gateway besides yes or no."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from gateway.errors import AirlockError, CheckUnavailable, PolicyBlocked
from gateway.policy.arguments import ArgumentSchema, SchemaUnusable, compiled
from gateway.policy.decision import Action, Decision
from gateway.principal import Principal
from gateway.pseudonyms.strategy import Strategy, stricter

StreamMode = Literal["window", "hold", "observe"]
_RECORDED = frozenset({"fail_open", "flag"})
"""Carried out by being on record."""

_FIRST_DOOR = _RECORDED | {"pseudonymise", "keep_documents", "stream", "check_arguments"}
_STRICTNESS: Mapping[Any, int] = {"observe": 0, "window": 1, "hold": 2}
_NEVER = 3
_STRATEGIES: Final = tuple(Strategy)


@dataclass(frozen=True, slots=True)
class Masking:
    """Replace findings of these labels at or over these scores (parts per million), with tokens of this scope.

    `strategies` has the labels whose values are replaced by something else than tokens.
    """

    labels: Mapping[str, int]
    scope: str
    strategies: Mapping[str, Strategy] = field(default_factory=dict)


def refusal(decision: Decision) -> AirlockError | None:
    """Give the error that the first door's decision comes to, or None when the call may go on.

    An obligation that this gateway can't carry out is a refusal: what policy asked for would not happen.
    """
    unknown = (one for one in decision.obligations if one.get("type") not in _FIRST_DOOR or not _has_strategies(one))
    return _refused(decision) or _unsupported(unknown) or _uncheckable(decision)


def reply_refusal(decision: Decision, mode: StreamMode) -> AirlockError | None:
    """Give the error that the second door's decision comes to, or None.

    Nothing can be pseudonymised here, and a stream can't be guarded more strictly than it is: `mode` is what is in
    force, `hold` for a whole reply.
    """
    return _refused(decision) or _unsupported(o for o in decision.obligations if not _is_kept(o, mode))


def _has_strategies(obligation: Mapping[str, Any]) -> bool:
    """Tell whether every strategy that an obligation names is one that this gateway has."""
    named = obligation.get("strategies", {})
    return isinstance(named, Mapping) and all(name in _STRATEGIES for name in named.values())


def _is_kept(obligation: Mapping[str, Any], mode: StreamMode) -> bool:
    if obligation.get("type") == "stream":
        return _STRICTNESS.get(obligation.get("mode"), _NEVER) <= _STRICTNESS[mode]
    return obligation.get("type") in _RECORDED


def _unsupported(obligations: Iterable[Mapping[str, Any]]) -> CheckUnavailable | None:
    if next(iter(obligations), None) is None:
        return None
    return CheckUnavailable("Policy asks for something that this gateway can't do.", code="obligation.unsupported")


def _refused(decision: Decision) -> AirlockError | None:
    if decision.action is Action.ALLOW:
        return None
    reason = next((r for r in decision.reasons if r.action == decision.action), None)
    message = reason.message if reason else "Policy does not allow this call."
    if decision.action is Action.REVIEW:
        message += " It needs a person's review, which this version can't hold it for, so it was not sent."
    kind = CheckUnavailable if decision.code.endswith(".unavailable") else PolicyBlocked
    return kind(message, code=decision.code)


def masking(decisions: Iterable[Decision], principal: Principal, call_id: str, session: str = "") -> Masking | None:
    """Give what to pseudonymise; of several obligations, the lowest score and the strictest strategy of a label count.

    `session` names the conversation, "" where neither the headers nor the body have a name for it.
    """
    labels: dict[str, int] = {}
    strategies: dict[str, Strategy] = {}
    scope = ""
    for obligation in (one for decision in decisions for one in _of_type(decision, "pseudonymise")):
        for label, score in obligation["labels"].items():
            labels[label] = min(score, labels.get(label, score))
        for label, name in obligation.get("strategies", {}).items():
            strategies[label] = stricter(Strategy(name), strategies.get(label, Strategy.PSEUDONYM))
        scope = _scope(str(obligation.get("scope", "request")), principal, call_id, session)
    return Masking(labels, scope, strategies) if labels else None


def keeps_documents(decisions: Iterable[Decision]) -> bool:
    """Tell whether no document may be replaced by its text."""
    return any(_of_type(decision, "keep_documents") for decision in decisions)


def flagged(decision: Decision) -> dict[str, int]:
    """Give the labels that count, other than those of personal data, with the scores from which they do."""
    labels: dict[str, int] = {}
    for obligation in _of_type(decision, "flag"):
        labels |= obligation["labels"]
    return labels


def argument_schemas(decision: Decision) -> dict[str, ArgumentSchema]:
    """Give the schemas, by tool, that the arguments of calls are to be checked by.

    Raises:
        CheckUnavailable: One of them is none that can be checked.
    """
    schemas: dict[str, ArgumentSchema] = {}
    for obligation in _of_type(decision, "check_arguments"):
        try:
            schemas |= {name: compiled(schema) for name, schema in obligation["schemas"].items()}
        except (SchemaUnusable, KeyError, AttributeError) as exc:
            message = "Policy has a schema for a tool's arguments that can't be checked."
            raise CheckUnavailable(message, code="obligation.unsupported") from exc
    return schemas


def _uncheckable(decision: Decision) -> CheckUnavailable | None:
    try:
        argument_schemas(decision)
    except CheckUnavailable as error:
        return error
    return None


def stream_mode(decision: Decision) -> StreamMode:
    """Give how a streamed reply is released; without a word from policy, the whole reply is held."""
    for obligation in _of_type(decision, "stream"):
        mode: StreamMode = obligation["mode"]
        return mode
    return "hold"


def _of_type(decision: Decision, kind: str) -> list[Mapping[str, Any]]:
    return [obligation for obligation in decision.obligations if obligation.get("type") == kind]


def _scope(name: str, principal: Principal, call_id: str, session: str) -> str:
    if name == "conversation" and session:
        return f"conversation:{principal.use_case}:{session}"
    # Without a conversation's name on the wire, the use case is the narrowest scope that is stable over its turns.
    if name == "tenant":
        return "tenant"
    if name in {"use_case", "conversation"}:
        return f"use_case:{principal.use_case}"
    return f"request:{call_id}"
