"""The models that are served, by name, within one budget of memory; another configuration takes their place as a whole.

What is new in a configuration is loaded beside what is served. Only when all of it is ready do the names pass to it, at
once; a model that has no name any more finishes what it has begun and is closed. If anything is wrong, what was served
goes on being served.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from detectors.serving.configuration import Configuration
from detectors.serving.errors import ModelUnusable
from detectors.serving.ports import ContentReader, ImageReader, Model, Reader
from detectors.serving.prepared import Prepared, prepare

DRAIN_SECONDS: Final = 60.0
"""How long a model that was replaced may go on with what it has begun."""


class ClosableReader(ContentReader[Any], Protocol):
    """A reader that has a model to itself, and takes what that reads."""

    def close(self, seconds: float = 0.0) -> None:
        """Take in nothing more, give what is under way some seconds, and close the model."""
        ...


ReaderOf = Callable[[Model[Any], str], ClosableReader]


@dataclass(frozen=True, slots=True)
class Served:
    """A model at work."""

    prepared: Prepared
    held_bytes: int
    reader: ClosableReader = field(repr=False)


class ModelRegistry:
    """Implements `ports.Registry`. `close` it at last.

    `reader_of` makes, for a model and the device that it is on, the reader that has it from then on and closes it.
    `memory` of the configuration counts what is served, what is being loaded, and what was replaced until it is closed.
    """

    def __init__(self, configuration: Configuration, reader_of: ReaderOf) -> None:
        """Load all models, which takes seconds to minutes.

        Raises:
            ModelUnusable: one can't be loaded, or they don't fit in the memory that is configured.
        """
        self._reader_of = reader_of
        self._replacing, self._lock = threading.Lock(), threading.Lock()
        self._served: Mapping[str, Served] = {}
        self._leaving: list[threading.Thread] = []
        self._leaving_bytes = 0
        self.replace(configuration)

    @property
    def names(self) -> Sequence[str]:
        """The models of texts that there are to ask for; the first is the default."""
        return [name for name, one in self._served.items() if not one.prepared.reads_pictures]

    @property
    def image_names(self) -> Sequence[str]:
        """The models of pictures that there are to ask for; the first is the default."""
        return [name for name, one in self._served.items() if one.prepared.reads_pictures]

    @property
    def held_bytes(self) -> int:
        """What the weights of all open models take, those included that are about to be closed."""
        with self._lock:
            return sum(one.held_bytes for one in self._served.values()) + self._leaving_bytes

    def get(self, name: str) -> Reader | None:
        """Give the reader of texts of that name, of the default for ""; None if there is none."""
        return self._reader(name, reads_pictures=False)

    def images(self, name: str) -> ImageReader | None:
        """Give the reader of pictures of that name, of the default for ""; None if there is none."""
        return self._reader(name, reads_pictures=True)

    def replace(self, configuration: Configuration) -> None:
        """Serve what another configuration says. What is the same in it goes on as it is.

        Raises:
            ModelUnusable: something can't be loaded, or there is too little memory for it beside what is served now;
                then nothing has changed.
        """
        with self._replacing:
            wanted = [prepare(name, configuration) for name in configuration.models]
            known = {one.prepared.identity: one for one in self._served.values()}
            new = [one for one in wanted if one.identity not in known]
            self._check_room(new, configuration)
            loaded = self._load(new)
            served = {one.name: known.get(one.identity) or loaded[one.identity] for one in wanted}
            before, self._served = self._served, served
            kept = {id(one) for one in served.values()}
            for one in before.values():
                if id(one) not in kept:
                    self._let_go(one)

    def close(self) -> None:
        """Close all models, after what they have begun."""
        with self._replacing:
            before, self._served = self._served, {}
            for one in before.values():
                self._let_go(one)
        with self._lock:
            leaving = list(self._leaving)
        for thread in leaving:
            thread.join()

    def _check_room(self, new: Sequence[Prepared], configuration: Configuration) -> None:
        needed, held = sum(one.needed_bytes for one in new), self.held_bytes
        if configuration.memory is not None and held + needed > configuration.memory:
            names = ", ".join(one.name for one in new) or "nothing new"
            raise ModelUnusable(
                f"memory: {names} would take {_mebibytes(needed)} beside the {_mebibytes(held)} that models hold now,"
                f" and {_mebibytes(configuration.memory)} are allowed"
            )

    def _load(self, new: Sequence[Prepared]) -> dict[str, Served]:
        """Load all, or none: what was loaded before a fault is closed again."""
        loaded: dict[str, Served] = {}
        try:
            for one in new:
                model = one.load()
                loaded[one.identity] = Served(one, model.held_bytes, self._reader_of(model, one.device))
        except BaseException:
            for ready in loaded.values():
                ready.reader.close()
            raise
        return loaded

    def _reader(self, name: str, *, reads_pictures: bool) -> ClosableReader | None:
        able = (one for one in self._served.values() if one.prepared.reads_pictures == reads_pictures)
        return next((one.reader for one in able if name in {"", one.prepared.name}), None)

    def _let_go(self, served: Served) -> None:
        """Close a model when its last work is done, which nobody has to wait for."""

        def leave() -> None:
            try:
                served.reader.close(DRAIN_SECONDS)
            finally:
                with self._lock:
                    self._leaving_bytes -= served.held_bytes
                    self._leaving.remove(thread)

        thread = threading.Thread(target=leave, name=f"closing {served.prepared.name}", daemon=True)
        with self._lock:
            self._leaving_bytes += served.held_bytes
            self._leaving.append(thread)
        thread.start()


def _mebibytes(count: int) -> str:
    return f"{count / 2**20:.0f} MiB"
