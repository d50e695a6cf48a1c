"""Case files."""

import json

import pytest

from gateway.policy.archive import BundleUnusable
from gateway.policy.bundle import shipped
from gateway.policy.cases import read_cases, settings


def test_the_shipped_cases_cover_both_stages_and_every_reason():
    cases = read_cases(shipped())
    stages = {json.loads(case.document).get("stage") for case in cases if case.document.startswith(b'{"api')}
    codes = {reason["code"] for case in cases for reason in case.expect["reasons"]}
    assert len(cases) >= 30
    assert {"request", "response", "tool_definition", "tool_call", "tool_result"} <= stages
    assert codes == {
        "bias.detected", "injection.detected", "profile.incomplete", "profile.unknown", "toxicity.detected",
        "card.detected", "coverage.accepted", "coverage.unscanned", "detector.fail_open", "detector.unavailable",
        "hosting.not_allowed", "input.invalid", "model.not_allowed", "personal.detected",
        "personal.blocked", "personal.hosting_not_allowed", "personal.sealed",
        "pseudonyms.unmaskable", "region.not_allowed",
        "secret.detected", "subject.unknown_use_case", "tool.arguments_invalid", "tool.arguments_unchecked",
        "tool.not_allowed",
    }  # fmt: skip


def test_settings_are_no_case(tmp_path):
    (tmp_path / "cases").mkdir()
    assert settings(tmp_path) is None
    (tmp_path / "cases/settings.json").write_text("{}")
    assert settings(tmp_path) == tmp_path / "cases/settings.json"
    assert read_cases(tmp_path) == []


@pytest.mark.parametrize("text", ["{", "[]", '{"note": "x"}', '{"note": "x", "input": {}, "expect": "allow"}'])
def test_a_file_that_is_no_case_is_named(tmp_path, text):
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases/odd.json").write_text(text)
    with pytest.raises(BundleUnusable, match=r"odd\.json is not a case"):
        read_cases(tmp_path)
