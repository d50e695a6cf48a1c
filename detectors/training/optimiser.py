"""AdamW with a rate a layer: the heads learn fast, the top of the body slower, its bottom slowest."""

from collections.abc import Iterable
from typing import Any, Final

from torch import Tensor
from torch.optim import AdamW

from detectors.training.model import FusedEncoder

BODY_RATE: Final = 1.5e-4
HEAD_RATE: Final = 1e-3
DECAY_BY_LAYER: Final = 0.9
WEIGHT_DECAY: Final = 0.01
PEAK: Final = "peak"


def new_optimiser(model: FusedEncoder, body_rate: float, head_rate: float) -> AdamW:
    """Return AdamW over all weights; each group keeps its highest rate under `peak`."""
    layers = len(model.body.encoder.layer)
    groups: list[dict[str, Any]] = []
    for name, weight in model.named_parameters():
        rate = _rate(name, layers, body_rate, head_rate)
        decay = WEIGHT_DECAY if weight.ndim > 1 and "embeddings" not in name else 0.0
        groups.append({"params": [weight], "lr": rate, PEAK: rate, "weight_decay": decay})
    return AdamW(_together(groups), betas=(0.9, 0.98), eps=1e-6, fused=True)


def set_rate(optimiser: AdamW, factor: float) -> None:
    """Set every group to `factor` of its peak."""
    for group in optimiser.param_groups:
        group["lr"] = group[PEAK] * factor


def weights_of(optimiser: AdamW) -> list[Tensor]:
    """Return all weights, for clipping."""
    return [weight for group in optimiser.param_groups for weight in group["params"]]


def _rate(name: str, layers: int, body: float, head: float) -> float:
    if not name.startswith("body."):
        return head
    depth = int(name.split(".layer.")[1].split(".")[0]) + 1 if ".layer." in name else 0
    return body * DECAY_BY_LAYER ** (layers - depth)


def _together(groups: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[tuple[float, float], dict[str, Any]] = {}
    for group in groups:
        same = found.setdefault((group["lr"], group["weight_decay"]), group)
        if same is not group:
            same["params"] += group["params"]
    return list(found.values())
