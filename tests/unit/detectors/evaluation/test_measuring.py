"""One file measured from rows to reports: by a scorer that counts words, and by the patterns that a gateway runs."""

import asyncio
from collections.abc import Sequence
from itertools import count

import numpy as np
import pytest

from detectors.evaluation.errors import NotScreened
from detectors.evaluation.measuring import Measuring, Subjects, Wishes
from detectors.evaluation.rows import Row
from detectors.evaluation.screening import BATCH_CHARS, BATCH_ROWS, PATIENT, batches, mark, score
from detectors.finding import Finding, Passage
from detectors.suite import Limits, Suite
from gateway.pseudonyms.spans import resolve
from tests.unit.detectors.evaluation.keyword_scorer import KeywordScorer

NUMBERS = count()


class NamedThings:
    """A detector that finds fixed words, and is as real to a suite as any."""

    name, version = "names", "1"
    labels = frozenset({"PERSON", "LOCATION", "URL", "toxic"})

    def inspect(self, passages: Sequence[Passage], seconds: float) -> list[Finding]:
        known = {
            "Ann": ("PERSON", 900_000),
            "Bonn": ("LOCATION", 800_000),
            "web": ("URL", 900_000),
            "Mr": ("PERSON", 1),
        }
        return [
            Finding(self.name, self.version, label, passage.slot, start, start + len(word), score)
            for passage in passages
            for word, (label, score) in known.items()
            if (start := passage.text.find(word)) >= 0
        ]


class Broken(NamedThings):
    def inspect(self, passages: Sequence[Passage], seconds: float) -> list[Finding]:
        raise ValueError


def row(text: str, labels: dict[str, bool] | None = None, spans=None, **facts: str) -> Row:
    return Row(str(next(NUMBERS)), text, labels or {}, spans, facts)


@pytest.fixture
def suite():
    made = Suite([NamedThings()], PATIENT)
    yield made
    made.close()


def measured(suite: Suite, rows: list[Row], wishes: Wishes | None = None, scorer: KeywordScorer | None = None):
    subjects = Subjects(scorer or KeywordScorer(), suite, lambda finding: finding.score_ppm >= 400_000, resolve)
    measuring, steps = Measuring(subjects, wishes or Wishes()), []
    result = measuring.measure("f.jsonl", rows, steps.append)
    assert sum(steps) == measuring.work(rows)
    return result


def test_a_row_counts_only_for_labels_that_it_has(suite):
    rows = [
        row("you fool", {"insult": True}),
        row("nice", {"insult": False, "threat": False}),
        row("fool", {"threat": False, "weather": True}),
        row("who knows"),
    ]
    result = measured(suite, rows)
    insult, threat = result.reports
    assert (insult["label"], insult["n"], insult["positives"], insult["accuracy"]) == ("insult", 2, 1, 1.0)
    assert (threat["label"], threat["n"], threat["positives"], threat["auc"]) == ("threat", 2, 0, None)
    assert insult["interval"] == {"accuracy": [1.0, 1.0], "auc": [1.0, 1.0]}
    assert threat["interval"] == {"accuracy": [1.0, 1.0], "auc": None}
    assert result.skipped == ["weather"]


def test_a_report_of_a_label_has_the_agreed_members(suite):
    (report,) = measured(suite, [row("idiot", {"insult": True})]).reports
    agreed = (
        "file label n positives threshold accuracy accuracy_positive accuracy_negative precision recall f1 macro_f1 "
        "fpr auc recall_at_fpr_1 interval seconds model"
    )
    assert set(report) == set(agreed.split())
    assert (report["file"], report["threshold"], report["model"]) == ("f.jsonl", 0.5, "words-1")


def test_groups_report_the_same_of_their_rows(suite):
    rows = [
        row("fool", {"insult": True}, target="a"),
        row("fool", {"insult": False}, target="b"),
        row("sky", {"threat": False}, target="c"),
        row("fool", {"insult": True}),
    ]
    reports = measured(suite, rows, Wishes(by=["target"])).reports
    parts = [(r["label"], r.get("group", {}).get("value"), r["n"], r["accuracy"]) for r in reports]
    assert parts == [
        ("insult", None, 3, pytest.approx(2 / 3, abs=1e-6)),
        ("insult", "a", 1, 1.0),
        ("insult", "b", 1, 0.0),
        ("threat", None, 1, 1.0),
        ("threat", "c", 1, 1.0),
    ]
    assert reports[1]["group"] == {"key": "target", "value": "a"}


def test_labels_can_be_renamed_and_an_own_name_goes_first(suite):
    rows = [row("fool", {"rude": True}), row("fool", {"rude": False, "insult": True}), row("sky", {"rude": False})]
    result = measured(suite, rows, Wishes(labels={"rude": "insult"}))
    assert [(r["label"], r["n"], r["positives"]) for r in result.reports] == [("insult", 3, 2)]
    assert result.skipped == []


def spans_of(result, **wanted):
    return {r["entity"]: (r["n"], r["found"], r["recall"], r["precision"]) for r in result.reports if "entity" in r}


def test_spans_are_judged_by_type_all_together_and_word_by_word(suite):
    rows = [
        row("Ann saw Bonn", spans=((0, 3, "PER"), (8, 12, "PER"))),  # Bonn is found as a place: right as a word only
        row("Mr Lee on the web", spans=((0, 2, "TITLE"), (3, 6, "PER"))),  # Lee is missed; nobody asked for the web
        row("no spans known"),
    ]
    result = measured(suite, rows)
    assert spans_of(result) == {
        "PER": (3, 1, pytest.approx(1 / 3, abs=1e-6), 1.0),
        "ALL": (3, 1, pytest.approx(1 / 3, abs=1e-6), 1.0),
        "ANY": (4, 3, 0.5, pytest.approx(2 / 3, abs=1e-6)),
    }
    assert result.skipped == ["TITLE"]


def test_types_that_the_file_never_has_can_be_left_out_word_by_word_too(suite):
    rows = [row("Ann saw Bonn on the web", spans=((0, 3, "PERSON"),))]
    assert spans_of(measured(suite, rows))["ANY"] == (1, 3, 1.0, pytest.approx(1 / 3, abs=1e-6))
    assert spans_of(measured(suite, rows, Wishes(only_carried=True)))["ANY"] == (1, 1, 1.0, 1.0)


def test_words_of_a_type_renamed_to_none_count_neither_way(suite):
    rows = [row("Ann wrote Bonn", spans=((0, 3, "PERSON"), (10, 14, "MISC")))]
    assert spans_of(measured(suite, rows, Wishes(types={"MISC": "NONE"})))["ANY"] == (1, 1, 1.0, 1.0)


def test_rows_without_anything_personal_still_show_false_alarms(suite):
    result = measured(suite, [row("Ann", spans=()), row("sky", spans=())])
    assert spans_of(result) == {"ALL": (0, 0, None, None), "ANY": (0, 1, None, 0.0)}
    assert [r["f2"] for r in result.reports] == [None, None]


def test_groups_of_spans(suite):
    rows = [row("Ann", spans=((0, 3, "PERSON"),), kind="x"), row("Lee", spans=((0, 3, "PERSON"),), kind="y")]
    reports = [r for r in measured(suite, rows, Wishes(by=["kind"])).reports if r["entity"] == "ALL"]
    assert [(r.get("group", {}).get("value"), r["f2"]) for r in reports][1:] == [("x", 1.0), ("y", 0.0)]
    low, high = reports[0]["interval"]["f2"]
    assert (low, high) == (0, 1)


def test_overlapping_findings_become_one_span_as_masking_makes_them():
    class Twice(NamedThings):
        def inspect(self, passages, seconds):
            found = super().inspect(passages, seconds)
            return [
                *found,
                *(Finding("x", "1", "LOCATION", f.slot, f.start, f.end + 4, f.score_ppm - 1) for f in found),
            ]

    suite = Suite([Twice()], PATIENT)
    marked = mark(suite, ["Ann Lee"], lambda _: True, resolve, lambda _: None)
    suite.close()
    assert marked.spans == [[(0, 7, "PERSON")]]


def test_batches_hold_every_row_once_shortest_first():
    texts = ["x" * (number * 37 % 900) for number in range(400)]
    made = list(batches(texts))
    assert sorted(position for batch in made for position in batch) == list(range(400))
    assert all(len(batch) <= BATCH_ROWS for batch in made)
    assert all(len(batch) * max(len(texts[position]) for position in batch) <= BATCH_CHARS for batch in made)
    lengths = [len(texts[position]) for batch in made for position in batch]
    assert lengths == sorted(lengths)
    assert list(batches([])) == []


def test_scores_come_back_in_the_order_of_the_rows():
    scorer, texts = KeywordScorer(), ["you utter fool and idiot", "fool", "sky"] * 50
    scored = score(scorer, texts, lambda _: None)
    assert np.round(scored.scores[:3, 0], 2).tolist() == [0.9, 0.6, 0.1]
    assert len(scorer.sizes) < 6
    assert (scored.seconds > 0).all()


def test_figures_about_rows_that_nobody_looked_at_are_refused():
    for detector, limits, reason in (
        (Broken(), PATIENT, "unavailable"),
        (NamedThings(), Limits(passage_chars=1), "long"),
    ):
        suite = Suite([detector], limits)
        with pytest.raises(NotScreened, match=reason):
            measured(suite, [row("Ann", spans=())])
        suite.close()


def test_scores_that_are_no_numbers_are_refused(suite):
    class Undecided(KeywordScorer):
        def scores(self, texts):
            return super().scores(texts) * np.nan

    with pytest.raises(NotScreened, match="no numbers"):
        measured(suite, [row("Ann", {"insult": True})], scorer=Undecided())


def test_an_event_loop_is_left_as_it_was(suite):
    measured(suite, [row("Ann", spans=())])
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
