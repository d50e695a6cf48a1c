"""The fused encoder in torch: one body, a head over the whole window and one over each token."""

from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from detectors.encoder.format import CASINGS, LABELS, TAGS

_TYPES: Final = "embeddings.token_type_embeddings.weight"
_FAR: Final = -1e4
"""What padding is set to before the maximum: below every activation, and finite in half precision."""


class FusedEncoder(nn.Module):
    """BERT whose token types are casings; labels from the mean and the maximum over the tokens of a window."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        width = config.hidden_size
        self.config = config
        self.body: Any = BertModel(config, add_pooling_layer=False)
        self.blend = nn.Linear(2 * width, width)
        self.labels = nn.Linear(width, len(LABELS))
        self.entities = nn.Linear(width, len(TAGS))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, casing: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits of labels [batch, labels] and of tags [batch, tokens, tags]."""
        hidden = self.body(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=casing).last_hidden_state
        pooled = torch.nn.functional.gelu(self.blend(pool(hidden, attention_mask)))
        return self.labels(pooled), self.entities(hidden)


def pool(hidden: Tensor, attention_mask: Tensor) -> Tensor:
    """Return mean and maximum over real tokens, side by side: [batch, 2 * width]."""
    mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
    mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1.0)
    highest = (hidden + (1.0 - mask) * _FAR).amax(1)
    return torch.cat([mean, highest], dim=-1)


def new_model(folder: Path) -> FusedEncoder:
    """Return the base's body with fresh heads.

    There is no dropout: own texts are new in every round, so nothing is learnt by heart, and chance costs time and the
    exactness of repeated runs.
    """
    config = BertConfig.from_pretrained(folder)
    config.type_vocab_size = CASINGS
    config.hidden_dropout_prob, config.attention_probs_dropout_prob = 0.0, 0.0
    model = FusedEncoder(config)
    weights = load_file(folder / "model.safetensors")
    weights[_TYPES] = weights[_TYPES][:1].repeat(CASINGS, 1)
    missing, _ = model.body.load_state_dict(weights, strict=False)
    if missing:
        raise ValueError(f"the base model lacks {len(missing)} weights, as {missing[0]}")
    return model
