"""`airlock policy` as an author uses it."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from detectors.encoder.format import ENTITIES, LABELS
from gateway.commands.policy import app
from gateway.policy.bundle import load, shipped
from tests.parts import require_opa

NO_OPA = {"AIRLOCK_OPA": "there-is-no-such-command"}


@pytest.fixture
def draft(tmp_path):
    folder = tmp_path / "policies"
    shutil.copytree(shipped(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def airlock(*arguments, env=None):
    """Run a subcommand; gives its exit code and its output."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], env=env or {"AIRLOCK_OPA": require_opa()})
    return done.exit_code, done.output


@pytest.mark.integration
def test_the_shipped_policies_pass_everything():
    code, output = airlock("check")
    assert code == 0, output
    code, output = airlock("test")
    assert code == 0, output
    assert "OPA server" in output
    assert "Not run" not in output


@pytest.mark.integration
def test_check_shows_all_faults_with_their_places(draft):
    file = draft / "airlock/streams.rego"
    file.write_text(file.read_text().replace("input.request.stream", "input.request.streem   "))
    (draft / "data.json").write_text("{}")
    code, output = airlock("check", draft)
    assert code == 1
    assert "airlock/streams.rego:" in output
    assert "data.labels is missing" in output
    assert output.count("✗") == 4
    assert "✓ Builtins" in output


@pytest.mark.integration
def test_a_changed_rule_breaks_its_cases_and_its_tests(draft):
    file = draft / "airlock/secrets.rego"
    file.write_text(file.read_text().replace('"action": "block"', '"action": "allow"'))
    code, output = airlock("test", draft)
    assert code == 1
    assert "secret_request: A secret doesn't leave." in output
    assert 'action: "allow", expected "block"' in output


@pytest.mark.integration
def test_a_failing_test_beside_a_policy_is_shown(draft):
    file = draft / "airlock/extra_test.rego"
    file.write_text("package airlock.extra_test\n\ntest_never if 1 == 2\n")
    code, output = airlock("test", draft)
    assert code == 1
    assert "test_never" in output


@pytest.mark.integration
def test_build_makes_a_changed_policy_loadable_again(draft):
    with (draft / "airlock/secrets.rego").open("a") as file:
        file.write("\nunused := 1\n")
    assert airlock("test", draft, env=NO_OPA)[0] == 2
    code, output = airlock("build", draft)
    assert code == 0
    assert load(draft).digest in output
    assert airlock("test", draft, env=NO_OPA)[0] == 0


@pytest.mark.integration
def test_build_writes_an_archive_with_other_data(tmp_path):
    data = shipped() / "cases/settings.json"
    code, output = airlock("build", "-o", tmp_path / "b.tar.gz", "--data", data)
    assert code == 0
    assert load(tmp_path / "b.tar.gz").digest == load(data=data).digest
    assert load(data=data).digest in output


@pytest.mark.integration
def test_a_policy_that_does_not_compile_is_the_authors_fault(draft):
    (draft / "airlock/extra.rego").write_text("package airlock.extra\n\nallow if {\n")
    code, output = airlock("build", draft)
    assert code == 1
    assert "airlock/extra.rego:" in output


def test_without_opa_the_cases_still_run_and_it_says_what_did_not():
    code, output = airlock("test", env=NO_OPA)
    assert code == 0
    assert "cases, embedded engine" in output
    assert "Not run without `opa`" in output


@pytest.mark.parametrize("command", ["check", "build"])
def test_without_opa_a_sentence_says_how_to_get_it(command):
    code, output = airlock(command, env=NO_OPA)
    assert code == 2
    assert "openpolicyagent.org" in output
    assert max(map(len, output.splitlines())) <= 80


def test_a_folder_that_is_no_bundle_says_so(tmp_path):
    code, output = airlock("test", tmp_path, env=NO_OPA)
    assert code == 2
    assert "airlock policy build" in " ".join(output.split())


def test_retune_writes_an_encoders_thresholds_into_data(tmp_path):
    data, thresholds = tmp_path / "data.json", tmp_path / "thresholds.json"
    data.write_bytes((shipped() / "data.json").read_bytes())
    parts = {"labels": LABELS, "entities": ENTITIES}
    thresholds.write_text(json.dumps({part: {name: {"threshold": 0.9} for name in of} for part, of in parts.items()}))
    assert airlock("retune", thresholds, "--data", data, env=NO_OPA)[0] == 0
    assert json.loads(load(data=data).data)["profiles"]["customer_facing"]["hate"]["threshold"] == 900_000
    code, output = airlock("retune", tmp_path / "none.json", "--data", data, env=NO_OPA)
    assert code == 2
    assert "No such file or directory" in " ".join(output.split())
