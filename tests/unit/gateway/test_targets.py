"""From the configuration to providers that are ready to be called."""

from pathlib import Path
from typing import Any

import pytest

from gateway.dialects.openai.api import OPENAI
from gateway.secret_source import SettingsError
from gateway.settings import parse
from gateway.targets import router_of
from gateway.upstream.router import Router
from gateway.upstream.target import Retries, Timeouts

MAIN = {"name": "main", "base_url": "https://api.example.com/v1/"}
AZURE = {
    "name": "azure",
    "base_url": "https://x.example.com",
    "scheme": "azure",
    "api_version": "2024-10-21",
    "api_key": {"env": "KEY"},
    "models": ["none"],
}


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "sk-1")


def router(*upstreams: dict[str, Any], **sections: Any) -> Router:
    return router_of(parse({"secret": {"env": "S"}, "upstreams": upstreams, **sections}, folder=Path()))


def test_an_upstream_has_its_own_patience_where_it_sets_one_and_the_limits_elsewhere() -> None:
    own = {**MAIN, "timeouts": {"first_byte_s": 9}, "retries": {"attempts": 4, "base_s": 1, "cap_s": 2}}
    (target,) = router(own, limits={"connect_s": 1, "first_byte_s": 2, "idle_s": 3}).targets
    assert target.timeouts == Timeouts(connect_s=1, first_byte_s=9, idle_s=3)
    assert target.retries == Retries(attempts=4, base_s=1, cap_s=2)


def test_the_key_goes_where_the_api_wants_it() -> None:
    keyed, bare, azure = router({**MAIN, "api_key": {"env": "KEY"}}, {**MAIN, "name": "bare"}, AZURE).targets
    assert keyed.headers["authorization"] == "Bearer sk-1"
    assert "authorization" not in bare.headers
    assert azure.headers["api-key"] == "sk-1"
    assert "authorization" not in azure.headers


def test_headers_are_written_out_or_named() -> None:
    (target,) = router({**MAIN, "headers": {"X-Team": "blue", "x-auth": {"env": "KEY"}}}).targets
    assert (target.headers["x-team"], target.headers["x-auth"]) == ("blue", "sk-1")
    assert "sk-1" not in repr(target)


def test_a_secret_that_is_missing_is_told_at_start_up() -> None:
    with pytest.raises(SettingsError, match="NOBODY_SET_THIS"):
        router({**MAIN, "headers": {"x-auth": {"env": "NOBODY_SET_THIS"}}})


PATHS = {
    "/chat/completions": "/openai/deployments/my%2Fdeployment/chat/completions?api-version=2024-10-21",
    "/images/edits": "/openai/deployments/my%2Fdeployment/images/edits?api-version=2024-10-21",
    "/responses": "/openai/responses?api-version=2024-10-21",
    "/chat/completions?after=x": "/openai/deployments/my%2Fdeployment/chat/completions?after=x&api-version=2024-10-21",
}


@pytest.mark.parametrize(("path", "placed"), PATHS.items(), ids=PATHS)
def test_azure_has_its_own_paths(path: str, placed: str) -> None:
    alias = {"careful": [{"upstream": "azure", "model": "my/deployment"}]}
    (candidate,) = router(AZURE, models=alias).route("careful", OPENAI)
    assert candidate.url(path) == f"https://x.example.com{placed}"


def test_other_upstreams_have_the_apis_paths() -> None:
    (candidate,) = router(MAIN).route("m", OPENAI)
    assert candidate.url("/chat/completions") == "https://api.example.com/v1/chat/completions"


def test_an_alias_is_short_or_long() -> None:
    short = [{"upstream": "main", "model": "a"}]
    long = {"candidates": short, "fallback": [{"upstream": "main", "model": "b"}]}
    routes = router(MAIN, models={"short": short, "long": long})
    assert [c.model for c in routes.route("short", OPENAI)] == ["a"]
    assert [c.model for c in routes.route("long", OPENAI)] == ["a", "b"]


def test_a_library_gets_its_options_with_the_secrets_among_them() -> None:
    options = {"aws_region_name": "eu-central-1", "aws_secret_access_key": {"env": "KEY"}, "drop_params": True}
    library = {"name": "bedrock", "kind": "litellm", "models": ["bedrock/*"], "options": options}
    (target,) = router(library).targets
    assert target.options == {
        "aws_region_name": "eu-central-1",
        "aws_secret_access_key": "sk-1",
        "drop_params": True,
    }
    assert (target.api, target.headers, target.has_list) == (None, {}, False)
    assert "sk-1" not in repr(target)
