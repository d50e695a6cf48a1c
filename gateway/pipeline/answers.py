"""Policy's answers as records have them: engines give few different ones again and again, so each is written once."""

from collections import OrderedDict
from typing import Any

from audit.canonical import Written, write
from audit.errors import RecordRefused
from gateway.policy.decision import Decision, Reason

_KEPT = 1024


class Answers:
    """Remembers the last answers that were written, by the very decision: an engine that remembers gives it again."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, tuple[Decision, Written]] = OrderedDict()

    def written(self, decision: Decision) -> Written | dict[str, Any]:
        """Give what a record says that policy answered; unwritten if it can't be exact: its record is refused."""
        known = self._known.get(id(decision))
        if known is not None and known[0] is decision:
            return known[1]
        try:
            written = write(_answer(decision))
        except RecordRefused:
            return _answer(decision)
        self._known[id(decision)] = decision, written
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return written


def _answer(decision: Decision) -> dict[str, Any]:
    return {
        "action": str(decision.action),
        "reasons": [_reason(reason) for reason in decision.reasons],
        "obligations": list(decision.obligations),
        "shadow_reasons": [_reason(reason) for reason in decision.shadow_reasons],
    }


def _reason(reason: Reason) -> dict[str, str]:
    return {"code": reason.code, "action": str(reason.action), "source": reason.source, "message": reason.message}
