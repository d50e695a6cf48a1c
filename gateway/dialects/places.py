"""The closed list of places: what policy, records and logs may know about where a text was.

    <role>.text        what this role says: content, refusals, reasoning, unknown members of its messages
    <role>.arguments   string values inside the arguments of its tool calls
    <role>.name        the name given to this participant
    <role>.sealed      what this role says under a signature, such as its thinking: any change would break that
    <role>.key         keys and long numbers in its messages: screened, not rewritable
    <role>.id          names and ids in its messages that look made by machines: screened, needed as they are
    tools.definition   descriptions and schemas of tools and of the reply's format
    tools.key          keys and long numbers of these schemas
    tools.id           names of tools and of what their schemas require
    metadata.text      metadata, and what the caller says about its user
    metadata.key       keys and long numbers there
    metadata.id        names and ids there
    other.text         every other string of a request or a reply
    other.key          keys and long numbers there
    other.id           names, ids and long numbers of settings there: the model, a seed, the id of a reply
    error.text         the text of a provider's error
    error.key          keys there
    error.id           types and codes there

A place that ends in `.key`, `.sealed` or `.id` can't be rewritten. Personal data must not be in the first. What is in
the second was written by the provider, who gets back what it has. In the third it is most likely a random id that looks
like it, and only secrets matter. Roles are `ROLES`; an unknown one is `other`.
"""

from dataclasses import dataclass
from typing import Final

ROLES: Final = ("system", "developer", "user", "assistant", "tool", "function", "other")
"""The roles of messages that have places of their own."""


@dataclass(frozen=True, slots=True)
class Places:
    """The names of the places that belong to one owner."""

    text: str
    arguments: str
    name: str
    key: str
    id: str
    sealed: str


def _of(owner: str) -> Places:
    return Places(*(f"{owner}.{aspect}" for aspect in _ASPECTS))


_ASPECTS: Final = ("text", "arguments", "name", "key", "id", "sealed")
_TOOLS: Final = "tools.definition"

OTHER: Final = _of("other")
METADATA: Final = _of("metadata")
ERROR: Final = _of("error")
TOOLS: Final = Places(_TOOLS, _TOOLS, _TOOLS, "tools.key", "tools.id", _TOOLS)
ROLE: Final = {role: _of(role) for role in ROLES}

ALL: Final = frozenset(
    [getattr(places, aspect) for places in ROLE.values() for aspect in _ASPECTS]
    + [getattr(places, aspect) for places in (METADATA, ERROR, TOOLS) for aspect in ("text", "key", "id")]
)
"""Every place that a slot can have."""


def of_role(role: str) -> Places:
    """Give the places of a message's role; those of `other` for a role that is not in `ROLES`."""
    return ROLE.get(role, OTHER)
