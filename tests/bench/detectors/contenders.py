"""Who takes part: the same weights in torch and in ONNX Runtime, each run our way and the usual way."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from detectors.encoder.files import WEIGHTS, read_encoder
from detectors.encoder.model import MOST_THREADS, Encoder, OnnxEncoder, own_cores
from detectors.serving.packed_encoder import Precision, load_packed
from tests.bench.detectors.padded import PaddedOnnx, PaddedTransformers
from tests.bench.detectors.traffic import LONGEST


@dataclass(frozen=True, slots=True)
class Contender:
    """`ours` or the usual way, of one `kind` (torch, ONNX Runtime), on a device, in some sort of `numbers`."""

    ours: bool
    kind: str
    device: str
    numbers: str
    load: Callable[[], Encoder]

    @property
    def way(self) -> str:
        """How it puts texts together."""
        if not self.ours:
            return "padded"
        return "packed" if self.kind.startswith("torch") else "sorted"

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return f"{self.kind} {self.numbers}, {self.way}"

    @property
    def missing(self) -> str | None:
        """Why it can't take part on this machine; None if it can."""
        return "no CUDA device" if self.device == "cuda" and not torch.cuda.is_available() else None


def contenders(folder: Path) -> list[Contender]:
    """Give all that there are on any machine: in pairs, ours first."""
    threads = min(own_cores(), MOST_THREADS)
    torch.set_num_threads(threads)
    # Each text is read in one go, as a pipeline does it; in a gateway windows are shorter.
    onnx, weights = (replace(read_encoder(folder, name), window=LONGEST) for name in ("encoder.onnx", WEIGHTS))
    numbers = "int8" if b"DequantizeLinear" in onnx.model or b"QAttention" in onnx.model else "float32"

    def pair(device: str, precision: Precision, *, graphs: bool = False) -> list[Contender]:
        def packed() -> Encoder:
            return load_packed(weights, device, precision, graphs=graphs)

        def usual() -> Encoder:
            return PaddedTransformers(weights, folder, device, precision)

        ours = Contender(True, "torch with graphs" if graphs else "torch", device, precision, packed)
        return [ours, Contender(False, "torch", device, precision, usual)]

    return [
        *pair("cuda", "bfloat16"),
        *pair("cuda", "bfloat16", graphs=True),
        *pair("cpu", "float32"),
        *pair("cpu", "bfloat16"),
        Contender(True, "ONNX Runtime", "cpu", numbers, lambda: OnnxEncoder(onnx, threads)),
        Contender(False, "ONNX Runtime", "cpu", numbers, lambda: PaddedOnnx(onnx, threads)),
    ]
