"""Even the channels of a layer's input out before it is quantised, so that one loud channel doesn't drown the rest.

Each channel is divided by a factor and the layer's weights for it multiplied by the same: the layer answers as before,
but eight bits hold it better. After SmoothQuant (Xiao et al., 2023), with factors from the inputs alone: weights have a
scale for each output, and measured, factors that spare them lost more than they won.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, helper, numpy_helper

Peaks = Mapping[str, NDArray[np.float32]]

SHARE: Final = 0.4
"""How much of the unevenness the weights take over: 0 none, 1 all."""

_LEAST: Final = 1e-3


def layers(model: ModelProto, operators: tuple[str, ...]) -> list[Any]:
    """Return the nodes of these kinds whose second input is a weight."""
    weights = {tensor.name for tensor in model.graph.initializer}
    return [node for node in model.graph.node if node.op_type in operators and node.input[1] in weights]


def smooth(model: ModelProto, operators: tuple[str, ...], peaks: Peaks) -> None:
    """Put a division by channel before every such layer; `peaks` are the greatest absolute inputs, [channels]."""
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    for number, node in enumerate(layers(model, operators)):
        weight = tensors[node.input[1]]
        values = numpy_helper.to_array(weight)
        factor = factors(peaks[node.input[0]])
        weight.CopyFrom(numpy_helper.from_array((values * factor[:, None]).astype(np.float32), weight.name))
        divisor, even = f"smooth.{number}.divisor", f"smooth.{number}"
        model.graph.initializer.append(numpy_helper.from_array((1 / factor).astype(np.float32), divisor))
        place = list(model.graph.node).index(node)
        model.graph.node.insert(place, helper.make_node("Mul", [node.input[0], divisor], [even], name=even))
        node.input[0] = even


def factors(peaks: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return each channel's factor; their geometric mean is 1."""
    uneven = SHARE * np.log(np.maximum(peaks, _LEAST))
    result: NDArray[np.float32] = np.exp(uneven - uneven.mean()).astype(np.float32)
    return result
