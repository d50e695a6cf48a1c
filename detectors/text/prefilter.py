"""Say in one pass which recognisers can find anything in a text at all.

Hyperscan answers a superset: a pattern that matches always has its gate reported, so running only these finds what
running all finds. The databases (one for ASCII text, several for the rest) come from the cache or are compiled in the
background; until then, and where Hyperscan is missing, the answer is "run all".
"""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from detectors.text.code_points import Agreement
from detectors.text.compiler import Compiler, CompilerFailed, CompilerStopped
from detectors.text.database import Database, fingerprint, is_available
from detectors.text.gates import Gate
from detectors.text.prefilter_cache import PrefilterCache

T = TypeVar("T")

logger = logging.getLogger(__name__)

UNICODE_CHUNK = 48
"""Gates in one database for non-ASCII text. Smaller chunks compile faster and scan slower."""


class Prefilter:
    """`start` it, ask `fired`, `close` it when done. Threads may ask at the same time."""

    def __init__(self, gates: Sequence[Gate], cache: PrefilterCache | None) -> None:
        self._gates = tuple(gates)
        self._cache = cache
        self._compiler = Compiler()
        self._ascii: Database | None = None
        self._unicode: tuple[Database, ...] = ()
        self._agreement: Agreement | None = None
        self._builder = threading.Thread(target=self._build, name="prefilter", daemon=True)

    def start(self) -> None:
        """Load or build the databases in the background. Call it once."""
        if is_available() and self._gates:
            self._builder.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the background work is over, and say whether the prefilter now covers every text."""
        if self._builder.is_alive():
            self._builder.join(seconds)
        return self.covers_ascii and self.covers_unicode

    def close(self) -> None:
        """Stop building. What is ready stays in use."""
        self._compiler.stop()
        if self._builder.is_alive():
            self._builder.join()

    @property
    def covers_ascii(self) -> bool:
        """Whether ASCII text is prefiltered."""
        return self._ascii is not None

    @property
    def covers_unicode(self) -> bool:
        """Whether other text is prefiltered."""
        return self._agreement is not None

    def fired(self, text: str) -> list[int] | None:
        """Give the positions of the gates that match, or None if that isn't known and all recognisers must run."""
        if text.isascii():
            databases: tuple[Database, ...] = (self._ascii,) if self._ascii else ()
            readable: str | None = text
        else:
            databases = self._unicode
            readable = self._agreement.readable(text) if self._agreement else None
        if readable is None or not databases:
            return None
        try:
            data = readable.encode()
        except UnicodeEncodeError:  # half a surrogate pair, which is no UTF-8
            return None
        fired: list[int] = []
        for database in databases:
            database.scan(data, fired)
        return fired

    def _build(self) -> None:
        try:
            self._ascii = self._database(self._gates, 0, unicode=False)
            named = "".join({c for gate in self._gates for c in gate.expression if not c.isascii()})
            chunks = range(0, len(self._gates), UNICODE_CHUNK)
            agreement = self._agreed(named)
            self._unicode = tuple(
                self._database(self._gates[first : first + UNICODE_CHUNK], first, unicode=True) for first in chunks
            )
            self._agreement = agreement  # last: it is what says that the rest is there
        except CompilerStopped:
            return
        except CompilerFailed as failure:
            logger.warning("The prefilter was not built (%s): every recogniser runs on every text.", failure)

    def _database(self, gates: Sequence[Gate], first: int, *, unicode: bool) -> Database:
        name = f"{'unicode' if unicode else 'ascii'}-{fingerprint(gates, unicode=unicode)}.hsdb"
        return self._made(
            name, lambda made: Database(made, first), lambda: self._compiler.database(gates, unicode=unicode)
        )

    def _agreed(self, named: str) -> Agreement:
        gates = [Gate("".join(sorted(named)))]
        name = f"code-points-{fingerprint(gates, unicode=True)}.json"
        return self._made(name, Agreement.from_json, lambda: self._compiler.code_points(named))

    def _made(self, name: str, read: Callable[[bytes], T], make: Callable[[], bytes]) -> T:
        """Read a product from the cache; make it, and keep it there, if it isn't there or can't be read.

        Of the processes that start together one makes it.
        """
        if self._cache is None:
            return _read_new(make(), read)
        known = self._known(name, read)
        if known is not None:
            return known
        with self._cache.turn(lambda: self._compiler.is_stopped):
            known = self._known(name, read)  # another process may have made it meanwhile
            return self._kept(name, read, make) if known is None else known

    def _known(self, name: str, read: Callable[[bytes], T]) -> T | None:
        kept = self._cache.load(name) if self._cache else None
        try:
            return None if kept is None else read(kept)
        except ValueError:
            logger.warning("The prefilter's cache held a file that can't be read; it is made anew.")
            return None

    def _kept(self, name: str, read: Callable[[bytes], T], make: Callable[[], bytes]) -> T:
        product = make()
        made = _read_new(product, read)
        if self._cache and not self._cache.store(name, product):
            logger.warning("The prefilter's cache folder can't be written: the next start compiles again.")
        return made


def _read_new(product: bytes, read: Callable[[bytes], T]) -> T:
    try:
        return read(product)
    except ValueError as error:
        raise CompilerFailed("unreadable product") from error
