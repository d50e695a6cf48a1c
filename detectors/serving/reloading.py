"""Watches the configuration and the files that it names, and has the registry serve them when they have changed."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from detectors.serving.configuration import Configuration, read_configuration
from detectors.serving.errors import ServingError
from detectors.serving.model_files import WANTED
from detectors.serving.model_settings import EncoderSettings
from detectors.serving.registry import ModelRegistry

logger = logging.getLogger(__name__)

EVERY_SECONDS: Final = 2.0

Stamp = tuple[str, int, int, int]


class Reloader:
    """Looks at the files every few seconds, in a thread of its own. `close` it.

    What has changed is read when it has stayed the same for one more look, so that a copy under way is not read half.
    A fault is logged, kept as `fault`, and tried again when the files change again.
    """

    def __init__(self, file: Path, device: str | None, registry: ModelRegistry, every: float = EVERY_SECONDS) -> None:
        self._file, self._device, self._registry, self._every = file, device, registry, every
        self._stop = threading.Event()
        self._seen = self._told = self._stamps()
        self.fault: str | None = None
        self._thread = threading.Thread(target=self._watch, name="reloader", daemon=True)
        self._thread.start()

    def reload(self) -> bool:
        """Read the configuration and serve it, now; False if it can't be used, and why is in `fault`."""
        try:
            self._registry.replace(read_configuration(self._file, self._device))
        except ServingError as exc:
            self.fault = str(exc)
            logger.warning("The detectors stay as they are: %s", exc)
            return False
        except Exception as exc:  # noqa: BLE001 - a fault in a library must not end the watch, nor what is served
            self.fault = f"reloading raised {type(exc).__name__}"
            logger.warning("The detectors stay as they are: %s", self.fault)
            return False
        self.fault = None
        logger.info("The detectors are those of %s now.", self._file)
        return True

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(self._every):
            stamps = self._stamps()
            is_settled, self._seen = stamps == self._seen, stamps
            if is_settled and stamps != self._told:
                self._told = stamps
                self.reload()
                self._told = self._as_read(stamps)

    def _as_read(self, before: frozenset[Stamp]) -> frozenset[Stamp]:
        """Give the stamps of all files that are named now; what changed while it was read still counts as unread."""
        paths = {stamp[0] for stamp in before}
        return frozenset(stamp for stamp in self._stamps() if stamp in before or stamp[0] not in paths)

    def _stamps(self) -> frozenset[Stamp]:
        return frozenset(map(_stamp, (self._file, *_named_files(self._configuration()))))

    def _configuration(self) -> Configuration | None:
        try:
            return read_configuration(self._file, self._device)
        except ServingError:
            return None


def _named_files(configuration: Configuration | None) -> Iterator[Path]:
    """Give the files that decide what is served; those of the hub never change at their commit."""
    for settings in configuration.models.values() if configuration else ():
        if settings.revision is None:
            patterns = ("*",) if isinstance(settings, EncoderSettings) else WANTED
            yield from (file for pattern in patterns for file in Path(settings.source).glob(pattern))
        if not isinstance(settings, EncoderSettings) and isinstance(settings.thresholds, Path):
            yield settings.thresholds


def _stamp(file: Path) -> Stamp:
    try:
        stat = file.stat()
    except OSError:
        return str(file), 0, 0, 0
    return str(file), stat.st_mtime_ns, stat.st_size, stat.st_ino
