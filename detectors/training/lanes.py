"""Two lanes rather than two threads an operation: each processor works through batches of its own.

An operation that threads share waits for the slowest of them at its end, ten thousand times a step: on a machine that
does anything else, that costs more than the work. Lanes meet once a step. Each adds up its gradients by itself, and
these are summed in a fixed order, so a run can be repeated exactly.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import torch
from torch import Tensor

from detectors.training.batching import Batch

Losses = tuple[Tensor, ...]


def work_split(batches: Sequence[Batch], lanes: int) -> list[list[Batch]]:
    """Give every lane about as many padded tokens, the largest batches first."""
    shares: list[list[Batch]] = [[] for _ in range(lanes)]
    loads = [0] * lanes
    for batch in sorted(batches, key=lambda batch: -batch.input_ids.numel()):
        least = loads.index(min(loads))
        shares[least].append(batch)
        loads[least] += batch.input_ids.numel()
    return shares


def gradients(
    shares: Sequence[Sequence[Batch]], losses: Callable[[Batch], Losses], weights: Sequence[Tensor]
) -> list[float]:
    """Set every weight's gradient of the sum of all losses of all batches, and return the sums of each kind of loss."""
    with ThreadPoolExecutor(len(shares)) as pool:
        done = list(pool.map(lambda share: _lane(share, losses, weights), shares))
    summed = [sums for sums, _ in done if sums]
    first, *others = [found for _, found in done if found]
    for other in others:
        torch._foreach_add_(first, other)
    for weight, gradient in zip(weights, first, strict=True):
        weight.grad = gradient
    return [sum(of_kind) for of_kind in zip(*summed, strict=True)]


def _lane(
    share: Sequence[Batch], losses: Callable[[Batch], Losses], weights: Sequence[Tensor]
) -> tuple[list[float], list[Tensor]]:
    sums: list[float] = []
    found: list[Tensor] = []
    for batch in share:
        of_batch = losses(batch)
        fresh = list(torch.autograd.grad(torch.stack(of_batch).sum(), list(weights)))
        if found:
            torch._foreach_add_(found, fresh)
        else:
            found = fresh
        values = [loss.item() for loss in of_batch]
        sums = [a + b for a, b in zip(sums, values, strict=True)] if sums else values
    return sums, found
