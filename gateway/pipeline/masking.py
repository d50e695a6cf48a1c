"""Carry out what policy asks: personal data becomes pseudonyms, under the key of the caller's tenant."""

from dataclasses import dataclass, replace
from functools import lru_cache

from gateway.dialects.message import Request
from gateway.errors import PolicyBlocked
from gateway.pipeline.context import Call
from gateway.pipeline.inspect import Verdict
from gateway.pipeline.obligations import masking
from gateway.pseudonyms.mask import Masked, Pseudonymiser
from gateway.pseudonyms.token import derive_key

_TENANTS_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Masks requests. `master` is the operator's secret; tenants' keys are derived from it and kept in memory."""

    master: bytes

    def mask(self, call: Call, request: Request, first: Verdict) -> Masked:
        """Give new texts for the slots where policy wants pseudonyms, and the map that leads back."""
        asked = masking(first.decisions, call.principal, call.id, call.inbound.session or request.conversation)
        memory = call.memory
        if asked is None:
            return Masked({}, memory.known, {}, {}, memory.scope)
        # A chain of calls keeps the scope that it began with, so that a value has the same token in all of it.
        scope = memory.scope or asked.scope
        maker = _pseudonymiser(self.master, call.principal.tenant)
        masked = maker.mask(
            request.content.slots, first.screening.findings, asked.labels, scope, memory.known, asked.strategies
        )
        return replace(masked, scope=scope)


def unmaskable(masked: Masked) -> PolicyBlocked | None:
    """Give the refusal of a call whose personal data stands where no pseudonym can be written."""
    if not masked.unmaskable:
        return None
    message = "Personal data was found in an object's key or a number, which can't be rewritten."
    return PolicyBlocked(message, code="pseudonyms.unmaskable")


@lru_cache(maxsize=_TENANTS_KEPT)
def _pseudonymiser(master: bytes, tenant: str) -> Pseudonymiser:
    return Pseudonymiser(derive_key(master, tenant))
