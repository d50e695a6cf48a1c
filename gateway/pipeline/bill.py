"""What a call uses: as the provider counted it, or estimated and marked so."""

from dataclasses import dataclass
from typing import Any

from gateway.dialects.message import Reply, Request, Usage
from gateway.errors import AirlockError, ProviderRefused, UpstreamUnreachable
from gateway.stream.guard import StreamGuard
from gateway.upstream.target import Candidate

_CHARACTERS = 4  # of a token, in the mean
_NOTHING = Usage()


@dataclass(slots=True)
class Bill:
    """Filled in as the story goes on.

    `asked_of` is who was asked last, None while nobody was; `served` the model that answered. `is_free` says that the
    provider bills nothing; `tokens` are the request's, estimated; `characters` those of the reply so far; `status` is
    the answer's. `is_complete` tells whether the reply came to its end. `told` is what the record says, once settled.
    """

    asked_of: Candidate | None = None
    served: str | None = None
    tokens: int = 0
    is_free: bool = False
    status: int | None = None
    usage: Usage | None = None
    characters: int = 0
    is_complete: bool = False
    told: dict[str, Any] | None = None

    def open(self, request: Request) -> None:
        """Note what is known before anything is sent."""
        self.tokens, self.is_free = request.tokens_estimated, request.is_free

    def send(self, candidate: Candidate) -> None:
        """Note that the request goes out to this candidate: from now on something may have been used."""
        self.asked_of, self.status = candidate, None

    def reply(self, reply: Reply) -> None:
        """Note what a whole reply says that it used."""
        self.served, self.usage, self.is_complete = reply.model, reply.usage, reply.usage is not None
        if not self.is_complete:
            self.characters = sum(len(slot.text) for slot in reply.content.slots)

    def stream(self, guard: StreamGuard) -> None:
        """Note what came of a stream so far."""
        self.served, self.usage, self.is_complete = guard.reader.model, guard.usage, guard.reader.complete
        self.characters = guard.characters

    def spent(self, error: AirlockError | None) -> tuple[Usage | None, bool]:
        """Give what was used and whether that is an estimate; None for nothing.

        A provider that refused, or was never reached, bills nothing. One that was asked and left alone may do so: then
        the request counts. Of a reply that was cut off, what came counts at least.
        """
        if self.asked_of is None or self.is_free or self._is_refused(error):
            return None, False
        if self.usage is not None and self.is_complete:
            return self.usage, False
        known = self.usage or _NOTHING
        asked = known.prompt_tokens or self.tokens
        answered = max(known.completion_tokens, -(-self.characters // _CHARACTERS))
        return Usage(asked, answered, asked + answered, known.cache_read, known.cache_write), True

    def _is_refused(self, error: AirlockError | None) -> bool:
        if self.status is None:
            return isinstance(error, UpstreamUnreachable | ProviderRefused)
        return not 200 <= self.status < 300
