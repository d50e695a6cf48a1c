"""What a trial tells. `written` gives it as JSON with the names of the members here, which stay.

Scores are parts per million, offsets code points. Texts are the operator's own: they are shown, and in no `repr`.
"""

from dataclasses import asdict, dataclass, field

import orjson


@dataclass(frozen=True, slots=True)
class Why:
    """A reason of policy's, see `policy.decision.Reason`."""

    code: str
    action: str
    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision: `allowed` or not, by which `code` and why, in the words that the app would get.

    `shadow_reasons` are those that would have stopped it, were their rules in force. `bundle` is the digest of the
    policies and data that decided.
    """

    allowed: bool
    code: str
    message: str
    reasons: tuple[Why, ...]
    shadow_reasons: tuple[Why, ...]
    bundle: str
    engine: str


@dataclass(frozen=True, slots=True)
class Example:
    """A value, what would leave in its place (None: nothing leaves for it, or itself does), and what that comes to."""

    value: str = field(repr=False)
    replacement: str | None = field(repr=False)
    restored: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """Values of one label of which the same becomes, in the order of the text; `examples` are the distinct ones.

    `becomes` is a strategy (`pseudonym`, `surrogate`, `mask`, `hash`, `drop`), `block`, `review`, `record` (it leaves
    as it is, on record), `below` (it would count from `counts_from`), `keep` (not personal for this policy) or `fixed`
    (it stands where nothing can be replaced). `comes_back` tells whether a reply that repeats what left would hold the
    value.
    """

    label: str
    count: int
    becomes: str
    comes_back: bool
    score: int
    counts_from: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the detectors think of a text, such as `toxic`: the best score in a kind of place, and what it leads to.

    `becomes` is `block`, `review`, `flag`, `record`, `below` or `keep`, as in `Kind`.
    """

    label: str
    place: str
    score: int
    becomes: str
    counts_from: int


@dataclass(frozen=True, slots=True)
class Unseen:
    """What nobody looked at, and why (see the list in policies/README.md)."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A detector, and whether it did its part: `ok`, or `unavailable` for a reason."""

    detector: str
    version: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, the end exclusive: its label, what becomes of it, and what would stand there."""

    start: int
    end: int
    label: str
    becomes: str
    replacement: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A text that was read on its own, where it stands, and what would leave of it; None where nothing would."""

    where: str = field(repr=False)
    text: str = field(repr=False)
    leaves: str | None = field(repr=False)
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Back:
    """A model's reply and what the app would get of it, None if policy stopped it.

    `given`: it is the user's own; otherwise the text that leaves stands for it, and policy was not asked. `restored`
    and `unresolved` count the pseudonyms that were put back, and what looks like one and was never issued.
    """

    given: bool
    reply: str = field(repr=False)
    returns: str | None = field(repr=False)
    restored: int
    unresolved: int
    decision: Decided | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a text or a file.

    `configuration` is the file that was read, "" for what is shipped; `notes` are what to know about it. `text` is what
    was given, `leaves` what would leave of it, both None where that is no text; `leaves` is None as well where nothing
    would. `parts` are what was read in it and holds a finding, or all of a plain text; `read` counts all parts.
    """

    configuration: str
    notes: tuple[str, ...]
    tenant: str
    use_case: str
    model: str
    upstream: str
    kind: str
    decision: Decided
    types: tuple[Kind, ...]
    judgements: tuple[Judgement, ...]
    unscanned: tuple[Unseen, ...]
    detectors: tuple[Looked, ...]
    text: str | None = field(repr=False)
    leaves: str | None = field(repr=False)
    changed: bool
    read: int
    parts: tuple[Part, ...]
    back: Back | None


def written(trial: Trial) -> bytes:
    """Write a trial as one JSON document."""
    return orjson.dumps(asdict(trial), option=orjson.OPT_INDENT_2)
