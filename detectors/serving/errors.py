"""Why a reader turns texts away."""


class QueueFull(Exception):
    """Too much waits. `retry_after` is in how many seconds there may be room."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("too much waits")
        self.retry_after = retry_after
