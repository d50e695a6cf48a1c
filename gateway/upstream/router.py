"""Which providers can serve a model, and in which order to ask them."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gateway.dialects.api import Api
from gateway.errors import UnknownModel
from gateway.upstream.target import NAME, Candidate, Target, serves

Route = tuple[Candidate, ...]
"""The candidates for one call, the first to ask first; never empty."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A candidate that gets a share of the calls: its weight over the sum of all."""

    candidate: Candidate
    weight: float = 1


@dataclass(frozen=True, slots=True)
class Alias:
    """What a model's name stands for: one of the candidates by chance, then the others, then `fallback` in order."""

    candidates: tuple[Weighted, ...]
    fallback: tuple[Candidate, ...] = ()


_NONE: Final[Mapping[str, Alias]] = {}
_KNOWN: Final = 1024  # routes that are remembered: callers choose the names


class Router:
    """Knows aliases first; of the targets, the first in configuration order whose patterns match serves the call.

    `chance` gives numbers from 0 up to 1.
    """

    def __init__(
        self,
        targets: Iterable[Target],
        aliases: Mapping[str, Alias] = _NONE,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.targets = tuple(targets)
        self._aliases = aliases
        self._chance = chance
        self._found = lru_cache(_KNOWN)(self._find)

    def route(self, model: str, api: Api, holder: str = "") -> Route:
        """Give the candidates for `model` that speak this API; where a target holds the call's state, that one alone.

        Raises:
            UnknownModel: There are none.
        """
        route = self._found(model, api, holder) if model not in self._aliases else self._drawn(model, api, holder)
        if not route:
            raise UnknownModel(
                "No upstream of this gateway that speaks this API serves the requested model.", param="model"
            )
        return route

    def first(self, api: Api) -> Route:
        """Give the first target that speaks this API alone, for a call that names no model. Raises `UnknownModel`."""
        target = next((target for target in self.targets if target.api is api), None)
        if target is None:
            raise UnknownModel("No upstream of this gateway speaks this API.")
        return (Candidate(target, ""),)

    def offered(self, api: Api) -> list[str]:
        """Give the names that are known without asking anybody: aliases, and models that no provider lists."""
        aliases = (name for name, alias in self._aliases.items() if next(self._draw(alias, api), None))
        unlisted = (target for target in self.targets if target.speaks(api) and not target.has_list)
        models = (model for target in unlisted for model in target.models if NAME.fullmatch(model))
        return list(dict.fromkeys((*aliases, *models)))

    def notes(self) -> dict[str, str]:
        """Tell operators which upstreams keep failing."""
        failing = (target.name for target in self.targets if target.breaker.is_open)
        return {f"upstream {name}": "it keeps failing and is passed over where there is another" for name in failing}

    def _find(self, model: str, api: Api, holder: str) -> Route:
        """Give the first target that serves a model of this name, if any."""
        if not NAME.fullmatch(model):
            return ()
        able = (target for target in self.targets if holder in ("", target.name) and target.speaks(api))
        return tuple(Candidate(target, model) for target in able if serves(target, model))[:1]

    def _drawn(self, name: str, api: Api, holder: str) -> Route:
        """Give the candidates that an alias stands for, drawn anew."""
        drawn = self._draw(self._aliases[name], api)
        return tuple(candidate for candidate in drawn if holder in ("", candidate.target.name))

    def _draw(self, alias: Alias, api: Api) -> Iterator[Candidate]:
        fitting = [weighted for weighted in alias.candidates if weighted.candidate.target.speaks(api)]
        # Sorted by u^(1/w), u by chance, each is the first with the probability of its share of the weights, and so on
        # for the rest: https://doi.org/10.1016/j.ipl.2005.11.003
        drawn = sorted(fitting, key=lambda weighted: self._chance() ** (1 / weighted.weight), reverse=True)
        yield from (weighted.candidate for weighted in drawn)
        yield from (candidate for candidate in alias.fallback if candidate.target.speaks(api))
