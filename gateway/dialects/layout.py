"""Where a provider puts an API's endpoints, when that differs from the vendor's own layout."""

from collections.abc import Callable
from dataclasses import dataclass

from gateway.dialects.api import Api


@dataclass(frozen=True, slots=True)
class Layout:
    """Another way to reach an API. Its key goes into the header `credential`, as it is.

    `place(path, model, version)` gives the path below the base URL, with its query, from the endpoint's own path.
    """

    name: str
    api: Api
    credential: str
    place: Callable[[str, str, str], str]
