"""Bytes that are free to leave and have not been taken yet."""


class Outbox:
    """Bytes in their order. `held` is how many wait."""

    __slots__ = ("_parts", "held")

    def __init__(self) -> None:
        self.held = 0
        self._parts: list[bytes] = []

    def add(self, part: bytes) -> None:
        """Put bytes at the end."""
        if part:
            self._parts.append(part)
            self.held += len(part)

    def take(self) -> bytes:
        """Take out all there is."""
        parts, self._parts, self.held = self._parts, [], 0
        return b"".join(parts)
