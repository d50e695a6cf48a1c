"""What a trial says to people, on the terminal and on the page: the same words for the same things."""

from collections import Counter
from typing import Final

from gateway.trial.told import Back, Decided, Judgement, Kind, Trial

_BECOMES: Final = {
    "block": "blocks",
    "review": "waits",
    "flag": "flagged",
    "record": "on record",
    "below": "left: unsure",
    "keep": "left",
    "fixed": "left: an id",
}
MEANINGS: Final = {
    "pseudonym": "a token takes its place",
    "surrogate": "a made-up value of its kind takes its place",
    "mask": "asterisks take its place",
    "hash": "a digest takes its place",
    "drop": "nothing takes its place",
    "block": "the call is refused",
    "review": "the call waits for a person",
    "flag": "on record as what would have been refused",
    "record": "it leaves as it is, on record",
    "below": "it leaves as it is: the score is too low to count",
    "keep": "it leaves as it is: policy makes nothing of it",
    "fixed": "it leaves as it is: an id must stay",
}
"""What each word for an outcome means."""

_IN_ITS_PLACE: Final = frozenset({"pseudonym", "surrogate", "mask", "hash", "drop"})


def becomes(word: str) -> str:
    """Say what becomes of a label, as policies and tables call it."""
    return _BECOMES.get(word, word)


def way_back(kind: Kind) -> str:
    """Say whether an app gets the value where a model repeats what left."""
    if kind.becomes not in _IN_ITS_PLACE:
        return ""
    return "yes" if kind.comes_back else "none"


def least(one: Kind | Judgement) -> str:
    """Say from which score on policy counts it, as far as policy says so."""
    return f"{one.counts_from:,}" if one.counts_from else ""


def heading(trial: Trial) -> str:
    """Say whose policy it is."""
    where = f", upstream {trial.upstream}" if trial.upstream else ""
    return f"tenant {trial.tenant}, use case {trial.use_case}, model {trial.model}{where}"


def stops(decided: Decided) -> list[str]:
    """Say why a call does not pass."""
    told = [f"{one.message} ({one.code}, {one.action})" for one in decided.reasons if one.action != "allow"]
    is_told = any(one.message == decided.message for one in decided.reasons)
    return told if is_told or not decided.message else [f"{decided.message} ({decided.code})", *told]


def flags(decided: Decided) -> list[str]:
    """Say why a call would not have passed, were all rules in force."""
    return [f"Flagged: {one.message} ({one.code})" for one in decided.shadow_reasons]


def records(decided: Decided) -> list[str]:
    """Say in one line what else is on record."""
    codes = Counter(one.code for one in decided.reasons if one.action == "allow")
    told = (code if count == 1 else f"{code} ({count} times)" for code, count in codes.items())
    return [f"On record: {', '.join(told)}."] if codes else []


def unread(trial: Trial) -> list[str]:
    """Say what nobody looked at, and which detector did not do its part."""
    gaps = dict.fromkeys(f"{one.place}: {one.reason}" for one in trial.unscanned)
    away = (f"by {one.detector}: {one.status}, {one.reason}" for one in trial.detectors if one.status != "ok")
    return [*gaps, *away]


def nothing_left(trial: Trial) -> str:
    """Say why there is no text to show that leaves."""
    if not trial.decision.allowed:
        return "Nothing leaves."
    if not trial.changed:
        return f"The {trial.kind} leaves as it is."
    return "The picture leaves with the lines blackened that hold what must be replaced."


def hint(trial: Trial) -> str:
    """Say what may help where the call itself was refused, and not the text."""
    if trial.decision.code == "model.not_allowed":
        return "Name a model that the use case may call with --model."
    if trial.decision.code == "subject.unknown_use_case":
        return "Name a tenant and a use case of the policy data with --tenant and --use-case."
    return ""


def way_back_told(back: Back) -> str:
    """Say how the way back went."""
    whose = "The reply that you gave" if back.given else "A model that repeats the text"
    lost = f", {back.unresolved} that look like one are none of this text's" if back.unresolved else ""
    return f"{whose}: {back.restored} put back{lost}."
