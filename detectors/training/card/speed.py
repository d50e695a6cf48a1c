"""How fast the weights are read, if they were raced on some machine."""

from typing import Final

from detectors.training.card.folder import Object
from detectors.training.card.markdown import decimal, sourced, table

NOT_RACED: Final = "These weights were not raced yet: `{}` tells how fast they are on your machine."
BENCH: Final = "python -m tests.bench.encoder --json tests/bench/results/encoder.json"
LENGTHS: Final = (16, 128, 512)


def speed(measured: Object | None) -> str:
    """Return times for texts of each length, what loading takes, on which machine, and which promises were missed."""
    if measured is None:
        return NOT_RACED.format(BENCH)
    rows = [(str(tokens), *_of_length(measured, tokens)) for tokens in LENGTHS]
    head = ("tokens", "median ms", "19 of 20 within ms", f"calls a second, {measured['together']} at a time")
    return f"{sourced(table(head, rows, words=0), BENCH)}\n\n{_around(measured)} {_missed(measured)}"


def _of_length(measured: Object, tokens: int) -> tuple[str, ...]:
    names = (f"{tokens}_tokens_p50_ms", f"{tokens}_tokens_p95_ms")
    rate = f"{measured[f'{tokens}_tokens_calls_a_second']:,.0f}"
    return (*(decimal(measured[name], 2) for name in names), rate)


def _around(measured: Object) -> str:
    load, memory = decimal(measured["load_s"], 2), decimal(measured["memory_mb"], 0)
    before, machine = decimal(measured["memory_before_mb"], 0), measured["machine"]
    return (
        f"Loading takes {load} s; the process then holds {memory} MB, {before} MB of it from before. "
        f"{machine['cores']} cores ({machine['architecture']}), {measured['date']}."
    )


def _missed(measured: Object) -> str:
    missed = ", ".join(f"`{name}`" for name, held in measured["held"].items() if not held)
    return f"Promised and missed: {missed}." if missed else "All that the bench holds it to was kept."
