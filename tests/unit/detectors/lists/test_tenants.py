"""What a suite tells of the texts of tenants with lists, and of those of others."""

from collections.abc import Sequence
from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from presidio_analyzer import Pattern, PatternRecognizer

from detectors.finding import DetectorReport, Finding, Passage, Screening, Status
from detectors.lists.entries import ANY, Entries, ListsFile
from detectors.lists.normal_form import normal
from detectors.lists.tenants import TenantLists
from detectors.suite import Limits, Suite
from detectors.text.gates import careful_gate_of
from detectors.text.patterns import PatternDetector, gates_of
from detectors.text.prefilter import Prefilter
from detectors.text.rules import PatternRule
from detectors.text.scans import WholeText

LABELS = ("PERSON", "EMAIL_ADDRESS", "SECRET_KEY", "CREDIT_CARD", "toxic")


class Words:
    """A detector that takes each word for one of its labels, by its length."""

    name, version, labels = "words", "1", frozenset(LABELS)

    def inspect(self, passages: Sequence[Passage], seconds: float) -> list[Finding]:
        found = []
        for passage in passages:
            at = 0
            for word in passage.text.split(" "):
                if word:
                    label = LABELS[len(word) % len(LABELS)]
                    found.append(Finding(self.name, "1", label, passage.slot, at, at + len(word), 600_000))
                at += len(word) + 1
        return found


def lists(**tenants: Entries) -> TenantLists:
    return TenantLists(ListsFile({name.replace("everyone", "*"): said for name, said in tenants.items()}, "abc"))


def entries(allow: Sequence[str] = (), deny: Sequence[str] = (), label: str = "PROJECT") -> Entries:
    return Entries({normal(one): ANY for one in allow}, {normal(one): frozenset({label}) for one in deny})


async def screened(given: TenantLists | None, tenant: str, *texts: str) -> Screening:
    suite = Suite([Words()], Limits(), given)
    try:
        return await suite.screen([Passage(f"s{number}", text) for number, text in enumerate(texts)], tenant)
    finally:
        suite.close()


def told(screening: Screening) -> list[tuple[str, str, int, int]]:
    return [(one.label, one.slot, one.start, one.end) for one in screening.findings]


async def test_an_allowed_value_goes_and_a_denied_one_comes():
    seen = await screened(lists(acme=entries(["abcde"], ["bb"])), "acme", "abcde ABCDE bb", "abcdef")
    assert told(seen) == [
        ("SECRET_KEY", "s0", 12, 14),
        ("EMAIL_ADDRESS", "s1", 0, 6),
        ("PROJECT", "s0", 12, 14),
    ]
    assert dict(seen.allowed) == {"PERSON": 2}
    denied = seen.findings[-1]
    assert (denied.detector, denied.version, denied.score_ppm) == ("lists", "1+abc", 1_000_000)
    assert denied.refs


async def test_a_report_says_which_lists_were_in_force_whoever_asks():
    file = lists(acme=entries(["abcde"]))
    for tenant in ("acme", "other"):
        for text in ("a text", ""):
            reports = (await screened(file, tenant, text)).coverage.reports
            assert reports[1:] == (DetectorReport("lists", "1+abc", Status.OK),)
    assert len((await screened(None, "acme", "a text")).coverage.reports) == 1


async def test_what_is_listed_for_all_counts_beside_a_tenants_own():
    file = lists(everyone=entries(["abcde"], ["bb"]), acme=entries(["fghij"], ["cc"]))
    assert told(await screened(file, "acme", "abcde fghij")) == []
    assert [one[2] for one in told(await screened(file, "acme", "xbb bb cc")) if one[0] == "PROJECT"] == [4, 7]
    assert [one[2] for one in told(await screened(file, "other", "xbb bb cc")) if one[0] == "PROJECT"] == [4]
    assert [one[0] for one in told(await screened(file, "other", "abcde fghij"))] == ["PERSON"]


async def test_a_denied_value_is_one_whatever_is_allowed():
    both = entries(["abcde"], ["abcde"], label="PERSON")
    for file in (lists(acme=both), lists(everyone=entries(["abcde"]), acme=entries(deny=["abcde"], label="PERSON"))):
        seen = await screened(file, "acme", "abcde")
        assert [(one.detector, one.label) for one in seen.findings] == [("lists", "PERSON")]


async def test_what_may_have_begun_before_a_passage_stays():
    suite = Suite([Words()], Limits(), lists(acme=entries(["abcde"])))
    seen = await suite.screen([Passage("s", "abcde abcde", before="and ")], "acme")
    suite.close()
    assert told(seen) == [("PERSON", "s", 0, 5)]


async def test_a_search_that_takes_too_long_is_no_clean_bill():
    suite = Suite(
        [Words()], Limits(inline_chars=0, least_seconds=0, seconds_a_char=0), lists(acme=entries(deny=["bb"]))
    )
    seen = await suite.screen([Passage("s", "bb")], "acme")
    suite.close()
    assert seen.coverage.reports[1] == DetectorReport("lists", "1+abc", Status.UNAVAILABLE, "timeout")


WORDS = st.text("abc", min_size=1, max_size=6)
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=1, max_size=4)
ENTRIES = st.builds(
    entries, st.lists(WORDS, max_size=5), st.lists(WORDS, max_size=5), st.sampled_from(["PERSON", "PROJECT"])
)


@given(ENTRIES, TEXTS)
async def test_whatever_a_tenant_lists_others_get_what_they_got_without(said, texts):
    file = lists(acme=said)
    await screened(file, "acme", *texts)
    seen, without = await screened(file, "other", *texts), await screened(None, "other", *texts)
    assert (list(seen.findings), seen.allowed) == (list(without.findings), without.allowed)


@given(ENTRIES, ENTRIES, TEXTS)
async def test_secrets_cards_and_judgements_stay_whatever_is_listed(shared, own, texts):
    def hard(screening: Screening) -> list[Finding]:
        return [one for one in screening.findings if one.label in LABELS[2:]]

    seen = await screened(lists(everyone=shared, acme=own), "acme", *texts)
    assert hard(seen) == hard(await screened(None, "acme", *texts))


@cache
def remembering() -> PatternDetector:
    """Give the real detector of patterns, with its memory, and one pattern: words of three letters."""
    recognizer = PatternRecognizer("PERSON", patterns=[Pattern("three", r"\b[a-c]{3}\b", 0.5)])
    rules = [PatternRule(recognizer, WholeText, careful_gate_of)]
    return PatternDetector(rules, Prefilter(gates_of(rules), None), "1", {}, cache_bytes=2**20)


@given(ENTRIES, TEXTS)
async def test_lists_are_applied_after_what_detectors_remember(said, texts):
    suite = Suite([remembering()], Limits(), lists(acme=said))
    passages = [Passage(f"s{number}", text) for number, text in enumerate(texts)]
    first = [await suite.screen(passages, tenant) for tenant in ("other", "acme")]
    again = [await suite.screen(passages, tenant) for tenant in ("acme", "other")]
    suite.close()
    assert first == again[::-1]
    threes = [word for text in texts for word in text.split() if len(word) == 3]
    assert len(first[0].findings) == len(threes)
    let = sum(first[1].allowed.values())
    assert len([one for one in first[1].findings if one.detector == "patterns"]) == len(threes) - let
