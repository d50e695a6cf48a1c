"""What a provider's state needs to be understood again: which tokens stand in it, and where it is.

Most calls bring their whole history, so the tokens are derived again from its text. A call that goes on from state at
the provider (an earlier response, a conversation) brings nothing of it: the vault holds what that state needs, sealed.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import orjson

from audit.errors import AuditError
from audit.record import now_ms
from gateway.dialects.dialect import DialectStream
from gateway.dialects.message import UNNAMED, Kept, Parts, Request
from gateway.errors import CheckUnavailable
from gateway.pipeline.ports import Store
from gateway.principal import Principal
from gateway.pseudonyms.mask import TokenMap
from gateway.vault.sealing import VaultUnusable

_DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of the state that a call builds on: by default, that there is none.

    `model` and `upstream` are those of the call that made it, `scope` and `tokens` those of its pseudonyms, surrogates
    among them; `calls` are the tools that were called, by the ids of the calls.
    """

    model: str = ""
    upstream: str = ""
    scope: str = ""
    json_reply: bool = False
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    calls: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def known(self) -> TokenMap:
        """The tokens of all calls before."""
        return TokenMap.of(self.tokens)

    def fill(self, request: Request) -> Request:
        """Complete a request by what stands in earlier calls: the tools that its results are of.

        One that is only about an earlier call gets its model, and how its answer is to be read.
        """
        if self.calls and UNNAMED in request.tool_results:
            results = zip(request.tool_results, request.result_ids, strict=True)
            names = tuple(self.calls.get(call_id, name) if name == UNNAMED else name for name, call_id in results)
            request = replace(request, tool_results=names)
        if request.model or not self.model:
            return request
        return replace(request, model=self.model, json_reply=self.json_reply)

    def joined(self, other: "Memory") -> Self:
        """Give the same with the tokens and the calls of another one, too."""
        return replace(self, tokens={**self.tokens, **other.tokens}, calls={**self.calls, **other.calls})

    def without(self, is_gone: Callable[[str], bool]) -> Self:
        """Give the same without the tokens of some values. Where a model has written one, it stays a token."""
        return replace(self, tokens={token: value for token, value in self.tokens.items() if not is_gone(value)})

    def pack(self) -> bytes:
        """Write it down."""
        known = [self.model, self.upstream, self.scope, self.json_reply]
        return orjson.dumps([*known, dict(self.tokens), dict(self.calls)])

    @classmethod
    def unpack(cls, raw: bytes) -> Self:
        """Read what `pack` wrote."""
        values: list[Any] = orjson.loads(raw)
        return cls(*values)


NO_MEMORY: Final = Memory()


@dataclass(frozen=True, slots=True)
class Memories:
    """Recalls and keeps, under the ids that the provider gives. Each tenant has its own: nobody finds another's."""

    store: Store
    ttl_days: float

    async def recall(self, principal: Principal, request: Request) -> Memory:
        """Give what is known of all the state that a request builds on; the first one says model and upstream.

        Raises:
            AirlockError: This tenant has no such state (told as the API does), or the vault is away.
        """
        found = NO_MEMORY
        for kept in request.continues:
            one = await self._read(principal, kept)
            if one is NO_MEMORY:
                continue
            found = found.joined(one) if found.upstream else one
        return found

    async def keep(self, principal: Principal, names: Iterable[str], memory: Memory) -> None:
        """Keep a memory under each of these names. It is durable when this returns.

        Raises:
            CheckUnavailable: It could not be kept, so the ids must not be told.
        """
        expires_ms = now_ms() + int(self.ttl_days * _DAY_MS)
        about = set(memory.tokens.values())
        try:
            await self.store.keep(principal.tenant, [*names], memory.pack(), about, expires_ms)
        except (AuditError, VaultUnusable) as exc:
            raise _away() from exc

    async def add(self, principal: Principal, kept: Kept, memory: Memory) -> None:
        """Keep a memory under an id that others may have added to meanwhile. Raises as `recall` and `keep` do."""
        before = await self._read(principal, kept)
        await self.keep(principal, [kept.id], before.joined(memory))

    async def forget(self, principal: Principal, request: Request) -> None:
        """Forget the state that a request was about. Raises `CheckUnavailable`."""
        try:
            for kept in request.continues:
                await self.store.delete(principal.tenant, kept.id)
        except (AuditError, VaultUnusable) as exc:
            raise _away() from exc

    async def _read(self, principal: Principal, kept: Kept) -> Memory:
        try:
            packed = await self.store.read(principal.tenant, kept.id)
        except (AuditError, VaultUnusable) as exc:
            raise _away() from exc
        if packed is not None:
            return Memory.unpack(packed)
        if kept.missing is None:
            return NO_MEMORY
        raise kept.missing


class Remembering:
    """Keeps what a streamed reply needs, whenever more of it is known. To be called before bytes of it leave."""

    def __init__(self, stream: DialectStream, keep: Callable[[str, Parts], Awaitable[None]]) -> None:
        self._stream = stream
        self._keep = keep
        self._kept = -1

    async def __call__(self) -> None:
        """Keep it, if there is news. Raises `CheckUnavailable`."""
        parts = self._stream.parts
        if self._stream.id and len(parts) != self._kept:
            self._kept = len(parts)
            await self._keep(self._stream.id, parts)


def _away() -> CheckUnavailable:
    message = "The vault of conversation state can't be read or written, so nothing was passed on."
    return CheckUnavailable(message, code="vault.unavailable")
