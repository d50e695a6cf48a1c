"""Where a tried call would go: the model that is asked for, and who of the configuration would serve it.

Nobody is asked, so no credential is read.
"""

from typing import Any, Final

from gateway.dialects.catalog import APIS
from gateway.errors import UnknownModel
from gateway.settings import Settings
from gateway.targets import router_of
from gateway.upstream.router import Route
from gateway.upstream.target import NAME, Candidate, Target

_ANY: Final = "any"
_NOWHERE: Final = Target(
    name="", api=None, base_url="", provider="unknown", region="unknown", hosting="unknown", models=("*",), headers={}
)


def route_of(settings: Settings | None, model: str) -> tuple[str, Route]:
    """Give the model's name, the first of the configuration where none is stated, and its candidates.

    Raises:
        UnknownModel: No upstream serves it.
    """
    if settings is None:
        return model or _ANY, (Candidate(_NOWHERE, model or _ANY),)
    model = model or _first(settings)
    router = router_of(_without_credentials(settings))
    for api in APIS.values():
        try:
            return model, router.route(model, api)
        except UnknownModel:
            continue
    raise UnknownModel(f"No upstream of the configuration serves the model {model}; name another one with --model.")


def _without_credentials(settings: Settings) -> Settings:
    bare: dict[str, Any] = {"api_key": None, "headers": {}, "options": {}}
    return settings.model_copy(update={"upstreams": tuple(one.model_copy(update=bare) for one in settings.upstreams)})


def _first(settings: Settings) -> str:
    """Give the first alias, or a name that the first pattern of an upstream would take."""
    patterns = (pattern for upstream in settings.upstreams for pattern in upstream.models)
    names = (*settings.models, *(pattern.replace("*", _ANY) for pattern in patterns))
    return next(filter(NAME.fullmatch, names), _ANY)
