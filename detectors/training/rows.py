"""What is wrong with single rows of the public sets, and what is done about it.

Each function takes a row of the data format and returns the labels that are to be believed, or None to leave the row
out. The faults are those that a reader of the sets finds; `sources.py` says which function reads which set.
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from zlib import crc32

from detectors.encoder.format import AXES, LABELS

Row = Mapping[str, Any]
Labels = dict[str, float]

DOUBT: Final = 0.05
"""What an axis is given that a statement about another group most probably does not speak of."""

AGREED: Final = 0.66
"""Share of annotators below which a tweet's class says nothing about hate."""

_ORDERS: Final = re.compile(
    r"\b(ignore|disregard|forget|instead|instructions?|output|print|say|write|repeat|respond|answer|reply|system)\b",
    re.IGNORECASE,
)
_SHORTCUT: Final = re.compile(r"p\W*w\W*n\W*e\W*d", re.IGNORECASE)


def plain(row: Row) -> Labels | None:
    """Believe every label that a head knows."""
    return {name: float(value) for name, value in row["labels"].items() if name in LABELS}


def harmless(row: Row) -> Labels | None:  # noqa: ARG001 - one shape for all readers
    """Everyday requests: every label is known, and is 0."""
    return dict.fromkeys(LABELS, 0.0)


def no_attack(row: Row) -> Labels | None:
    """Prompts that attack nothing; what else is in them is not known."""
    return {"injection": 0.0, "jailbreak": 0.0, "indirect": 0.0} | (plain(row) or {})


def shares(row: Row) -> Labels | None:
    """Shares of annotators, where they are given, in the place of the majority."""
    labels = plain(row) or {}
    soft = row["meta"]["soft"]
    return {name: float(soft.get(name, value)) for name, value in labels.items()}


def clean(row: Row) -> Labels | None:
    """Read comments: one that is not toxic insults, threatens and hates nobody; it may still swear."""
    labels = plain(row) or {}
    if labels.get("toxic") == 0.0:
        labels = {"insult": 0.0, "threat": 0.0, "hate": 0.0} | labels
    return labels


def tweet(row: Row) -> Labels | None:
    """Davidson's "offensive" means profanity: it is believed as such, and as nothing else.

    Its tweets hold slurs that the annotators did not mind, so it can't teach what is no hate.
    """
    kind, labels = row["meta"]["class"], row["labels"]
    if kind == "offensive":
        return {"obscene": 1.0}
    if row["meta"]["agreement"] < AGREED:
        return {}
    return {"hate": 1.0, "toxic": 1.0} if kind == "hate" else {"hate": 0.0, "toxic": 0.0, "obscene": labels["obscene"]}


def sexism(row: Row) -> Labels | None:
    """EDOS asks about sexism alone: "not sexist" holds other hate, so it is no example of its absence."""
    labels = {name: value for name, value in (plain(row) or {}).items() if not (name == "hate" and value == 0)}
    return labels | {"toxic": 1.0} if labels.get("hate") or labels.get("threat") else labels


def about_one_group(row: Row) -> Labels | None:
    """Read statements about one group: biased on its axis, most probably on no other; a neutral one on none."""
    labels = plain(row) or {}
    if labels.get("bias") == 0.0:
        return dict.fromkeys(AXES, 0.0) | labels
    biased = [axis for axis in AXES if labels.get(axis)]
    return dict.fromkeys(AXES, DOUBT) | labels if len(biased) == 1 else labels


def of_a_stereotype(row: Row) -> Labels | None:
    """Read sets collected around known stereotypes: who is biased there repeats one, who is not does not."""
    labels = about_one_group(row) or {}
    return labels | {"stereotype": labels["bias"]} if "bias" in labels else labels


def toxigen(row: Row) -> Labels | None:
    """Toxic statements about groups, written by a machine after stereotypes: most repeat one."""
    labels = clean(row) or {}
    if "bias" in labels:
        labels = (about_one_group(row) or {}) | {"stereotype": 0.85 if labels["bias"] else 0.0}
    if "gender" in labels and labels["gender"] == 1.0:
        labels["sexism"] = 1.0
    return labels


def jailbreak(row: Row) -> Labels | None:
    """Prompts collected as jailbreaks, but for plain role play. A jailbreak is an attack on the instructions."""
    if row["meta"].get("no_jailbreak_wording"):
        return None
    labels = plain(row) or {}
    return labels | {"injection": 1.0, "indirect": 0.0} if labels.get("jailbreak") else labels


def short_of_shortcuts(row: Row) -> Labels | None:
    """Neuralchemy's core without what a model would learn by heart.

    Of the templated harmless rows one in four stays, of attempts at one game's magic word one in five, and attempts
    at that game only if they are written in words and give an order.
    """
    text, meta = row["text"], row["meta"]
    if meta["from"] == "hackaprompt" and (text.count("\\") > len(text) / 20 or not _ORDERS.search(text)):
        return None
    if _SHORTCUT.search(text) and thinned(text, 5):
        return None
    if meta["from"] == "neuralchemy_v1" and meta["category"] == "benign" and thinned(text, 4):
        return None
    labels = no_attack(row) if row["labels"].get("injection") == 0 else plain(row)
    return {"injection": 1.0} | labels if labels and labels.get("jailbreak") else labels


def thinned(text: str, keep_one_in: int) -> bool:
    """Return whether a text is left out where one in so many is kept; the same answer each time."""
    return crc32(text.encode()) % keep_one_in != 0
