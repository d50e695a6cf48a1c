"""Who may work next: a few at a time, and whoever has much to do waits for himself and not for others."""

from asyncio import CancelledError, Future, get_running_loop
from collections import OrderedDict, deque


class Turns:
    """Hands out turns, `at_a_time` of them. Of those who wait each has one in his turn. For one event loop."""

    def __init__(self, at_a_time: int) -> None:
        self._free = at_a_time
        self._waiting: OrderedDict[str, deque[Future[None]]] = OrderedDict()

    async def take(self, who: str) -> None:
        """Wait for a turn. Whoever got one gives it on with `give_on`; cancelled while it waits, it has none."""
        if self._free:
            self._free -= 1
            return
        turn: Future[None] = get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append(turn)
        try:
            await turn
        except CancelledError:
            if not turn.cancelled():
                self.give_on()
            raise

    def give_on(self) -> None:
        """Give a turn to the next who waits for one."""
        while self._waiting:
            who, own = self._waiting.popitem(last=False)
            turn = own.popleft()
            if own:
                self._waiting[who] = own
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
