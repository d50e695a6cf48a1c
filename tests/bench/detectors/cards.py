"""What cards can do at best: dense products in bfloat16, by their makers' data sheets."""

PEAKS_TFLOPS = {
    ("H200",): 989.0,
    ("H100", "PCIe"): 756.0,
    ("H100", "NVL"): 835.0,
    ("H100",): 989.0,
    ("A100",): 312.0,
    ("L40S",): 362.0,
    ("L4",): 121.0,
    ("A10",): 125.0,
}
"""By words of the name that the driver has for a card; the first line that fits holds."""


def peak_flops(card: str) -> float | None:
    """Give the operations a second of a card; None if it is not listed."""
    words = set(card.replace("-", " ").split())
    return next((tera * 1e12 for name, tera in PEAKS_TFLOPS.items() if words.issuperset(name)), None)
