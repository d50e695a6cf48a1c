"""The race as a table for people (Markdown) and as a document for machines (JSON)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from tests.bench.detectors.claims import Verdict, judge
from tests.bench.detectors.race import Result
from tests.bench.detectors.traffic import LONGEST, MEDIAN, SIGMA
from tests.bench.table import lined_up

SCHEMA = 1
_SPEED = ("device", "model", "tokens/s", "lowest-highest", "x padded", "of the card's peak")
_LOAD = ("device", "model", "clients", "p50 ms", "p99 ms", "tokens/s")


def as_markdown(results: Sequence[Result], about: Mapping[str, Any]) -> str:
    """Give the tables, the claims and how it was measured."""
    verdicts = judge(results)
    speed = lined_up([_SPEED, *(line for verdict in verdicts for line in _speed(verdict))], left=2)
    load = lined_up([_LOAD, *(line for result in results for line in _load(result))], left=2)
    return "\n\n".join((speed, "\n".join(f"- {verdict}" for verdict in verdicts), load, _method(about))) + "\n"


def _speed(verdict: Verdict) -> Iterable[tuple[str, ...]]:
    for result in (verdict.ours, verdict.usual):
        if result.missing:
            yield (*_who(result), f"missing: {result.missing}", "", "", "")
            continue
        times = f"{verdict.times:.2f}" if result is verdict.ours else ""
        share = "" if result.share is None else f"{result.share:.1%}"
        yield (*_who(result), f"{result.tokens_per_s:,.0f}", _spread(result.rates), times, share)
        if alone := result.rates_alone:
            name = f"{result.contender.kind} {result.contender.numbers}, one by one"
            yield (result.contender.device, name, f"{median(alone):,.0f}", _spread(alone), "", "")


def _load(result: Result) -> Iterable[tuple[str, ...]]:
    if result.missing:
        yield (*_who(result), f"missing: {result.missing}", "", "", "")
    for clients, sample in result.samples.items():
        figures = (f"{sample.p50_ms:.1f}", f"{sample.p99_ms:.1f}", f"{sample.tokens_per_s:,.0f}")
        yield (*_who(result), str(clients), *figures)


def _spread(rates: Sequence[float]) -> str:
    return f"{min(rates):,.0f}-{max(rates):,.0f}"


def _who(result: Result) -> tuple[str, str]:
    return result.contender.device, result.name


def _method(about: Mapping[str, Any]) -> str:
    settings, machine = about["settings"], about["machine"]
    listed = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    return (
        f"Weights: {about['weights']}. Texts: log-normal, median {MEDIAN} tokens, sigma {SIGMA}, at most {LONGEST}; "
        "padding counts as no token. Tokens/s in the first table: all texts at hand, medians of "
        f"{settings['rounds']} interleaved rounds. In the second one clients wait for each answer and ask again, "
        f"tokenising included, {settings['seconds']:g} s for each number of them. Padded: batches in the order in "
        "which texts come, as a pipeline does it, behind a queue, of as many as were fastest in a trial. In a pair "
        "scores differ by at most "
        f"{about['apart']:.4f}. {machine['cores']} cores ({machine['architecture']}), {machine['card'] or 'no card'}, "
        f"{about['date']}. {listed}."
    )


def as_document(results: Sequence[Result], about: Mapping[str, Any]) -> dict[str, Any]:
    """Give all of it as JSON values."""
    verdicts = {id(verdict.ours): verdict for verdict in judge(results)}
    return {"schema": SCHEMA, **about, "results": [_row(result, verdicts.get(id(result))) for result in results]}


def _row(result: Result, verdict: Verdict | None) -> dict[str, Any]:
    return {
        "model": result.contender.name,
        "device": result.contender.device,
        "missing": result.missing,
        "tokens_per_s": None if result.missing else result.tokens_per_s,
        "rounds": result.rates,
        "together": result.together,
        "rounds_one_by_one": result.rates_alone,
        "times_padded": verdict and verdict.times,
        "held": verdict and verdict.held,
        "share_of_peak": result.share,
        "load": {str(clients): asdict(sample) for clients, sample in result.samples.items()},
    }
