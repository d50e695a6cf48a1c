"""The command line of the bench."""

import argparse
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from tests.bench.prompts import PROMPTS

SERVERS = ("airlock", "forwarder", "portkey", "litellm")
DIRECT = "upstream"  # the mock provider itself, to show that it is not the limit
_QUICK_SERVERS = ("airlock", "forwarder")
_ROUNDS, _SECONDS = 3, 10
_QUICK_ROUNDS, _QUICK_SECONDS = 1, 2


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure. `seconds` is the length of one measurement."""

    servers: tuple[str, ...]
    prompts: tuple[str, ...]
    rounds: int
    seconds: int

    @property
    def complete(self) -> bool:
        """Whether the run may stand as the published result: all servers, nothing shortened."""
        full = self.rounds >= _ROUNDS and self.seconds >= _SECONDS
        return full and set(SERVERS) <= set(self.servers) and "plain" in self.prompts


def parse(arguments: Sequence[str] | None = None) -> Options:
    """Read the command line; a mistake ends the process with a word on it, as argparse does."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Measure Airlock with everything on beside its peers with nothing on.",
    )
    parser.add_argument("--quick", action="store_true", help=f"{' and '.join(_QUICK_SERVERS)} only, one short round")
    parser.add_argument("--rounds", type=_positive, help=f"how often to measure ({_ROUNDS}; quick: {_QUICK_ROUNDS})")
    parser.add_argument("--seconds", type=_positive, help=f"how long each time ({_SECONDS}; quick: {_QUICK_SECONDS})")
    known = (*SERVERS, DIRECT)
    parser.add_argument("--only", type=_names(known), help=f"servers, parted by commas: {','.join(known)}")
    parser.add_argument(
        "--prompts", type=_names(PROMPTS), default=("plain",), help=f"parted by commas: {','.join(PROMPTS)} (plain)"
    )
    given = parser.parse_args(arguments)
    return Options(
        servers=given.only or (_QUICK_SERVERS if given.quick else SERVERS),
        prompts=given.prompts,
        rounds=given.rounds or (_QUICK_ROUNDS if given.quick else _ROUNDS),
        seconds=given.seconds or (_QUICK_SECONDS if given.quick else _SECONDS),
    )


def _positive(value: str) -> int:
    if (number := int(value)) < 1:
        raise ValueError(value)
    return number


def _names(known: Container[str]) -> Callable[[str], tuple[str, ...]]:
    def names(value: str) -> tuple[str, ...]:
        # A name given twice counts once; the order is the reader's.
        chosen = tuple(dict.fromkeys(value.split(",")))
        if unknown := [name for name in chosen if name not in known]:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}")
        return chosen

    return names
