"""Eight bits for speed and size: weights by channel, activations by fixed scales that were measured on real texts.

Fixed scales, since a layer that takes its scale from what is in the batch would answer otherwise for the same text
beside other texts, and would look at every activation twice.
"""

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, helper, numpy_helper

from detectors.training.embedding_rows import in_rows_of_eight_bits
from detectors.training.smoothing import layers, smooth

Feed = Mapping[str, NDArray[np.int64]]
Range = tuple[float, float]
Channels = dict[str, NDArray[np.float32]]

OPERATORS: Final = ("MatMul", "Attention")
"""What is quantised. The two heads over a window are Gemm: they cost nothing, and their logits stay exact."""

_DYNAMIC: Final = "DynamicQuantizeLinear"
_LEVELS: Final = 255.0


def quantise(source: Path, target: Path, feeds: Iterable[Feed], *, reduce_range: bool = False) -> None:
    """Write the int8 form of an exported model; `feeds` are batches of texts like those it will read.

    With `reduce_range` weights have seven bits, for processors that multiply eight by eight without VNNI: sums of two
    products may exceed their 16 bits there.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.WARNING)
    even, draft = target.with_suffix(".even.onnx"), target.with_suffix(".draft.onnx")
    measured = list(feeds)
    _smoothed(source, even, measured)
    quantize_dynamic(
        even,
        draft,
        op_types_to_quantize=list(OPERATORS),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=reduce_range,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    model = onnx.load(draft)
    lows, highs = extremes(even, [node.input[0] for node in _measured(model)], measured)
    fix_scales(model, {name: (float(lows[name].min()), float(highs[name].max())) for name in lows})
    in_rows_of_eight_bits(model)
    onnx.save(model, target)
    for path in (even, draft):
        path.unlink()


def _smoothed(source: Path, target: Path, feeds: Iterable[Feed]) -> None:
    model = onnx.load(source)
    lows, highs = extremes(source, [node.input[0] for node in layers(model, OPERATORS)], feeds)
    smooth(model, OPERATORS, {name: np.maximum(-lows[name], highs[name]) for name in lows})
    onnx.save(model, target)


def extremes(source: Path, names: list[str], feeds: Iterable[Feed]) -> tuple[Channels, Channels]:
    """Run an fp32 model and return the least and the greatest value that each channel of the named tensors ever has.

    Padding counts as well: it is quantised with the rest. Zero is always in between.
    """
    import onnxruntime

    model = onnx.load(source)
    wanted = list(dict.fromkeys(names))
    model.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in wanted)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    lows: Channels = {}
    highs: Channels = {}
    for feed in feeds:
        for name, values in zip(wanted, session.run(wanted, dict(feed)), strict=True):
            channels = values.reshape(-1, values.shape[-1])
            lows[name] = np.minimum(lows.get(name, 0.0), channels.min(axis=0))
            highs[name] = np.maximum(highs.get(name, 0.0), channels.max(axis=0))
    return lows, highs


def fix_scales(model: ModelProto, found: Mapping[str, Range]) -> None:
    """Replace every scale that is measured at run time by the one for the range that was found before."""
    for node in _measured(model):
        name, (steps, scale, zero) = node.input[0], node.output
        low, high = found[name]
        step = max(high - low, 1e-8) / _LEVELS
        values = {scale: np.float32(step), zero: np.uint8(np.clip(np.rint(-low / step), 0, _LEVELS))}
        model.graph.initializer.extend(numpy_helper.from_array(np.array(value), key) for key, value in values.items())
        fixed = helper.make_node("QuantizeLinear", [name, scale, zero], [steps], name=node.name)
        place = list(model.graph.node).index(node)
        model.graph.node.remove(node)
        model.graph.node.insert(place, fixed)


def _measured(model: Any) -> list[NodeProto]:
    return [node for node in model.graph.node if node.op_type == _DYNAMIC]
