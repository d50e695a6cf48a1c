"""How large a model is, and how much work a text is for it."""

from dataclasses import dataclass
from pathlib import Path

from safetensors import safe_open

from detectors.encoder.files import WEIGHTS


@dataclass(frozen=True, slots=True)
class Sizes:
    """What decides the work: layers, and the widths of a token and of the inner product."""

    layers: int
    width: int
    inner: int

    def flops(self, tokens: int) -> float:
        """Give the floating-point operations that a text of so many tokens needs; the heads are left out."""
        products = 8 * self.width**2 + 4 * self.width * self.inner
        return self.layers * tokens * (products + 4 * tokens * self.width)


def sizes(folder: Path) -> Sizes:
    """Read the sizes of the weights in a folder."""
    with safe_open(folder / WEIGHTS, "pt") as file:
        inner = [name for name in file.keys() if name.endswith("intermediate.dense.weight")]  # noqa: SIM118
        wide, width = file.get_slice(inner[0]).get_shape()
    return Sizes(len(inner), width, wide)
