"""The layers of a graph as ONNX Runtime's int8 operators, each with its bias and its scales in the product itself."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, helper, numpy_helper

from detectors.training.smoothing import layers

Range = tuple[float, float]

_LEVELS: Final = 255.0
_MOST: Final = 127
_DOMAIN: Final = "com.microsoft"


def in_eight_bits(model: ModelProto, ranges: Mapping[str, Range]) -> None:
    """Replace every layer; `ranges` are the least and the greatest input that each has, by the input's name."""
    done: set[str] = set()
    for node in layers(model):
        if node.input[0] not in done:
            _quantise_input(model, node, ranges[node.input[0]])
            done.add(node.input[0])
        _quantise_weight(model, node.input[1])
        fresh = _attention(node) if node.op_type == "Attention" else _product(model, node)
        place = list(model.graph.node).index(node)
        model.graph.node.remove(node)
        model.graph.node.insert(place, fresh)


def _quantise_input(model: ModelProto, node: NodeProto, found: Range) -> None:
    name, (low, high) = node.input[0], found
    step = max(high - low, 1e-8) / _LEVELS
    _add(model, f"{name}.step", np.array(step, dtype=np.float32))
    _add(model, f"{name}.zero", np.array(np.clip(np.rint(-low / step), 0, _LEVELS), dtype=np.uint8))
    steps = helper.make_node("QuantizeLinear", [name, f"{name}.step", f"{name}.zero"], [f"{name}.steps"])
    model.graph.node.insert(list(model.graph.node).index(node), steps)


def _quantise_weight(model: ModelProto, name: str) -> None:
    tensor = next(tensor for tensor in model.graph.initializer if tensor.name == name)
    steps, scales = columns_and_scales(numpy_helper.to_array(tensor))
    tensor.CopyFrom(numpy_helper.from_array(steps, name))
    _add(model, f"{name}.step", scales)
    _add(model, f"{name}.zero", np.zeros(len(scales), dtype=np.int8))


def columns_and_scales(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return int8 [inputs, outputs] and float32 [outputs], whose product is the weight to half a step a column."""
    scales = np.maximum(np.abs(weight).max(axis=0), np.finfo(np.float32).tiny * _MOST) / _MOST
    return np.rint(weight / scales).astype(np.int8), scales.astype(np.float32)


def _attention(node: NodeProto) -> Any:
    name, weight, bias, mask = node.input[:4]
    inputs = [f"{name}.steps", weight, bias, f"{name}.step", f"{weight}.step", mask, f"{name}.zero", f"{weight}.zero"]
    fresh = helper.make_node("QAttention", inputs, list(node.output), name=node.name, domain=_DOMAIN)
    fresh.attribute.extend(attribute for attribute in node.attribute if attribute.name == "num_heads")
    return fresh


def _product(model: ModelProto, node: NodeProto) -> Any:
    name, weight = node.input
    inputs = [f"{name}.steps", weight, f"{name}.step", f"{weight}.step", f"{name}.zero", f"{weight}.zero"]
    bias = _bias(model, node.output[0])
    if bias is None:
        return helper.make_node("MatMulIntegerToFloat", inputs, list(node.output), name=node.name, domain=_DOMAIN)
    addition, constant = bias
    model.graph.node.remove(addition)
    return helper.make_node(
        "MatMulIntegerToFloat", [*inputs, constant], list(addition.output), name=node.name, domain=_DOMAIN
    )


def _bias(model: ModelProto, output: str) -> tuple[NodeProto, str] | None:
    """Find the addition of a constant that is all that a product is used for."""
    constants = {tensor.name for tensor in model.graph.initializer}
    users = [node for node in model.graph.node if output in node.input]
    if len(users) != 1 or users[0].op_type != "Add":
        return None
    others = [name for name in users[0].input if name in constants]
    return (users[0], others[0]) if others else None


def _add(model: ModelProto, name: str, value: NDArray[Any]) -> None:
    model.graph.initializer.append(numpy_helper.from_array(value, name))
