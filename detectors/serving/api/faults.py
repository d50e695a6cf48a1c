"""Why a call gets no answer. Each interface says it in its own shape and with its own status.

    Fault
    ├── BadRequest        the body is not what the interface reads
    ├── Unauthenticated   no key, or a wrong one
    ├── UnknownModel      nothing of that name is served
    ├── TooLarge          the body is longer than the limit
    ├── Unread            part of a text could not be read, and the interface has no other way to say so
    ├── Busy              too much waits; `retry_after` says when there may be room
    ├── TimedOut          it can't be done in its time
    └── Unavailable       the model can't do its work

Messages never hold anything of a text.
"""

from typing import Final

RETRY_UNAVAILABLE_S: Final = 1.0


class Fault(Exception):
    """`retry_after` is in seconds, None where trying again is no help."""

    retry_after: float | None = None

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(Fault):
    """`where` names the member that is wrong, as far as one can be named."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.where = where


class Unauthenticated(Fault):
    """Not said is whether there was a key."""

    def __init__(self) -> None:
        super().__init__("A valid key is needed, as `Authorization: Bearer KEY`.")


class UnknownModel(Fault):
    """The name is the caller's, so it is not repeated."""

    def __init__(self) -> None:
        super().__init__("No model of that name is served here.")


class TooLarge(Fault):
    """`limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The body is longer than {limit:,} bytes.")


class Unread(Fault):
    """`reason` is the model's word for it, such as `language`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Part of a text could not be read by the model ({reason}), so there is no answer for it.")


class Busy(Fault):
    """Too much waits."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("Too much waits to be read. Try again after the seconds in `retry-after`.")
        self.retry_after = retry_after


class TimedOut(Fault):
    """The deadline has passed, or would."""

    def __init__(self) -> None:
        super().__init__("The texts can't be read in the time that the call has.")


class Unavailable(Fault):
    """Something is broken, or about to be replaced."""

    retry_after = RETRY_UNAVAILABLE_S

    def __init__(self) -> None:
        super().__init__("The model can't do its work now.")
