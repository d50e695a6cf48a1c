"""What the gateway asks of a policy engine, and how every engine's answer is read.

An engine never raises: whatever keeps it from a decision is a decision, a block with the code `policy.unavailable` and
the fault as its source.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol

import orjson

from gateway.policy.decision import Action, Decision, Reason

UNAVAILABLE = "policy.unavailable"

_LOG = logging.getLogger(__name__)
_FIELDS = {"action", "reasons", "obligations", "shadow_reasons"}
_REASON_FIELDS = {"code", "action", "source", "message"}
_SEVERITY = {Action.ALLOW: 0, Action.REVIEW: 1, Action.BLOCK: 2}


class Fault(StrEnum):
    """Why there is no decision."""

    FUEL = "fuel"  # the policy ran for too long
    MEMORY = "memory"  # the policy or its input needs more memory than it may have
    TRAP = "trap"  # the compiled policy failed otherwise
    INPUT = "input"  # the input document is not JSON
    UNDEFINED = "undefined"  # the entry point has no value
    MALFORMED = "malformed"  # the answer is not shaped as a decision
    TIMEOUT = "timeout"  # the server did not answer in time
    UNREACHABLE = "unreachable"  # there is no connection to the server
    REFUSED = "refused"  # the server answered with an error
    CIRCUIT_OPEN = "circuit_open"  # the server failed repeatedly and is left alone for a moment
    CLOSED = "closed"  # the engine was closed
    INTERNAL = "internal"  # a mistake of ours


_MESSAGES = {
    Fault.FUEL: "The policy took too many steps.",
    Fault.MEMORY: "The policy took too much memory.",
    Fault.TRAP: "The compiled policy failed.",
    Fault.INPUT: "The policy input is not valid JSON.",
    Fault.UNDEFINED: "The policy gave no decision.",
    Fault.MALFORMED: "The policy's answer is not shaped as a decision.",
    Fault.TIMEOUT: "The policy server did not answer in time.",
    Fault.UNREACHABLE: "The policy server can't be reached.",
    Fault.REFUSED: "The policy server answered with an error.",
    Fault.CIRCUIT_OPEN: "The policy server has failed repeatedly and is being left alone for a moment.",
    Fault.CLOSED: "The policy engine is closed.",
    Fault.INTERNAL: "The policy engine failed.",
}


class Unavailable(Exception):
    """There is no decision. Stays within the engines: callers get the block that `unavailable` makes of it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(_MESSAGES[fault])
        self.fault = fault


class Engine(Protocol):
    """Decides. `bundle` is the digest (`sha256:...`) of the policies and data that the engine was given or found."""

    @property
    def name(self) -> str:
        """`embedded` or `opa`."""
        ...

    @property
    def bundle(self) -> str:
        """The digest of the bundle in use, empty while it is not known."""
        ...

    @property
    def detail(self) -> str:
        """What an operator should know about the bundle in use; empty when all is as configured."""
        ...

    async def decide(self, document: bytes) -> Decision:
        """Decide on a document of `gateway.policy.document.encode`. Raises nothing but a cancellation."""
        ...

    async def healthy(self) -> bool:
        """Say whether the engine could decide now. Raises nothing but a cancellation."""
        ...

    async def close(self) -> None:
        """Let go of connections and memory. Later decisions are blocks."""
        ...


async def answer(evaluate: Callable[[bytes], Awaitable[Decision]], document: bytes, engine: Engine) -> Decision:
    """Await a decision and turn every failure into the block that it is."""
    try:
        return await evaluate(document)
    except Unavailable as exc:
        return unavailable(exc.fault, bundle=engine.bundle, engine=engine.name)
    except Exception as exc:  # noqa: BLE001 - whatever breaks inside an engine must block the call, not pass it
        # The type only: an exception's text may quote the document.
        _LOG.error("policy engine %s failed with %s", engine.name, type(exc).__name__)
        return unavailable(Fault.INTERNAL, bundle=engine.bundle, engine=engine.name)


def unavailable(fault: Fault, *, bundle: str, engine: str) -> Decision:
    """Make the decision that stands for no decision: a block."""
    reason = Reason(UNAVAILABLE, Action.BLOCK, fault.value, _MESSAGES[fault])
    return Decision(Action.BLOCK, (reason,), (), (), bundle, engine)


def parse_decision(value: Any, *, bundle: str, engine: str) -> Decision:
    """Read a decision as Rego gives it: exactly its fields, and an action no milder than its strictest reason.

    Lists come in a fixed order, the strictest reasons first: engines go through Rego's sets in different orders.

    Raises:
        Unavailable: With `Fault.MALFORMED`.
    """
    if not isinstance(value, dict) or value.keys() != _FIELDS:
        raise Unavailable(Fault.MALFORMED)
    action = _action(value["action"])
    reasons = _reasons(value["reasons"])
    if any(_SEVERITY[reason.action] > _SEVERITY[action] for reason in reasons):
        raise Unavailable(Fault.MALFORMED)
    obligations = tuple(sorted(map(_obligation, _items(value["obligations"])), key=_canonical))
    return Decision(action, reasons, obligations, _reasons(value["shadow_reasons"]), bundle, engine)


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Unavailable(Fault.MALFORMED)
    return value


def _reasons(value: Any) -> tuple[Reason, ...]:
    return tuple(sorted(map(_reason, _items(value)), key=_rank))


def _rank(reason: Reason) -> tuple[int, str, str, str]:
    return -_SEVERITY[reason.action], reason.code, reason.source, reason.message


def _canonical(obligation: Mapping[str, Any]) -> tuple[str, bytes]:
    return obligation["type"], orjson.dumps(obligation, option=orjson.OPT_SORT_KEYS)


def _action(value: Any) -> Action:
    try:
        return Action(value)
    except ValueError as exc:
        raise Unavailable(Fault.MALFORMED) from exc


def _reason(value: Any) -> Reason:
    if not isinstance(value, dict) or value.keys() != _REASON_FIELDS:
        raise Unavailable(Fault.MALFORMED)
    code, source, message = value["code"], value["source"], value["message"]
    if not (isinstance(code, str) and code and isinstance(source, str) and isinstance(message, str)):
        raise Unavailable(Fault.MALFORMED)
    return Reason(code, _action(value["action"]), source, message)


def _obligation(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        raise Unavailable(Fault.MALFORMED)
    return value
