"""The table of word vectors in eight bits: a row keeps its own scale, so rare words are as exact as common ones.

Half of the model are these vectors; each text reads a few of its 30,522 rows, so they cost memory, not time.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, helper, numpy_helper

_STEPS: Final = 127.0
_TABLE: Final = "words"


def in_rows_of_eight_bits(model: ModelProto) -> None:
    """Replace the lookup in the table of word vectors, the largest one, by one in int8 rows times their scales.

    Raises ValueError for a model in which no node gathers from a table of float32.
    """
    tables = {tensor.name: tensor for tensor in model.graph.initializer}
    lookups = [node for node in model.graph.node if node.op_type == "Gather" and node.input[0] in tables]
    if not lookups:
        raise ValueError("the model looks no word vectors up")
    lookup = max(lookups, key=lambda node: int(np.prod(tables[node.input[0]].dims)))
    table = tables[lookup.input[0]]
    steps, scales = rows_and_scales(numpy_helper.to_array(table))
    model.graph.initializer.remove(table)
    model.graph.initializer.extend(
        [numpy_helper.from_array(steps, f"{_TABLE}.int8"), numpy_helper.from_array(scales, f"{_TABLE}.scale")]
    )
    place = list(model.graph.node).index(lookup)
    model.graph.node.remove(lookup)
    for node in reversed(_scaled_lookup(lookup)):
        model.graph.node.insert(place, node)


def rows_and_scales(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return int8 [rows, width] and float32 [rows, 1], whose product is the table to half a step of each row."""
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), np.finfo(np.float32).tiny * _STEPS) / _STEPS
    return np.rint(table / scales).astype(np.int8), scales.astype(np.float32)


def _scaled_lookup(lookup: NodeProto) -> list[Any]:
    ids, result = lookup.input[1], lookup.output[0]
    return [
        helper.make_node("Gather", [f"{_TABLE}.int8", ids], [f"{_TABLE}.steps"]),
        helper.make_node("Cast", [f"{_TABLE}.steps"], [f"{_TABLE}.floats"], to=1),
        helper.make_node("Gather", [f"{_TABLE}.scale", ids], [f"{_TABLE}.scales"]),
        helper.make_node("Mul", [f"{_TABLE}.floats", f"{_TABLE}.scales"], [result]),
    ]
