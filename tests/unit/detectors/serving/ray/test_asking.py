"""What becomes of a question when the replica that has it dies, refuses it, or is left alone."""

import asyncio
from typing import Any

import pytest
from ray.exceptions import ActorDiedError, ActorUnavailableError, RayTaskError
from ray.serve.exceptions import BackPressureError, DeploymentUnavailableError, ReplicaUnavailableError

from detectors.serving.ray.asking import ATTEMPTS, Replicas
from detectors.serving.ray.outcomes import Failed, Full, Late

DIED = ActorDiedError()


class Handle:
    """Answers as Ray's handle of a deployment does, with what it was told to."""

    def __init__(self, *outcomes: Any) -> None:
        self.outcomes = [*outcomes]
        self.seconds: list[float] = []
        self.models: list[str] = []
        self.cancelled = 0

    def options(self, *, multiplexed_model_id: str) -> "Handle":
        self.models.append(multiplexed_model_id)
        return self

    @property
    def read(self) -> "Handle":
        return self

    def remote(self, _texts: list[str], _tenant: str, seconds: float) -> "Response":
        self.seconds.append(seconds)
        return Response(self)


class Response:
    def __init__(self, handle: Handle) -> None:
        self.handle = handle

    def __await__(self) -> Any:
        return self._answer().__await__()

    async def _answer(self) -> Any:
        await asyncio.sleep(0.02)
        if not self.handle.outcomes:
            await asyncio.sleep(60)
        outcome = self.handle.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def cancel(self) -> None:
        self.handle.cancelled += 1


@pytest.mark.parametrize(
    ("outcomes", "told", "asked"),
    [
        ([Late()], Late(), 1),
        ([DIED, Late()], Late(), 2),
        ([ActorUnavailableError("", None), Late()], Late(), 2),
        ([ReplicaUnavailableError("r"), Late()], Late(), 2),
        ([DIED] * 5, Failed(), ATTEMPTS),
        ([BackPressureError(1, 1)], Full(1.0), 1),
        ([DIED, BackPressureError(1, 1)], Full(1.0), 2),
        ([DeploymentUnavailableError("d")], Failed(), 1),
        ([RayTaskError("read", "hush", ValueError("hush"))], Failed(), 1),
    ],
)
async def test_only_a_death_is_a_reason_to_ask_again(
    outcomes: list[Any], told: Any, asked: int, caplog: pytest.LogCaptureFixture
) -> None:
    handle = Handle(*outcomes)
    assert await Replicas(handle).read("words", ["hush"], "", 10) == told
    assert handle.models == ["words"] * asked
    assert "hush" not in caplog.text


async def test_the_second_one_has_the_time_that_is_left() -> None:
    handle = Handle(DIED, Late())
    await Replicas(handle).read("words", [""], "", 10)
    assert 9 < handle.seconds[1] < handle.seconds[0] <= 10


async def test_without_time_left_nobody_is_asked() -> None:
    handle = Handle(DIED)
    assert await Replicas(handle).read("words", [""], "", 0.01) == Late()
    assert len(handle.seconds) == 1


async def test_who_leaves_takes_the_question_back() -> None:
    handle = Handle()
    asking = asyncio.create_task(Replicas(handle).read("words", [""], "", 10))
    await asyncio.sleep(0.05)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert handle.cancelled == 1
