"""The default policies as OPA's own tools see them."""

import json
import shutil

import pytest

from gateway.policy.build import build, capabilities
from gateway.policy.bundle import shipped
from gateway.policy.document import VOLATILE
from gateway.policy.memo import overlook
from gateway.policy.opa_command import OpaCommand, OpaFailed
from tests.parts import require_opa

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def opa():
    return OpaCommand.find(require_opa())


@pytest.fixture
def draft(tmp_path):
    """A copy of the policies that a test may change."""
    folder = tmp_path / "policies"
    shutil.copytree(shipped(), folder, ignore=shutil.ignore_patterns("cases", "__pycache__"))
    return folder


def write(folder, name, text):
    (folder / "airlock" / name).write_text(text)


def test_format_and_types_are_clean(opa):
    opa.run(["fmt", "--list", "--fail", "."], shipped())
    opa.run(["check", "--strict", "--schema", "schemas", "--bundle", "."], shipped())


def test_every_line_of_every_rule_is_covered_by_the_tests_beside(opa):
    report = json.loads(opa.run(["test", "--coverage", "--bundle", "."], shipped()))
    uncovered = {
        path: [(part["start"]["row"], part["end"]["row"]) for part in file["not_covered"]]
        for path, file in report["files"].items()
        if file.get("not_covered") and not path.endswith("_test.rego")
    }
    assert uncovered == {}
    assert report["coverage"] == 100


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("input.request.stream", "input.request.streem", "streams.rego:", id="misspelt-field"),
        pytest.param("input.request.stream", "input.request.stream == 1", "match error", id="compared-with-a-number"),
    ],
)
def test_a_slip_in_a_rule_is_found_with_its_place(opa, draft, old, new, message):
    file = draft / "airlock/streams.rego"
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(OpaFailed, match=message):
        opa.run(["check", "--strict", "--schema", "schemas", "--bundle", "."], draft)


@pytest.mark.parametrize(
    "call",
    ['http.send({"method": "get", "url": "http://127.0.0.1"})', "time.now_ns()", 'rand.intn("x", 2)',
     "opa.runtime()", 'net.lookup_ip_addr("localhost")', 'sprintf("%d", [1])'],
    ids=["http", "clock", "chance", "environment", "names", "host-call"],
)  # fmt: skip
def test_builtins_that_only_one_engine_has_are_refused_with_their_place(opa, draft, call):
    write(draft, "extra.rego", f"package airlock.extra\n\nvalue := {call}\n")
    with pytest.raises(OpaFailed, match=r"airlock/extra\.rego:3: .*undefined function"):
        build(draft, opa)


def test_every_allowed_builtin_exists_in_this_opa(opa):
    allowed = {builtin["name"] for builtin in json.loads(capabilities(shipped()).read_text())["builtins"]}
    known = {builtin["name"] for builtin in json.loads(opa.run(["capabilities", "--current"], shipped()))["builtins"]}
    assert allowed <= known


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("input.time > 0", id="directly"),
        pytest.param("document := input; document.time > 0", id="through-a-variable"),
        pytest.param('object.get(input, "time", 0) > 0', id="through-object-get"),
        pytest.param('object.get(input, ["time"], 0) > 0', id="through-a-path"),
        pytest.param('some name, value in input; name == "time"; value > 0', id="by-iteration"),
        pytest.param('name := concat("", ["ti", "me"]); input[name] > 0', id="by-a-computed-name"),
        pytest.param("walk(input, [_, value]); value == 1", id="by-walking"),
        pytest.param("count([1 | input.time > 0]) > 0", id="in-a-comprehension"),
        pytest.param("late(input)", id="through-a-function"),
        pytest.param("inner", id="through-a-rule"),
        pytest.param("json.marshal(input) != null", id="as-a-whole"),
        pytest.param("input.request.tokens_estimated > 5", id="tokens"),
        pytest.param('input.request["tokens_estimated"] > 5', id="tokens-in-brackets"),
        pytest.param("some request in [input.request]; request.tokens_estimated > 5", id="tokens-through-the-request"),
        pytest.param("input.usage.output_tokens > 5", id="usage"),
        pytest.param("f := input.usage; f.output_tokens > 5", id="usage-through-a-variable"),
    ],
)
def test_a_policy_that_reads_a_volatile_field_in_any_way_is_not_remembered(opa, draft, body):
    write(draft, "extra.rego", (
        "package airlock.extra\n\n"
        f"match if {{\n\t{body}\n}}\n\n"
        "late(document) if document.time > 0\n\n"
        "inner if input.time > 0\n"
    ))  # fmt: skip
    with (draft / "airlock/models.rego").open("a") as rules:
        rules.write('\nreasons contains {"code": "extra"} if data.airlock.extra.match\n')
    reads = json.loads(build(draft, opa).manifest)["reads"]
    assert not overlook(reads), f"{reads} should show one of {VOLATILE}"
