"""Short runs as CUDA graphs: a card starts all kernels of a run by itself, instead of waiting for Python at each.

A graph has a fixed size. A run is filled up to the next one with a text of nothing, which no other text sees.
"""

import threading
from collections.abc import Callable
from typing import Any, Final

import torch
from torch import Tensor

from detectors.serving.packed_attention import Attention
from detectors.serving.packed_forward import forward
from detectors.serving.packed_weights import PackedWeights
from detectors.serving.packing import Packing, pack_of

BUCKETS: Final = (2_048, 1_024, 512, 256, 128, 64)
"""Tokens of each graph. Above the largest a card has enough to do, and starting kernels costs little beside it."""

TEXTS: Final = 64
"""Texts of a graph, with the one that fills it up."""

_WARM_UPS: Final = 3
"""Runs before recording, in which libraries choose their kernels and take their memory."""

Answers = tuple[Tensor, Tensor]


class PackedGraphs:
    """Records a graph for each bucket, which takes a second or two. Thread-safe."""

    def __init__(self, weights: PackedWeights, attention: Attention, device: torch.device) -> None:
        pool = torch.cuda.graph_pool_handle()
        with torch.inference_mode(), torch.cuda.device(device):
            self._graphs = {tokens: _Graph(weights, attention, device, tokens, pool) for tokens in BUCKETS}
        self._lock = threading.Lock()

    def run(self, packing: Packing, fetch: Callable[[Tensor, Tensor], Answers]) -> Answers | None:
        """Run a packing and give what `fetch` makes of labels and tags before the next run; None if it is too large."""
        tokens = bucket_of(packing)
        if tokens is None:
            return None
        with self._lock:
            labels, tags = self._graphs[tokens].replay(packing.filled(tokens, TEXTS))
            return fetch(labels[: len(packing.lengths)], tags[: len(packing.ids)])


def bucket_of(packing: Packing) -> int | None:
    """Give the tokens of the least bucket that it fits in; None if there is none."""
    if len(packing.lengths) >= TEXTS:
        return None
    return min((tokens for tokens in BUCKETS if tokens >= len(packing.ids)), default=None)


class _Graph:
    def __init__(
        self, weights: PackedWeights, attention: Attention, device: torch.device, tokens: int, pool: Any
    ) -> None:
        # While it is recorded all tokens are one text, so that the longest text that may come is allowed for.
        lengths = [tokens] + [0] * (TEXTS - 1)
        self._given = torch.zeros(3 * tokens + 2 * TEXTS + 1, dtype=torch.int32, device=device)
        self._given[3 * tokens] = tokens
        self._given[3 * tokens + TEXTS + 1 :] = tokens
        pack = pack_of(self._given, lengths)
        side = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]
        side.wait_stream(torch.cuda.current_stream(device))
        with torch.cuda.stream(side):
            for _ in range(_WARM_UPS):
                forward(weights, pack, attention)
        torch.cuda.current_stream(device).wait_stream(side)
        self._graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self._graph, pool=pool):
            self._answers = forward(weights, pack, attention)

    def replay(self, packing: Packing) -> Answers:
        self._given.copy_(torch.from_numpy(packing.flat()).pin_memory(), non_blocking=True)
        self._graph.replay()
        return self._answers
