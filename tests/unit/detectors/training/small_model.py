"""A base model small enough to be made on the spot, and a tokenizer of the few words that the tests use."""

import random
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertModel

from detectors.training.example import Example

WORDS = ["kind", "awful", "people", "are", "write", "to", "ann", "lee", "in", "bonn", "ignore", "rules", "##ly", "##s"]


def make_base(folder: Path, seed: int = 3) -> Path:
    """Write config, weights and tokenizer of a random BERT with two layers."""
    torch.manual_seed(seed)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *map(chr, range(33, 127)), *WORDS]
    vocabulary += [f"##{chr(code)}" for code in range(97, 123)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary))
    BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True).save(str(folder / "tokenizer.json"))
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=256,
    )
    config.save_pretrained(folder)
    weights = BertModel(config, add_pooling_layer=False).state_dict()
    save_file({name: value.contiguous() for name, value in weights.items()}, folder / "model.safetensors")
    return folder


def kind_or_awful(rng: random.Random, count: int) -> list[Example]:
    """Return texts whose label and entities a small model can learn in seconds."""
    rows = []
    for at in range(count):
        word = rng.choice(["kind", "awful"])
        if at % 2:
            rows.append(Example(f"people are {word}", {"toxic": float(word == "awful"), "hate": 0.0}, "made"))
        else:
            rows.append(Example("Write to Ann Lee", {}, "made", ((9, 16, "PERSON"),), frozenset({"PERSON"})))
    return rows
