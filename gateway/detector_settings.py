"""The part of the configuration that is about detectors."""

from pydantic import Field

from detectors.catalog import CACHE_BYTES, EncoderOptions, shipped_weights
from gateway.secret_source import FilePath, Section


class Detectors(Section):
    """What is looked for besides patterns.

    `encoder` says whether texts are read for meaning; by default they are if weights come with this package, or are
    named here. `threads` work on one run, by default as many as there are processors, up to four. `cache_bytes` is room
    for what was found in texts that come again.
    """

    encoder: bool | None = None
    weights: FilePath | None = None
    threads: int | None = Field(default=None, ge=1, le=64)
    cache_bytes: int = Field(default=CACHE_BYTES, ge=0)

    def options(self) -> EncoderOptions | None:
        """Say how the encoder runs; None if it does not."""
        weights = self.weights or shipped_weights()
        is_on = self.encoder if self.encoder is not None else self.weights is not None or weights.is_dir()
        return EncoderOptions(weights, self.threads, self.cache_bytes) if is_on else None
