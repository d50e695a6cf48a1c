import pytest

from tests.bench.detectors.cards import peak_flops
from tests.bench.detectors.sizes import Sizes


@pytest.mark.parametrize(
    ("card", "tera"),
    [
        ("NVIDIA H100 80GB HBM3", 989),
        ("NVIDIA H100 PCIe", 756),
        ("NVIDIA H200", 989),
        ("NVIDIA A100-SXM4-80GB", 312),
        ("NVIDIA A10", 125),
        ("NVIDIA L40S", 362),
        ("NVIDIA L4", 121),
        ("NVIDIA L40", None),
        ("NVIDIA A10G", None),
        ("AMD Instinct MI300X", None),
    ],
)
def test_a_card_is_known_by_whole_words_of_its_name(card: str, tera: float | None):
    assert peak_flops(card) == (None if tera is None else tera * 1e12)


def test_work_is_counted_as_products_are_written_down():
    layers, width, inner, tokens = 2, 8, 32, 5
    projections = 4 * 2 * tokens * width * width
    feed_forward = 2 * 2 * tokens * width * inner
    attention = 2 * 2 * tokens * tokens * width
    assert Sizes(layers, width, inner).flops(tokens) == layers * (projections + feed_forward + attention)
