"""A small encoder in the real format, made on the spot: it knows a few words, and mixes in noise that it was born with.

Its labels are a sum over a window's words, so that two halves of a text can be guilty together; the tags of a token
depend on its word, its casing and, a little, on all tokens of its window that the mask lets through.
"""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from detectors.encoder.files import read_encoder
from detectors.encoder.format import CASINGS, ENTITIES, FORMAT, LABELS, TAGS
from detectors.encoder.model import Encoder, load_encoder

GUILTY = {
    "nasty": {"toxic": 12.0, "insult": 12.0},
    "kill": {"threat": 12.0, "toxic": 12.0},
    "ignore": {"injection": 12.0},
    "half": {"hate": 4.0},
    "maybe": {"sexism": 5.5},
}
"""What these words add to the logits of labels, which start at -6: two halves are hate, a "maybe" is almost."""

NAMED = {"ann": "B-PERSON", "lee": "I-PERSON", "##lee": "I-PERSON", "paris": "B-LOCATION", "4711": "B-ID"}
FILLER = (
    "the",
    "word",
    "and",
    "so",
    "it",
    "goes",
    "on",
    "is",
    "a",
    "you",
    "are",
    "all",
    "rules",
    "secret",
    ".",
    ",",
    "!",
)
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
VOCABULARY = (
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", *GUILTY, *NAMED, *FILLER, *ALPHABET, *(f"##{sign}" for sign in ALPHABET)
)  # fmt: skip
START = -6.0
NOISE = 0.05


def write_encoder(folder: Path, *, window: int = 32, overlap: int = 8, seed: int = 0, threshold: float = 0.5) -> Path:
    """Write the folder of an encoder with windows of this size."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(_model(np.random.default_rng(seed)), folder / "encoder.onnx")
    _tokenizer().save(str(folder / "tokenizer.json"))
    label = {"temperature": 1.0, "bias": 0.0, "threshold": threshold}
    thresholds = {
        "format": FORMAT,
        "labels": dict.fromkeys(LABELS, label),
        "entities": {entity: {"threshold": threshold} for entity in ENTITIES},
    }
    (folder / "thresholds.json").write_text(json.dumps(thresholds))
    describe(folder, window=window, overlap=overlap)
    return folder


def describe(folder: Path, **other: object) -> None:
    """Write `encoder.json` with the digests of what is in the folder now."""
    names = ("encoder.onnx", "tokenizer.json", "thresholds.json")
    description = {
        "format": FORMAT,
        "version": "small",
        "labels": LABELS,
        "entities": TAGS,
        "window": 32,
        "overlap": 8,
        "sha256": {name: sha256((folder / name).read_bytes()).hexdigest() for name in names},
    }
    (folder / "encoder.json").write_text(json.dumps(description | other))


def small_encoder(folder: Path, **options: int) -> Encoder:
    """Make one and load it."""
    return load_encoder(read_encoder(write_encoder(folder, **options)), threads=1)


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(WordPiece({word: place for place, word in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    return tokenizer


def _model(rng: np.random.Generator) -> onnx.ModelProto:
    labels = rng.normal(0, NOISE / 10, (len(VOCABULARY), len(LABELS)))
    tags = rng.normal(0, NOISE, (len(VOCABULARY), len(TAGS)))
    tags[:, 0] += 4
    for word, weights in GUILTY.items():
        for name, weight in weights.items():
            labels[VOCABULARY.index(word), LABELS.index(name)] += weight
    for word, tag in NAMED.items():
        tags[VOCABULARY.index(word), TAGS.index(tag)] += 8
    casing = rng.normal(0, NOISE, (CASINGS, len(TAGS)))
    tables = {"label_table": labels, "tag_table": tags, "casing_table": casing, "start": np.array([START])}
    nodes = [
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["masks"]),
        helper.make_node("Gather", ["label_table", "input_ids"], ["label_parts"]),
        helper.make_node("Mul", ["label_parts", "masks"], ["label_seen"]),
        helper.make_node("ReduceSum", ["label_seen", "middle"], ["label_sum"], keepdims=0),
        helper.make_node("Add", ["label_sum", "start"], ["labels"]),
        helper.make_node("Gather", ["tag_table", "input_ids"], ["tag_parts"]),
        helper.make_node("Mul", ["tag_parts", "masks"], ["tag_seen"]),
        helper.make_node("ReduceSum", ["tag_seen", "middle"], ["tag_sum"], keepdims=1),
        helper.make_node("Tanh", ["tag_sum"], ["tag_context"]),
        helper.make_node("Mul", ["tag_context", "little"], ["tag_little"]),
        helper.make_node("Gather", ["casing_table", "casing"], ["casing_parts"]),
        helper.make_node("Sum", ["tag_parts", "casing_parts", "tag_little"], ["entities"]),
    ]
    constants = [numpy_helper.from_array(value.astype(np.float32), name) for name, value in tables.items()]
    constants += [
        numpy_helper.from_array(np.array([2]), "last"),
        numpy_helper.from_array(np.array([1]), "middle"),
        numpy_helper.from_array(np.array(0.2, dtype=np.float32), "little"),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask", "casing")
    ]
    outputs = [
        helper.make_tensor_value_info("labels", TensorProto.FLOAT, ["batch", len(LABELS)]),
        helper.make_tensor_value_info("entities", TensorProto.FLOAT, ["batch", "tokens", len(TAGS)]),
    ]
    graph = helper.make_graph(nodes, "small", inputs, outputs, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
