"""The command line of the bench."""

import argparse
from collections.abc import Callable, Container, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from detectors.catalog import shipped_weights
from tests.bench.prompts import PROMPTS

SERVERS = ("airlock", "forwarder", "portkey", "litellm")
ENCODED = "airlock-encoder"  # takes part where there are weights
DIRECT = "upstream"  # the mock provider itself, to show that it is not the limit
_QUICK_SERVERS = ("airlock", "forwarder")
# Twenty thousand tokens tell of the model, not of the gateway: how fast it reads is for tests.bench.encoder to say.
_OWN_PROMPTS = {ENCODED: ("plain", "fresh")}
_PUBLISHED = ("plain", "fresh")
_ROUNDS, _SECONDS = 3, 10
_QUICK_ROUNDS, _QUICK_SECONDS = 1, 2


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure. `seconds` is the length of one measurement, `weights` an encoder in place of the shipped one."""

    servers: tuple[str, ...]
    prompts: tuple[str, ...]
    rounds: int
    seconds: int
    weights: Path | None = None

    @property
    def complete(self) -> bool:
        """Whether the run may stand as the published result: all servers, nothing shortened, what ships."""
        full = self.rounds >= _ROUNDS and self.seconds >= _SECONDS and self.weights is None
        return full and set(_whole(None)) <= set(self.servers) and set(_PUBLISHED) <= set(self.prompts)

    @property
    def asked(self) -> dict[str, tuple[str, ...]]:
        """The prompts that each server is asked: those of the run, less what a server is not for."""
        return {
            server: tuple(prompt for prompt in self.prompts if prompt in _OWN_PROMPTS.get(server, PROMPTS))
            for server in self.servers
        }

    @property
    def settings(self) -> dict[str, Any]:
        """The same as JSON values, without the place of anything on this machine."""
        return {**asdict(self), "weights": self.weights and self.weights.name}


def has_encoder(weights: Path | None) -> bool:
    """Whether there is an encoder to run: the one named, or the one that ships."""
    return (weights or shipped_weights()).is_dir()


def _whole(weights: Path | None) -> tuple[str, ...]:
    return (SERVERS[0], ENCODED, *SERVERS[1:]) if has_encoder(weights) else SERVERS


def parse(arguments: Sequence[str] | None = None) -> Options:
    """Read the command line; a mistake ends the process with a word on it, as argparse does."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Measure Airlock with its guards on beside its peers with nothing on.",
    )
    parser.add_argument("--quick", action="store_true", help=f"{' and '.join(_QUICK_SERVERS)} only, one short round")
    parser.add_argument("--rounds", type=_positive, help=f"how often to measure ({_ROUNDS}; quick: {_QUICK_ROUNDS})")
    parser.add_argument("--seconds", type=_positive, help=f"how long each time ({_SECONDS}; quick: {_QUICK_SECONDS})")
    known = (*SERVERS, ENCODED, DIRECT)
    parser.add_argument("--only", type=_names(known), help=f"servers, parted by commas: {','.join(known)}")
    parser.add_argument(
        "--prompts",
        type=_names(PROMPTS),
        default=_PUBLISHED,
        help=f"parted by commas: {','.join(PROMPTS)} ({','.join(_PUBLISHED)})",
    )
    parser.add_argument("--weights", type=_folder, help=f"the encoder of {ENCODED}, in place of the shipped one")
    given = parser.parse_args(arguments)
    options = Options(
        servers=given.only or (_QUICK_SERVERS if given.quick else _whole(given.weights)),
        prompts=given.prompts,
        rounds=given.rounds or (_QUICK_ROUNDS if given.quick else _ROUNDS),
        seconds=given.seconds or (_QUICK_SECONDS if given.quick else _SECONDS),
        weights=given.weights,
    )
    for server, prompts in options.asked.items():
        if not prompts:
            parser.error(f"{server} is only asked {' and '.join(_OWN_PROMPTS[server])}")
    return options


def _positive(value: str) -> int:
    if (number := int(value)) < 1:
        raise ValueError(value)
    return number


def _folder(value: str) -> Path:
    folder = Path(value)
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"no folder: {value}")
    return folder


def _names(known: Container[str]) -> Callable[[str], tuple[str, ...]]:
    def names(value: str) -> tuple[str, ...]:
        # A name given twice counts once; the order is the reader's.
        chosen = tuple(dict.fromkeys(value.split(",")))
        if unknown := [name for name in chosen if name not in known]:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}")
        return chosen

    return names
