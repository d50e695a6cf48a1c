"""Load a model and its tokenizer with transformers: from files that were looked at, without a network, never code."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal

from tokenizers import Tokenizer

from detectors.serving.errors import ModelUnusable
from detectors.serving.model_files import ModelFiles
from detectors.serving.network import Network

Purpose = Literal["text-classification", "token-classification", "image-classification", "guard"]

_CLASSES: Final = {
    "text-classification": "AutoModelForSequenceClassification",
    "token-classification": "AutoModelForTokenClassification",
    "image-classification": "AutoModelForImageClassification",
    "guard": "AutoModelForCausalLM",
}
_SAFELY: Final = {"local_files_only": True, "trust_remote_code": False}
_VOCABULARIES: Final = ("tokenizer.json", "vocab*", "*.model")
_EXTRA: Final = "pip install 'airlock-gateway[serving]'"


def load_network(files: ModelFiles, purpose: Purpose, device: str, dtype: str = "auto") -> Network:
    """Load weights onto a device, such as `cpu` or `cuda:0`, ready to answer.

    `dtype: auto` is float32 on a CPU and bfloat16 on a GPU.

    Raises:
        ModelUnusable: the weights lack a part (they are of another kind of model), the device is not there, or the
            libraries are not installed.
    """
    torch, transformers = _libraries()
    if device != "cpu" and not torch.cuda.is_available():
        raise ModelUnusable(f"the device {device} is not there")
    if dtype == "auto":
        dtype = "float32" if device == "cpu" else "bfloat16"
    with _quietly(files, transformers):
        model, report = getattr(transformers, _CLASSES[purpose]).from_pretrained(
            files.folder, dtype=getattr(torch, dtype), use_safetensors=True, output_loading_info=True, **_SAFELY
        )
    if lacking := sorted(map(str, (*report["missing_keys"], *report["mismatched_keys"]))):
        raise ModelUnusable(f"{files.folder} is no model for {purpose}: its weights lack {lacking[0]}")
    try:
        return Network(model.eval().to(device), device)
    except (RuntimeError, AssertionError) as exc:  # no such device, or too little of its memory is free
        raise ModelUnusable(f"{files.folder} can't be put on {device} ({type(exc).__name__})") from exc


def load_text_network(files: ModelFiles, purpose: Purpose, device: str, dtype: str) -> tuple[Network, Any]:
    """Load a model of texts and its tokenizer, and check that they belong together.

    Raises:
        ModelUnusable: as `load_network` and `load_tokenizer`; or some token has no vector in the model, which a card
            would not survive.
    """
    tokenizer = load_tokenizer(files)
    network = load_network(files, purpose, device, dtype)
    if max(tokenizer.get_vocab().values()) >= network.vectors:
        network.close()
        raise ModelUnusable(f"{files.folder} has a tokenizer of more tokens than its model knows")
    return network, tokenizer


def load_tokenizer(files: ModelFiles) -> Any:
    """Load the tokenizer as transformers knows it.

    Raises:
        ModelUnusable: there is none, or only one in Python, whose tokens don't know where they stand in a text.
    """
    _, transformers = _libraries()
    if not any(file for pattern in _VOCABULARIES for file in files.folder.glob(pattern)):
        raise ModelUnusable(f"{files.folder} has no tokenizer")  # transformers would make an empty one
    with _quietly(files, transformers):
        tokenizer = transformers.AutoTokenizer.from_pretrained(files.folder, **_SAFELY)
    if getattr(tokenizer, "backend_tokenizer", None) is None:
        raise ModelUnusable(f"{files.folder} has no fast tokenizer (tokenizer.json)")
    return tokenizer


def plain_tokenizer(tokenizer: Any) -> Tokenizer:
    """Give the tokenizer by itself, for texts of strangers: what looks like a special token in them is text.

    It neither pads nor cuts, and any number of threads may use it at once.
    """
    plain = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
    plain.no_padding()
    plain.no_truncation()
    plain.encode_special_tokens = True
    return plain


def load_image_processor(files: ModelFiles) -> Any:
    """Load what makes tensors of pictures.

    Raises:
        ModelUnusable: there is none.
    """
    _, transformers = _libraries()
    with _quietly(files, transformers):
        return transformers.AutoImageProcessor.from_pretrained(files.folder, backend="pil", **_SAFELY)


def _libraries() -> tuple[Any, Any]:
    try:
        import torch
        import transformers
    except ImportError as exc:
        raise ModelUnusable(f"models of transformers need an extra: {_EXTRA}") from exc
    return torch, transformers


@contextmanager
def _quietly(files: ModelFiles, transformers: Any) -> Iterator[None]:
    """Keep progress bars and advice off the log, and turn whatever goes wrong into a sentence."""
    transformers.utils.logging.disable_progress_bar()
    logging.getLogger("transformers").setLevel(logging.CRITICAL)
    try:
        yield
    except Exception as exc:  # the errors of transformers, tokenizers and safetensors have no common class
        told = " ".join(str(exc).split())[:300]
        raise ModelUnusable(f"{files.folder} can't be loaded ({type(exc).__name__}: {told})") from exc
