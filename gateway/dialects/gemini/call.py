"""A call of a model's method: the model and the method stand in the path, and the model perhaps in the body as well.

    /{version}/models/{model}:{method}
    /{version}/tunedModels/{model}:{method}

The gateway calls a model by its bare name, a tuned one by `tunedModels/NAME`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote

from gateway.dialects.message import Inbound, Outbound, Request
from gateway.dialects.rewrite import changed_strings, value_at
from gateway.dialects.slot import Path
from gateway.dialects.splice import splice
from gateway.errors import BadRequest

_PATH: Final = "/{version:v1beta|v1|v1alpha}/{collection:models|tunedModels}/{model}:"
_MODELS: Final = "models/"


def path_of(*methods: str) -> str:
    """Give the path template of these methods."""
    return f"{_PATH}{{method:{'|'.join(methods)}}}"


def model_of(inbound: Inbound) -> str:
    """Give the model that the path names."""
    collection = inbound.params["collection"]
    return full_name(f"{collection}/{inbound.params['model']}").removeprefix(_MODELS)


def full_name(model: str) -> str:
    """Give the name of a model as the API writes it, with its collection."""
    return model if "/" in model else _MODELS + model


def check_models(document: Mapping[str, Any], paths: Iterable[Path], model: str) -> None:
    """Check that where the body names the model it is the path's.

    Raises:
        BadRequest: it is another, which the provider would refuse and which policy did not decide on.
    """
    for path in paths:
        named = value_at(document, path)
        if not (isinstance(named, str) and full_name(named) == full_name(model)):
            message = "The body names another model than the path."
            raise BadRequest(message, code="invalid_value", param="model")


def outbound(
    request: Request, replacements: Mapping[str, str], model: str | None, named: Iterable[Path], query: str = ""
) -> Outbound:
    """Give the call to forward: new texts by slot id, another model in the path and at these places of the body.

    Raises:
        KeyError: a replacement names no slot of this request, or one that can't be rewritten.
    """
    changed = changed_strings(request.document, request.content, replacements)
    if model is not None and model != request.model:
        changed |= dict.fromkeys(named, full_name(model))
    params = request.inbound.params if request.inbound else {}
    name = quote(full_name(model or request.model), safe="/:@")
    path = f"/{params['version']}/{name}:{params['method']}{query}"
    return Outbound(path, splice(request.raw, changed, request.document))
