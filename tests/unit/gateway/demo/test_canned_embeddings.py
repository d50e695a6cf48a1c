"""The canned model's vectors: one for each input, the same for the same text, in either encoding."""

import base64
import struct
from typing import Any

import pytest
from openai.types import CreateEmbeddingResponse

from gateway.demo.canned_embeddings import embeddings

INPUTS: dict[str, tuple[Any, int]] = {
    "a text": ("hello", 1),
    "texts": (["hello", "world"], 2),
    "tokens": ([1, 2, 3], 1),
    "lists of tokens": ([[1, 2], [3]], 2),
}


@pytest.mark.parametrize(("given", "number"), INPUTS.values(), ids=INPUTS)
def test_each_input_has_its_vector(given: Any, number: int) -> None:
    told = CreateEmbeddingResponse.model_validate(embeddings({"input": given}))
    assert [one.index for one in told.data] == list(range(number))
    assert len({tuple(one.embedding) for one in told.data}) == number
    assert all(sum(value * value for value in one.embedding) == pytest.approx(1) for one in told.data)


def test_base64_has_the_same_numbers() -> None:
    asked = {"input": "hello", "dimensions": 16}
    (plain,), (packed,) = (
        embeddings({**asked, "encoding_format": encoding})["data"] for encoding in ("float", "base64")
    )
    assert struct.unpack("<16f", base64.b64decode(packed["embedding"])) == pytest.approx(plain["embedding"])
