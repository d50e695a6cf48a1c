"""How many tokens are under way, in all and for each tenant, and whether there is room for more.

A tenant may hold at most a multiple of what is free (A. Choudhury and E. Hahne, "Dynamic queue length thresholds",
1998): alone four fifths of the room, and the more there are the less each, so that whoever comes finds some.
"""

from collections import Counter
from typing import Final

_MULTIPLE: Final = 4


class Backlog:
    """Counts tokens. Not thread-safe."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._of: Counter[str] = Counter()
        self.tokens = 0

    def of(self, tenant: str) -> int:
        """Give how many tokens a tenant has under way."""
        return self._of[tenant]

    def excess(self, tenant: str, tokens: int) -> int:
        """Give by how many tokens it is too much; 0 if there is room, as there is for anything while nothing waits."""
        if not self.tokens:
            return 0
        free = self._most - self.tokens
        return max(0, tokens - free, self._of[tenant] + tokens - _MULTIPLE * free)

    def add(self, tenant: str, tokens: int) -> None:
        """Count tokens in."""
        self._of[tenant] += tokens
        self.tokens += tokens

    def remove(self, tenant: str, tokens: int) -> None:
        """Count tokens out."""
        self.add(tenant, -tokens)
        if not self._of[tenant]:
            del self._of[tenant]
