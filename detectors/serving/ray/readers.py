"""The replicas that hold models and read texts with them. Ray starts as many as the load asks for."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from math import inf
from typing import Any, Final

from ray import serve

from detectors.serving.batcher import Batcher
from detectors.serving.configuration import Configuration
from detectors.serving.errors import ServingError
from detectors.serving.limits import limits_for
from detectors.serving.prepared import prepare
from detectors.serving.ray.homes import Home, look_at, models_at_once
from detectors.serving.ray.outcomes import Facts, Failed, Outcome
from detectors.serving.ray.published import Published

logger = logging.getLogger(__name__)

Homing = Callable[[str], Coroutine[Any, Any, Home]]
"""Gives a model of that name, loaded."""

PUBLISH_S: Final = 5.0

_CLOSED: Final = 2
"""A call may find its model closed to make room for another so many times."""


class Readers:
    """A deployment of Ray Serve. A call says by its multiplexed id which model it is for.

    At its start a replica loads the first models of the configuration, all that fit; further ones when they are asked
    for, in place of the one that was not asked for the longest. Ray knows who holds what and sends calls there.
    """

    async def __init__(  # type: ignore[misc]  # Ray awaits it
        self, configuration: Configuration, batch_tokens: int | None, queue_tokens: int | None, drain_s: float
    ) -> None:
        """Load models, which takes seconds to minutes.

        Raises:
            ServingError: files of a model are not what they should be, or there is too little memory for one.
        """
        self._publishing: asyncio.Task[None] | None = None
        self._configuration = configuration
        # Where many replicas read, the cluster spreads calls and adds replicas; each is patient with what it is given.
        self._limits = partial(limits_for, batch_tokens=batch_tokens, queue_tokens=queue_tokens, queue_seconds=inf)
        self._drain_s = drain_s
        self._open: dict[str, Home] = {}
        self._fresh = {name: await asyncio.to_thread(prepare, name, configuration) for name in configuration.models}
        at_once = models_at_once([one.needed_bytes for one in self._fresh.values()], configuration.memory)
        self._home: Homing = serve.multiplexed(max_num_models_per_replica=at_once)(self._loading())
        for name in [*self._fresh][:at_once]:
            await self._home(name)
        self._fresh.clear()
        self._publishing = asyncio.create_task(self._publish())

    async def read(self, contents: Sequence[Any], tenant: str, seconds: float) -> Outcome:
        """Read texts, or pictures, with the model that the call is for, in so many seconds. Cancel it to give up."""
        name = serve.get_multiplexed_model_id()
        deadline = asyncio.get_running_loop().time() + seconds
        for _ in range(_CLOSED):
            # A caller who leaves must not end the loading: the memory would be taken and nobody know of it.
            homing = asyncio.ensure_future(self._home(name))
            homing.add_done_callback(look_at)
            try:
                home = await asyncio.shield(homing)
            except ServingError as exc:
                logger.warning("A model can't be loaded: %s", exc)
                return Failed()
            outcome = await home.read(contents, tenant, deadline - asyncio.get_running_loop().time())
            if outcome is not None:
                return outcome
        return Failed()

    async def held(self) -> Mapping[str, Facts]:
        """Say which models are loaded here."""
        return {name: home.facts for name, home in [*self._open.items()]}

    async def check_health(self) -> None:
        """Raise if a model that is loaded can't do its work: Ray replaces this replica then."""
        await asyncio.gather(*(home.check() for home in [*self._open.values()]))

    async def __del__(self) -> None:
        """Close all models. Ray has waited before for what was under way."""
        if self._publishing is not None:
            self._publishing.cancel()
        await asyncio.gather(*(asyncio.to_thread(home.close) for home in [*self._open.values()]))

    def _loading(self) -> "Homing":
        async def load_model(name: str) -> Home:
            return await asyncio.to_thread(self._load, name)

        return load_model

    def _load(self, name: str) -> Home:
        fresh = self._fresh.pop(name) if name in self._fresh else prepare(name, self._configuration)
        reader = Batcher(fresh.load(), self._limits(fresh.device))
        home = Home(reader, self._drain_s, self._forget, reads_pictures=fresh.reads_pictures)
        self._open[name] = home
        return home

    def _forget(self, home: Home) -> None:
        if self._open.get(home.facts.name) is home:
            del self._open[home.facts.name]

    async def _publish(self) -> None:
        published = Published()
        while True:
            await asyncio.sleep(PUBLISH_S)
            for name, home in [*self._open.items()]:
                published.publish(name, home.figures())
