"""What all endpoints of one vendor's API share."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gateway.dialects.models import ModelFormat
from gateway.errors import AirlockError


class Allowance(NamedTuple):
    """How a caller's quota at this gateway stands.

    `of` is `requests` or `tokens`; all is back in `reset_ms` milliseconds, at `reset_at_ms` of those since 1970.
    """

    of: str
    limit: int
    remaining: int
    reset_ms: int
    reset_at_ms: int


def _untold(_: Sequence[Allowance]) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True, eq=False)
class Api:
    """One vendor's API, spoken by the vendor and by whoever serves the same format. There is one object for each.

    An upstream speaks one of them by its `name`. Its key goes into the header `credential`, behind `credential_prefix`.
    `request_headers` are the client's headers that the provider needs, by lower-case name, if their value has this
    shape; `reply_headers` are those of the provider that a client acts on. `error_body` tells an error of ours in the
    vendor's own envelope. `default_headers` are sent to the provider where the client gave none of that name.
    `key_parameter` is the member of a query in which a client may send its key, "" for none. `models` is how it lists
    its models, None if it does not. `sign` is a header that its clients send and no others, "" for none.
    `allowance_headers` tells a client how its quotas stand, at most one allowance of each kind, where the vendor's API
    has headers for that.
    """

    name: str
    credential: str
    credential_prefix: str
    request_headers: Mapping[bytes, re.Pattern[bytes]]
    reply_headers: frozenset[str]
    error_body: Callable[[AirlockError], bytes]
    key_parameter: str = ""
    default_headers: Mapping[str, str] = field(default_factory=dict)
    allowance_headers: Callable[[Sequence[Allowance]], Mapping[str, str]] = _untold
    models: ModelFormat | None = None
    sign: str = ""
