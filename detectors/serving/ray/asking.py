"""Ask the replicas that read, by a handle of Ray; once more if one dies over it."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ray.exceptions import RayActorError, RayError
from ray.serve.exceptions import BackPressureError, RayServeException, ReplicaUnavailableError
from ray.serve.handle import DeploymentHandle

from detectors.serving.ray.outcomes import Facts, Failed, Full, Late, Outcome

logger = logging.getLogger(__name__)

ATTEMPTS: Final = 2
"""A replica that dies has lost what it had begun, so it is asked for elsewhere. Not more often: a text that kills
whoever reads it must not kill them all."""

ROOM_S: Final = 1.0
"""What a caller is told to wait where too much waits for a replica."""


class Replicas:
    """Implements `directory.Asked`."""

    def __init__(self, handle: "DeploymentHandle") -> None:
        self._handle = handle

    async def read(self, name: str, contents: Sequence[Any], tenant: str, seconds: float) -> Outcome:
        """Have texts, or pictures, read by a replica that has the model, or will load it."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + seconds
        for _ in range(ATTEMPTS):
            left = deadline - clock()
            if left <= 0:
                return Late()
            try:
                return await self._read(name, contents, tenant, left)
            except BackPressureError:
                return Full(ROOM_S)
            except (RayActorError, ReplicaUnavailableError):
                logger.warning("A replica has gone while it read.")
            except (RayError, RayServeException) as exc:
                logger.warning("A replica gave no answer (%s).", type(exc).__name__)
                return Failed()
        return Failed()

    async def held(self) -> Mapping[str, Facts]:
        """Say which models a replica has loaded."""
        held: Mapping[str, Facts] = await self._handle.held.remote()
        return held

    async def _read(self, name: str, contents: Sequence[Any], tenant: str, seconds: float) -> Outcome:
        response = self._handle.options(multiplexed_model_id=name).read.remote([*contents], tenant, seconds)
        try:
            outcome: Outcome = await response
        except asyncio.CancelledError:
            response.cancel()
            raise
        return outcome
