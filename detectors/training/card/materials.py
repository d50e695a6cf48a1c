"""What the weights were made from: public sets with their licences, own texts, and the run itself."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from detectors.training.card.folder import Object
from detectors.training.card.markdown import decimal, linked, percent, sourced, table
from detectors.training.licences import MADE_WITH, TERMS, TRAINED_ON, Licence

RUN: Final = "python -m detectors.training run --data DATA"

_SETS: Final = ("set", "what", "licence", "rows", "rows a round")
_CURVE: Final = ("step", "minutes", "loss of labels", "loss of entities")


def public_sets(sets: Iterable[Object]) -> str:
    """Return the table of public sets with what a round draws of each."""
    rows = [
        (
            f"`{one['file']}`",
            linked(licence.title, licence.link),
            _terms(licence),
            f"{one['rows']:,}",
            f"{one['per_round']:,}",
        )
        for one, licence in _with_licences(sets)
    ]
    return sourced(table(_SETS, rows, words=3), RUN)


def words_and_passages() -> str:
    """Return the table of what our own texts take words from."""
    rows = [(f"`{name}`", linked(one.title, one.link), _terms(one)) for name, one in MADE_WITH.items()]
    return table(_SETS[:3], rows, words=3)


def share_alike(sets: Iterable[Object]) -> str:
    """Return the sets that are share-alike, in whole or in a part, one a line."""
    return "\n".join(
        f"- {licence.title} (`{one['file']}`): {'all of it' if not licence.parts else 'text that it holds'}, "
        f"{_links(licence.parts or licence.terms)}"
        for one, licence in _with_licences(sets)
        if licence.is_share_alike
    )


def notes(sets: Iterable[Object]) -> str:
    """Return what else is to be known of licences, one set a line."""
    return "\n".join(f"- {one.title}: {one.note}" for _, one in _with_licences(sets) if one.note)


def own_texts(made: Iterable[Object]) -> str:
    """Return the table of own texts with what a round draws of each."""
    rows = [(f"`{one['name']}`", f"{one['per_round']:,}") for one in made]
    return sourced(table(("texts", "rows a round"), rows), RUN)


def round_size(training: Object) -> int:
    """Return the rows of one round."""
    return sum(one["per_round"] for one in chain(training["sets"], training["made"]))


def run_told(training: Object) -> str:
    """Return how long the run was, in a table."""
    run, of_round = training["run"], round_size(training)
    head = ("steps", "minutes", "rows shown", "rows a round", "rounds", "rows with noise %")
    length = (f"{run['steps']:,}", decimal(run["minutes"], 1), f"{run['rows']:,}", f"{of_round:,}")
    row = (*length, decimal(run["rows"] / of_round, 2), percent(training["noise"], 0))
    return sourced(table(head, [row], words=0), RUN)


def curve_told(training: Object) -> str:
    """Return the losses over the run, in a table."""
    rows: Sequence[Sequence[str]] = [
        (
            f"{point['step']:,}",
            decimal(point["minutes"], 1),
            decimal(point["label_loss"]),
            decimal(point["tag_loss"]),
        )
        for point in training["curve"]
    ]
    return sourced(table(_CURVE, rows, words=0), RUN) if rows else "The curve of this run was not kept."


def _with_licences(sets: Iterable[Object]) -> Iterator[tuple[Object, Licence]]:
    """Give each set its licence; a set without one is a KeyError: it must not be trained on."""
    return ((one, TRAINED_ON[one["file"].rpartition("/")[2]]) for one in sets)


def _terms(licence: Licence) -> str:
    parts = f"; parts {_links(licence.parts)}" if licence.parts else ""
    return f"{_links(licence.terms)}{parts}"


def _links(terms: Sequence[str]) -> str:
    return ", ".join(linked(name, TERMS[name]) for name in terms)
