"""Where a tried call would go, without a credential of anybody's."""

from pathlib import Path
from typing import Any

import pytest

from gateway.errors import UnknownModel
from gateway.settings import parse
from gateway.trial.way import route_of

URL = "https://models.example.com/v1"
KEY = {"env": "THERE_IS_NO_SUCH_VARIABLE"}


def upstreams(*changes: dict[str, Any], **sections: Any) -> dict[str, Any]:
    return {"secret": KEY, "upstreams": [{"base_url": URL, "api_key": KEY, **one} for one in changes], **sections}


GPT = {"name": "gpt", "models": ["gpt-*"], "region": "eu", "hosting": "cloud"}
CLAUDE = {"name": "claude", "api": "anthropic", "models": ["claude-*"]}
ALIAS = {"fast": [{"upstream": "gpt", "model": "gpt-4o"}]}

WAYS = {
    "the first pattern": (upstreams(GPT, CLAUDE), "", ("gpt-any", "gpt", "gpt-any")),
    "a model by name": (upstreams(GPT, CLAUDE), "claude-1", ("claude-1", "claude", "claude-1")),
    "an upstream of another API": (upstreams(CLAUDE), "", ("claude-any", "claude", "claude-any")),
    "the first alias": (upstreams({**GPT, "models": []}, models=ALIAS), "", ("fast", "gpt", "gpt-4o")),
    "every model": (upstreams({"name": "all"}), "", ("any", "all", "any")),
}


@pytest.mark.parametrize("name", WAYS)
def test_the_call_goes_where_the_gateway_would_send_it(name: str) -> None:
    values, model, way = WAYS[name]
    asked, route = route_of(parse(values, folder=Path()), model)
    assert (asked, route[0].target.name, route[0].model) == way
    assert KEY["env"] not in repr(route)


def test_policy_knows_the_upstream() -> None:
    _, route = route_of(parse(upstreams(GPT), folder=Path()), "")
    assert (route[0].target.region, route[0].target.hosting) == ("eu", "cloud")


def test_without_a_configuration_it_goes_nowhere() -> None:
    asked, route = route_of(None, "")
    assert (asked, route[0].target.name, route[0].target.hosting) == ("any", "", "unknown")


def test_a_model_that_nobody_serves_is_told_with_the_way_out() -> None:
    with pytest.raises(UnknownModel, match="--model"):
        route_of(parse(upstreams(GPT), folder=Path()), "llama")
