"""The configuration: what is refused, and where relative paths lead."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gateway.commands.init import CONFIGURATION
from gateway.secret_source import SecretSource, SettingsError
from gateway.settings import load, named, parse

GOOD: dict[str, Any] = {
    "secret": {"env": "SECRET"},
    "upstreams": [{"name": "openai", "base_url": "https://api.openai.com/v1"}],
}


def upstream(**fields: Any) -> dict[str, Any]:
    return {**GOOD, "upstreams": [{**GOOD["upstreams"][0], **fields}]}


OFFER = {"upstream": "openai", "model": "m"}


def servers(*changes: dict[str, Any]) -> dict[str, Any]:
    known = {"name": "files", "url": "https://tools.example.com/mcp"}
    return {**GOOD, "mcp_servers": [{**known, **change} for change in changes]}


FAULTS: dict[str, tuple[Any, str]] = {
    "not a mapping": ([], "top level must be a mapping"),
    "nothing at all": (None, "top level must be a mapping"),
    "no upstream": ({"secret": {"env": "S"}}, "upstreams"),
    "no secret": ({"upstreams": GOOD["upstreams"]}, "secret"),
    "a misspelt field": ({**GOOD, "upstream": []}, "upstream"),
    "a port that is none": ({**GOOD, "listen": {"port": 70_000}}, "listen.port"),
    "a secret written inline": (upstream(api_key="sk-123"), "api_key"),
    "a secret from two places": (upstream(api_key={"env": "A", "file": "b"}), "exactly one"),
    "an unencrypted upstream": (upstream(base_url="http://models.example.com/v1"), "unencrypted"),
    "credentials in a URL": (upstream(base_url="https://me:pw@example.com"), "without credentials"),
    "another scheme": (upstream(base_url="ftp://example.com"), "http(s)"),
    "the same name twice": ({**GOOD, "upstreams": GOOD["upstreams"] * 2}, "same name"),
    "a credential in a header": (upstream(headers={"Authorization": "sk-123"}), "headers.authorization is a secret"),
    "a header that the gateway sets": (upstream(headers={"Content-Length": "7"}), "headers"),
    "a header over two lines": (upstream(headers={"x-a": "b\r\nx-c: d"}), "headers.x-a"),
    "a scheme without its version": (upstream(scheme="azure"), "api_version"),
    "a version without its scheme": (upstream(api_version="2024-10-21"), "scheme"),
    "an API that nobody speaks": (upstream(api="soap"), "unknown; known are openai, anthropic, gemini"),
    "a scheme that nobody has": (upstream(scheme="soap", api_version="1"), "unknown; known are azure"),
    "options for HTTP": (upstream(options={"a": "b"}), "options"),
    "a library whose caller may choose the provider": (upstream(kind="litellm", models=["*"]), "begin with their"),
    "a library for no model in particular": (upstream(kind="litellm"), "begin with their"),
    "headers for a library": (upstream(kind="litellm", models=["a/*"], headers={"x-a": "b"}), "options"),
    "no attempt at all": (upstream(retries={"attempts": 0}), "retries.attempts"),
    "an alias for nothing": ({**GOOD, "models": {"fast": []}}, "models.fast"),
    "an alias for nobody's model": ({**GOOD, "models": {"fast": [{"upstream": "x", "model": "m"}]}}, "not there: x"),
    "a fallback that is nobody's": (
        {**GOOD, "models": {"a": {"candidates": [OFFER], "fallback": [{**OFFER, "upstream": "y"}]}}},
        "not there: y",
    ),
    "an alias that nobody can ask for": ({**GOOD, "models": {"my model": [OFFER]}}, "models.my model"),
    "a weight of nothing": ({**GOOD, "models": {"fast": [{**OFFER, "weight": 0}]}}, "weight"),
    "a model that is no name": ({**GOOD, "models": {"fast": [{**OFFER, "model": "a b"}]}}, "model"),
    "a server of tools without encryption": (servers({"url": "http://tools.example.com/mcp"}), "allow_plain_http"),
    "a server of tools whose address holds a password": (
        servers({"url": "https://a:b@tools.example.com"}),
        "credentials",
    ),
    "a server of tools with a secret that is written out": (
        servers({"headers": {"authorization": "sk-123"}}),
        "headers.authorization",
    ),
    "a server of tools that can't be in a path": (servers({"name": "a/b"}), "name"),
    "two servers of tools with one name": (servers({}, {}), "two mcp_servers"),
    "an engine that does not exist": ({**GOOD, "policy": {"engine": "regorus"}}, "policy.engine"),
    "a quota without a limit": ({**GOOD, "quotas": [{"name": "a"}]}, "at least one limit"),
    "a quota of nothing": ({**GOOD, "quotas": [{"name": "a", "concurrent": 0}]}, "concurrent"),
    "a quota of less than a millionth": ({**GOOD, "quotas": [{"name": "a", "usd_per_day": 1e-9}]}, "usd_per_day"),
    "two quotas of one name": ({**GOOD, "quotas": [{"name": "a", "concurrent": 1}] * 2}, "two quotas"),
    "a misspelt limit": ({**GOOD, "quotas": [{"name": "a", "request_per_minute": 1}]}, "request_per_minute"),
    "a price of less than nothing": ({**GOOD, "prices": [{"models": ["a"], "input": -1, "output": 1}]}, "input"),
    "a password written inline": ({**GOOD, "redis": {"url": "redis://:pw@host"}}, "by {env: NAME}"),
    "counters elsewhere": ({**GOOD, "redis": {"url": "http://host"}}, "redis://"),
    "a limit of nothing": ({**GOOD, "limits": {"body_bytes": 0}}, "limits.body_bytes"),
}


@pytest.mark.parametrize(("values", "word"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_sentence_that_names_the_field(values: Any, word: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse(values, folder=Path())
    assert word in str(caught.value)
    assert "sk-123" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_paths_start_at_the_files_folder(tmp_path: Path) -> None:
    (tmp_path / "airlock.yaml").write_text(yaml.safe_dump({**GOOD, "policy": {"data": "data.yaml"}}))
    settings = load(tmp_path / "airlock.yaml")
    assert settings.store.url == f"sqlite:///{tmp_path}/.airlock/airlock.db"
    assert settings.store.signing_key == tmp_path / ".airlock/log.key"
    assert settings.policy.data == tmp_path / "data.yaml"


@pytest.mark.parametrize("url", ["sqlite:////var/lib/airlock.db", "postgresql+psycopg://airlock@db/airlock"])
def test_an_absolute_store_stays(url: str) -> None:
    assert parse({**GOOD, "store": {"url": url}}, folder=Path("/etc")).store.url == url


@pytest.mark.parametrize("text", ["a: [", "\tx"], ids=["unclosed", "tab"])
def test_a_file_that_is_not_yaml_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "airlock.yaml").write_text(text)
    with pytest.raises(SettingsError, match="not YAML"):
        load(tmp_path / "airlock.yaml")


def test_a_missing_file_is_told_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="airlock init"):
        load(tmp_path / "nowhere.yaml")


def test_the_file_is_the_one_that_was_named_then_the_environments_then_the_one_that_is_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AIRLOCK_CONFIG", raising=False)
    assert named() is None
    Path("airlock.yaml").touch()
    assert named() == Path("airlock.yaml")
    monkeypatch.setenv("AIRLOCK_CONFIG", "/not/there.yaml")
    assert named() == Path("/not/there.yaml")
    assert named(Path("own.yaml")) == Path("own.yaml")


def test_the_file_that_init_writes_is_valid() -> None:
    settings = parse(yaml.safe_load(CONFIGURATION), folder=Path())
    assert settings.upstreams[0].api_key == SecretSource(env="OPENAI_API_KEY")


class TestASecret:
    def test_comes_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET", " s3cret\n")
        assert SecretSource(env="SECRET").read() == "s3cret"

    def test_comes_from_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("s3cret\n")
        assert SecretSource(file=tmp_path / "secret").read() == "s3cret"

    @pytest.mark.parametrize("source", [SecretSource(env="NOBODY_SET_THIS"), SecretSource(file=Path("/nowhere"))])
    def test_that_is_missing_is_told_by_its_place(self, source: SecretSource) -> None:
        with pytest.raises(SettingsError, match=r"NOBODY_SET_THIS|/nowhere"):
            source.read()

    def test_that_is_empty_is_missing(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("\n")
        with pytest.raises(SettingsError, match="empty"):
            SecretSource(file=tmp_path / "secret").read()


def test_quotas_become_rules_in_whole_units() -> None:
    limits = {
        "requests_per_minute": 5,
        "tokens_per_minute": 6,
        "tokens_per_day": 7,
        "usd_per_day": "0.5",
        "concurrent": 8,
    }
    quota = {"name": "a", "match": {"tenant": "acme"}, "per": "tenant", "unknown_cost": "0.01", **limits}
    (parsed,) = parse({**GOOD, "quotas": [quota]}, folder=Path()).quotas
    rule = parsed.rule()
    assert sorted(f"{measure} {limit}" for (measure, _), limit in rule.limits.items()) == [
        "concurrent 8",
        "cost 500000",
        "requests 5",
        "tokens 6",
        "tokens 7",
    ]
    assert (rule.tenant, rule.use_case, rule.per, rule.unknown_cost) == ("acme", "*", "tenant", Decimal("0.01"))


def test_the_address_of_redis_may_be_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    redis = parse({**GOOD, "redis": {"url": {"env": "REDIS_URL"}}}, folder=Path()).redis
    assert redis is not None
    monkeypatch.setenv("REDIS_URL", "rediss://:pw@host:6380/1")
    assert redis.address() == "rediss://:pw@host:6380/1"
    monkeypatch.setenv("REDIS_URL", "http://host")
    with pytest.raises(SettingsError, match=r"^redis\.url: the url must begin with") as caught:
        redis.address()
    assert "host" not in str(caught.value)


def test_what_the_written_configuration_has_in_comments_can_be_used() -> None:
    commented = CONFIGURATION[CONFIGURATION.index("# quotas:") :]
    lines = [line.removeprefix("# ") for line in commented.splitlines() if line.startswith(("# ", "#   "))]
    words = ("Your own prices", "Where replicas share")
    sections = yaml.safe_load("\n".join(line for line in lines if not line.startswith(words)))
    settings = parse({**GOOD, **sections}, folder=Path())
    assert (len(settings.quotas[0].rule().limits), len(settings.prices)) == (5, 1)
    assert settings.redis is not None
