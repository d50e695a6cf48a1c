"""Which providers can serve a model, and in which order to ask them."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
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

    def route(self, model: str, api: Api, holder: str = "") -> Route:
        """Give the candidates for `model` that speak this API; where a target holds the call's state, that one alone.

        Raises:
            UnknownModel: There are none.
        """
        route = tuple(self._candidates(model, api, holder)) if NAME.fullmatch(model) else ()
        route = tuple(candidate for candidate in route if holder in ("", candidate.target.name))
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
        aliases = (name for name in self._aliases if next(self._candidates(name, api, ""), None))
        unlisted = (target for target in self.targets if target.speaks(api) and not target.has_list)
        models = (model for target in unlisted for model in target.models if NAME.fullmatch(model))
        return list(dict.fromkeys((*aliases, *models)))

    def notes(self) -> dict[str, str]:
        """Tell operators which upstreams keep failing."""
        failing = (target.name for target in self.targets if target.breaker.is_open)
        return {f"upstream {name}": "it keeps failing and is passed over where there is another" for name in failing}

    def _candidates(self, model: str, api: Api, holder: str) -> Iterator[Candidate]:
        alias = self._aliases.get(model)
        if alias is None:
            able = (target for target in self.targets if holder in ("", target.name))
            found = (target for target in able if target.speaks(api) and serves(target, model))
            yield from (Candidate(target, model) for target in (next(found, None),) if target)
            return
        fitting = [weighted for weighted in alias.candidates if weighted.candidate.target.speaks(api)]
        # Sorted by u^(1/w), u by chance, each is the first with the probability of its share of the weights, and so on
        # for the rest: https://doi.org/10.1016/j.ipl.2005.11.003
        drawn = sorted(fitting, key=lambda weighted: self._chance() ** (1 / weighted.weight), reverse=True)
        yield from (weighted.candidate for weighted in drawn)
        yield from (candidate for candidate in alias.fallback if candidate.target.speaks(api))
