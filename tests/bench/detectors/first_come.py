"""What a pipeline behind a queue does: it takes what waits, in the order in which it came, and reads it together."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from queue import SimpleQueue

from detectors.serving.ports import Answer, TextModel
from tests.bench.detectors.padded import TOGETHER

_Asked = tuple[str, "Future[tuple[Answer, ...]]"]


class FirstCome:
    """Implements `detectors.serving.ports.Reader` for calls of one text, `together` at most. `close` it."""

    def __init__(self, model: TextModel, together: int = TOGETHER) -> None:
        self.model = model
        self._together = together
        self._waiting: SimpleQueue[_Asked | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def submit(self, texts: Sequence[str], tenant: str, seconds: float) -> "Future[tuple[Answer, ...]]":
        future: Future[tuple[Answer, ...]] = Future()
        self._waiting.put((*texts, future))
        return future

    def close(self) -> None:
        self._waiting.put(None)
        self._thread.join()
        self.model.close()

    def _serve(self) -> None:
        while (first := self._waiting.get()) is not None:
            asked = [first]
            while len(asked) < self._together and not self._waiting.empty():
                if (more := self._waiting.get()) is None:
                    return
                asked.append(more)
            try:
                self._answer(asked)
            except Exception as fault:  # noqa: BLE001 - the clients say it
                for _, future in asked:
                    future.set_exception(fault)

    def _answer(self, asked: Sequence[_Asked]) -> None:
        tasks = [self.model.begin(text) for text, _ in asked]
        while not all(task.is_done for task in tasks):
            owned = [(task, piece) for task in tasks for piece in task.more()]
            for (task, piece), answer in zip(owned, self.model.run([piece for _, piece in owned]), strict=True):
                task.take(piece, answer)
        for task, (_, future) in zip(tasks, asked, strict=True):
            future.set_result((task.result(),))
