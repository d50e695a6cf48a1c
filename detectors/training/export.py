"""From trained weights to an ONNX graph that has the body's layers as single operators.

torch.onnx writes some hundred small nodes; ONNX Runtime's optimiser for transformers then finds the attention, the
normalisation with its residual and the activation with its bias in them, and puts one fast operator in their place.
"""

from pathlib import Path
from typing import Any, Final

import onnx
import torch
from onnx import NodeProto, helper

from detectors.training.model import FusedEncoder

INPUTS: Final = ("input_ids", "attention_mask", "casing")
OUTPUTS: Final = ("labels", "entities")
_AXES: Final = {name: {0: "batch", 1: "tokens"} for name in (*INPUTS, "entities")} | {"labels": {0: "batch"}}
_OPSET: Final = 17
_CONTRIBUTED: Final = "com.microsoft"


def export(model: FusedEncoder, path: Path) -> None:
    """Write the model in fp32 with its layers fused; batch and tokens may have any size up to the window's."""
    raw = path.with_suffix(".raw.onnx")
    _trace(model, raw)
    onnx.save(_fused(raw, model.config), path)
    raw.unlink()


def _trace(model: FusedEncoder, path: Path) -> None:
    model.body.set_attn_implementation("eager")  # its plain products are what the optimiser looks for
    ids = torch.ones(2, 9, dtype=torch.int64)
    mask = torch.ones(2, 9, dtype=torch.int64)
    mask[1, 6:] = 0
    torch.onnx.export(
        model.eval(),
        (ids, mask, torch.zeros_like(ids)),
        str(path),
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes=_AXES,
        opset_version=_OPSET,
        dynamo=False,
    )


def _fused(path: Path, config: Any) -> Any:
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False  # word vectors get a form of their own, see `embedding_rows`
    heads, width = config.num_attention_heads, config.hidden_size
    model = optimize_model(
        str(path), "bert", num_heads=heads, hidden_size=width, opt_level=0, optimization_options=options
    ).model
    _in_plain_norms(model)
    if all(opset.domain != _CONTRIBUTED for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid(_CONTRIBUTED, 1))  # where the fused operators are defined
    return model


def _in_plain_norms(model: Any) -> None:
    """Take the normalisation apart from the additions before it: the joint operator takes three times their time."""
    for node in [node for node in model.graph.node if node.op_type == "SkipLayerNormalization"]:
        product, residual, scale, shift, bias = node.input
        name = node.output[0]
        place = list(model.graph.node).index(node)
        model.graph.node.remove(node)
        parts = (
            helper.make_node("Add", [product, bias], [f"{name}.biased"]),
            helper.make_node("Add", [f"{name}.biased", residual], [f"{name}.sum"]),
            helper.make_node(
                "LayerNormalization", [f"{name}.sum", scale, shift], [name], axis=-1, epsilon=_epsilon(node)
            ),
        )
        for part in reversed(parts):
            model.graph.node.insert(place, part)


def _epsilon(node: NodeProto) -> float:
    return next(float(attribute.f) for attribute in node.attribute if attribute.name == "epsilon")
