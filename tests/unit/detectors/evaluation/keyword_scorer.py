"""A scorer of two labels that counts words: small, and as real to the evaluation as a model."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WORDS = {"insult": ("fool", "idiot"), "threat": ("hurt", "kill")}


class KeywordScorer:
    """One word of a label scores 0.6, two 0.9, none 0.1."""

    version = "words-1"
    labels = tuple(WORDS)

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def threshold(self, label: str) -> float:
        return {"insult": 0.5, "threat": 0.8}[label]

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.sizes.append(len(texts))
        found = [[sum(word in text for word in words) for words in WORDS.values()] for text in texts]
        return np.array([(0.1, 0.6, 0.9)[count] for row in found for count in row], np.float32).reshape(-1, len(WORDS))
