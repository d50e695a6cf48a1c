"""Which upstream serves a model."""

import pytest

from gateway.dialects.openai.api import OPENAI
from gateway.errors import UnknownModel
from gateway.upstream.router import Router, Target


def target(name: str, *models: str) -> Target:
    return Target(name, OPENAI, "https://x", "p", "r", "cloud", models, {"authorization": "Bearer sk-secret"})


ROUTER = Router([target("exact", "gpt-4o"), target("patterns", "gpt-*", "o[13]*"), target("rest", "org/*")])
ROUTES = {
    "gpt-4o": "exact",
    "gpt-4o-mini": "patterns",
    "o3-mini": "patterns",
    "org/model:7b": "rest",
    "org/gemini@20250101": "rest",
}
NOBODYS = ["GPT-4o", "claude", "", "org/with space", "org/ann@example.com", "org/" + "x" * 300, "org/line\nbreak"]


@pytest.mark.parametrize(("model", "name"), ROUTES.items(), ids=ROUTES)
def test_the_first_match_in_order_serves(model: str, name: str) -> None:
    assert ROUTER.target(model, OPENAI).name == name


@pytest.mark.parametrize("model", NOBODYS)
def test_what_nobody_serves_or_is_no_name_is_refused_without_repeating_it(model: str) -> None:
    with pytest.raises(UnknownModel) as caught:
        ROUTER.target(model, OPENAI)
    assert not model or model not in caught.value.message


def test_a_targets_credential_is_not_in_its_repr() -> None:
    assert "sk-secret" not in repr(target("a", "*"))
