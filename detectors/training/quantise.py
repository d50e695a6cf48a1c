"""Eight bits for speed and size: weights by channel, activations by fixed scales that were measured on real texts.

Fixed scales, since a layer that takes its scale from what is in the batch would answer otherwise for the same text
beside other texts, and would look at every activation twice. The heads stay as they are: they cost next to nothing.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, helper

from detectors.training.eight_bits import in_eight_bits
from detectors.training.embedding_rows import in_rows_of_eight_bits
from detectors.training.smoothing import layers, smooth

Feed = Mapping[str, NDArray[np.int64]]
Channels = dict[str, NDArray[np.float32]]


def quantise(source: Path, target: Path, feeds: Iterable[Feed]) -> None:
    """Write the int8 form of an exported model; `feeds` are batches of texts like those it will read."""
    model, measured = onnx.load(source), list(feeds)
    lows, highs = extremes(model, _inputs(model), measured)
    smooth(model, {name: np.maximum(-lows[name], highs[name]) for name in lows})
    lows, highs = extremes(model, _inputs(model), measured)
    in_eight_bits(model, {name: (float(lows[name].min()), float(highs[name].max())) for name in lows})
    in_rows_of_eight_bits(model)
    onnx.save(model, target)


def extremes(model: ModelProto, names: list[str], feeds: Iterable[Feed]) -> tuple[Channels, Channels]:
    """Run a model and return the least and the greatest value that each channel of the named tensors ever has.

    Padding counts as well: it is quantised with the rest. Zero is always in between.
    """
    import onnxruntime

    watched = ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    session: Any = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    lows: Channels = {}
    highs: Channels = {}
    for feed in feeds:
        for name, values in zip(names, session.run(names, dict(feed)), strict=True):
            channels = values.reshape(-1, values.shape[-1])
            lows[name] = np.minimum(lows.get(name, 0.0), channels.min(axis=0))
            highs[name] = np.maximum(highs.get(name, 0.0), channels.max(axis=0))
    return lows, highs


def _inputs(model: ModelProto) -> list[str]:
    return list(dict.fromkeys(node.input[0] for node in layers(model)))
