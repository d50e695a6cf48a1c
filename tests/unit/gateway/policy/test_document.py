"""The input document: every field, always, and never text."""

from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Coverage, Finding, Screening, Unscanned
from gateway.policy.bundle import shipped
from gateway.policy.document import Arguments, PolicyInput, RequestFacts, ToolUse, Usage, encode, stable_length
from gateway.policy.schema import faults
from tests.unit.gateway.policy.facts import CLEAN, REPORT

NAMES = st.text(st.characters(exclude_categories=("Cs",)))


def found(label: str, slot: str, score: int, *, detector: str = "pii") -> Finding:
    return Finding(detector, "1", label, slot, 0, 4, score)


def document(facts: PolicyInput) -> dict:
    return orjson.loads(encode(facts))


def with_findings(*findings: Finding) -> PolicyInput:
    return replace(CLEAN, screening=Screening(findings, Coverage((REPORT,))))


def test_the_document_is_what_the_authors_schema_says():
    schema = orjson.loads((shipped() / "schemas/input.json").read_bytes())
    whole = replace(
        with_findings(found("EMAIL_ADDRESS", "s1", 900_000)),
        request=RequestFacts("openai.chat", "m", True, ("search",), 3, "en", ("text", "image")),
        usage=Usage(3, 4),
        tools=tuple(ToolUse("search", state) for state in Arguments),
    )
    for facts in (CLEAN, whole):
        assert list(faults(document(facts), schema, "input")) == []


def test_findings_are_grouped_by_detector_version_and_label():
    facts = with_findings(
        found("EMAIL_ADDRESS", "s1", 500_000),
        found("EMAIL_ADDRESS", "s0", 900_000),
        found("EMAIL_ADDRESS", "s2", 700_000),
        found("EMAIL_ADDRESS", "s1", 100_000, detector="ner"),
        found("CRYPTO", "s1", 1_000_000),
    )
    assert document(facts)["detections"] == [
        {
            "detector": "ner", "version": "1", "label": "EMAIL_ADDRESS", "status": "unreported",
            "score": 100_000, "count": 1, "slots": {"user.text": 100_000},
        },
        {
            "detector": "pii", "version": "1", "label": "CRYPTO", "status": "ok",
            "score": 1_000_000, "count": 1, "slots": {"user.text": 1_000_000},
        },
        {
            "detector": "pii", "version": "1", "label": "EMAIL_ADDRESS", "status": "ok",
            "score": 900_000, "count": 3, "slots": {"system.text": 900_000, "user.text": 700_000},
        },
    ]  # fmt: skip


def test_the_order_of_findings_changes_nothing():
    findings = [found(label, slot, 500_000) for label in ("B", "A") for slot in ("s2", "s1", "s0")]
    assert encode(with_findings(*findings)) == encode(with_findings(*reversed(findings)))


def test_parts_that_nobody_read_are_counted_by_reason_and_place_and_are_not_scanned():
    unscanned = (Unscanned("s1", "too_long"), Unscanned("s2", "too_long"), Unscanned("gone", "unknown_part"))
    facts = replace(CLEAN, screening=Screening((), Coverage((REPORT,), unscanned)))
    assert document(facts)["coverage"] == {
        "scanned": ["system.text"],
        "unscanned": [
            {"reason": "too_long", "slot": "user.text", "count": 2},
            {"reason": "unknown_part", "slot": "unknown", "count": 1},
        ],
        "reports": [{"detector": "pii", "version": "1", "status": "ok", "reason": ""}],
    }


def test_without_a_report_nothing_counts_as_scanned():
    assert document(replace(CLEAN, screening=Screening(())))["coverage"]["scanned"] == []


def test_a_finding_in_an_unknown_slot_is_kept():
    assert document(with_findings(found("A", "elsewhere", 1)))["detections"][0]["slots"] == {"unknown": 1}


@given(tokens=st.integers(0, 2**40), used=st.integers(0, 2**40), time_ms=st.integers(0, 2**45))
def test_volatile_fields_never_touch_the_stable_part(tokens, used, time_ms):
    changed = replace(
        CLEAN,
        request=replace(CLEAN.request, tokens_estimated=tokens),
        usage=Usage(used, used),
        time_ms=time_ms,
    )
    one, other = encode(CLEAN), encode(changed)
    assert one[: stable_length(one)] == other[: stable_length(other)]


@given(
    model=st.text(st.characters(exclude_categories=("Cs",))), other=st.text(st.characters(exclude_categories=("Cs",)))
)
def test_what_is_stable_tells_two_models_apart(model, other):
    stable = {
        text[: stable_length(text)]
        for name in (model, other)
        for text in [encode(replace(CLEAN, request=replace(CLEAN.request, model=name)))]
    }
    assert len(stable) == len({model, other})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{}", id="no-fields"),
        pytest.param(encode(CLEAN) + b" ", id="space-behind"),
        pytest.param(encode(CLEAN)[:-1], id="cut-off"),
        pytest.param(encode(CLEAN).replace(b'"time":', b'"stage":"x","time":'), id="another-field-in-the-tail"),
        pytest.param(orjson.dumps(orjson.loads(encode(CLEAN)), option=orjson.OPT_SORT_KEYS), id="another-order"),
    ],
)
def test_other_layouts_have_no_stable_part(text):
    assert stable_length(text) is None


def test_what_a_stage_is_about_is_stable():
    texts = [encode(replace(CLEAN, tools=(ToolUse(name),))) for name in ("read", "write")]
    assert len({text[: stable_length(text)] for text in texts}) == 2


def test_a_model_that_imitates_the_tail_changes_nothing():
    tail = ',"tokens_estimated":1},"usage":{"input_tokens":0,"output_tokens":0},"time":1}'
    text = encode(replace(CLEAN, request=replace(CLEAN.request, model=tail)))
    assert text[stable_length(text) :].startswith(b',"tokens_estimated":12}')


def test_no_text_of_a_passage_can_get_in():
    fields = {name for finding in document(with_findings(found("A", "s1", 1)))["detections"] for name in finding}
    assert fields == {"detector", "version", "label", "status", "score", "count", "slots"}
