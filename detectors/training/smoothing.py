"""Even the channels of a layer's input out before it is quantised, so that one loud channel doesn't drown the rest.

Each channel is divided by a factor and the layer's weights for it multiplied by the same: the layer answers as before,
but eight bits hold it better. After SmoothQuant (Xiao et al., 2023), with factors from the inputs alone: weights have a
scale for each output, and measured, factors that spare them lost more than they won.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

Peaks = Mapping[str, NDArray[np.float32]]

SHARE: Final = 0.4
"""How much of the unevenness the weights take over: 0 none, 1 all."""

_LEAST: Final = 1e-3


def layers(model: ModelProto) -> list[Any]:
    """Return the nodes that are quantised: attentions, and products with a weight but for that of the head of tags."""
    weights = {tensor.name for tensor in model.graph.initializer}
    answers = {answer.name for answer in model.graph.output}
    last = {name for node in model.graph.node if answers & set(node.output) for name in node.input} | answers
    kinds = {"MatMul", "Attention"}
    return [
        node
        for node in model.graph.node
        if node.op_type in kinds and node.input[1] in weights and node.output[0] not in last
    ]


def smooth(model: ModelProto, peaks: Peaks) -> None:
    """Even out every layer's input; `peaks` are the greatest absolute inputs, [channels].

    Behind an attention the division goes into what it takes its values from; elsewhere it is a product by channel.
    """
    attentions = {node.output[0]: node for node in layers(model) if node.op_type == "Attention"}
    for number, node in enumerate(layers(model)):
        factor = factors(peaks[node.input[0]])
        _scale(model, node.input[1], factor[:, None])
        source = attentions.get(node.input[0])
        if source is None:
            _divide(model, node, number, factor)
        else:
            _divide_values(model, source, factor)


def factors(peaks: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return each channel's factor; their geometric mean is 1."""
    uneven = SHARE * np.log(np.maximum(peaks, _LEAST))
    result: NDArray[np.float32] = np.exp(uneven - uneven.mean()).astype(np.float32)
    return result


def _divide(model: ModelProto, node: NodeProto, number: int, factor: NDArray[np.float32]) -> None:
    divisor, even = f"smooth.{number}.divisor", f"smooth.{number}"
    model.graph.initializer.append(numpy_helper.from_array((1 / factor).astype(np.float32), divisor))
    place = list(model.graph.node).index(node)
    model.graph.node.insert(place, helper.make_node("Mul", [node.input[0], divisor], [even], name=even))
    node.input[0] = even


def _divide_values(model: ModelProto, attention: NodeProto, factor: NDArray[np.float32]) -> None:
    """Divide what an attention mixes: the last third of its joint weight and bias, for queries, keys and values."""
    whole = np.concatenate([np.ones(2 * len(factor), dtype=np.float32), 1 / factor])
    _scale(model, attention.input[1], whole)
    _scale(model, attention.input[2], whole)


def _scale(model: ModelProto, name: str, factor: NDArray[np.float32]) -> None:
    tensor: TensorProto = next(tensor for tensor in model.graph.initializer if tensor.name == name)
    tensor.CopyFrom(numpy_helper.from_array((numpy_helper.to_array(tensor) * factor).astype(np.float32), name))
