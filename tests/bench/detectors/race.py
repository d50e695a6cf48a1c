"""The race: tokens a second with all texts at hand, then clients that wait; contenders take turns."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from math import inf
from pathlib import Path
from statistics import median

import torch

from detectors.encoder.model import Encoder, Logits, Tokens
from detectors.serving.batcher import Batcher
from detectors.serving.encoder_model import EncoderModel
from detectors.serving.limits import CPU_BATCH_TOKENS, GPU_BATCH_TOKENS, BatchLimits
from detectors.serving.ports import Reader
from tests.bench.detectors.cards import peak_flops
from tests.bench.detectors.clients import Sample, ask
from tests.bench.detectors.contenders import Contender, contenders
from tests.bench.detectors.first_come import FirstCome
from tests.bench.detectors.padded import AsTheyCome
from tests.bench.detectors.sizes import sizes
from tests.bench.detectors.throughput import fastest, furthest, read, tokens_per_s
from tests.bench.detectors.traffic import texts

CLIENTS = (1, 4, 16, 64)
CHECKED = 24
"""Texts whose answers are compared before anything is measured."""

TRIED = 64
"""Texts on which the padded one tries its sizes of a batch."""

CARD_SIZES = (32, 64, 128)
"""Sizes that it tries on a card."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`rounds` over `texts` (on a card `card_texts`) for tokens a second, then `seconds` for each number of clients.

    The padded one takes the best of `sizes` for its batches. `lone_calls` of each kind go to a service, then calls at
    each rate for `overload_s`.
    """

    rounds: int = 3
    texts: int = 192
    card_texts: int = 16_384
    seconds: float = 8.0
    sizes: tuple[int, ...] = (4, 8, 16, 32)
    lone_calls: int = 400
    overload_s: float = 20.0


@dataclass(slots=True)
class Result:
    """What a contender did, or why it is `missing`.

    `rates` are tokens a second of each round, `share` the part of the card's peak that this is (None on a processor or
    an unknown card), `apart` the greatest difference of a score to the other one of its pair. Of the padded one,
    `together` is the size of its batches, and `rates_alone` are those of texts that go one by one, without padding.
    """

    contender: Contender
    missing: str | None = None
    rates: list[float] = field(default_factory=list)
    share: float | None = None
    apart: float | None = None
    samples: dict[int, Sample] = field(default_factory=dict)
    together: int | None = None
    rates_alone: list[float] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return self.contender.name if self.together is None else f"{self.contender.name} by {self.together}"

    @property
    def tokens_per_s(self) -> float:
        return median(self.rates)


def race(folder: Path, settings: Settings) -> list[Result]:
    """Measure all that can take part with the weights in a folder.

    Raises:
        BenchError: Two of a pair don't answer the same.
    """
    results = [Result(one, one.missing) for one in contenders(folder)]
    for ours, usual in zip(results[::2], results[1::2], strict=True):
        if ours.missing is None:
            _pair(ours, usual, settings)
            _share((ours, usual), folder)
    return results


def _pair(ours: Result, usual: Result, settings: Settings) -> None:
    _say(f"{ours.contender.name} and {usual.contender.name}, {ours.contender.device}")
    loaded = [ours.contender.load(), usual.contender.load()]
    is_card = ours.contender.device == "cuda"
    count = settings.card_texts if is_card else settings.texts
    windows = [loaded[0].windows(loaded[0].tokens(one.text))[0] for one in islice(texts(), count)]
    ours.apart = usual.apart = furthest(*_answers(loaded, windows[:CHECKED]))
    usual.together = _throughput((ours, usual), loaded, windows, settings, CARD_SIZES if is_card else settings.sizes)
    for result, encoder in zip((ours, usual), loaded, strict=True):
        with _reader(result, encoder) as reader:
            for clients in CLIENTS:
                _say(f"  {result.name}, {clients} clients")
                result.samples[clients] = ask(reader, clients, settings.seconds, texts(seed=clients))


def _throughput(
    pair: Sequence[Result],
    loaded: Sequence[Encoder],
    windows: Sequence[Tokens],
    settings: Settings,
    sizes: Sequence[int],
) -> int:
    """Read all texts in turns, and give the size of the batches with which the padded one did."""
    (ours, usual), (packed, padded) = pair, loaded
    assert isinstance(padded, AsTheyCome)
    tried = windows if sizes is CARD_SIZES else windows[:TRIED]
    size = fastest(padded, tried, sizes)
    for _ in range(settings.rounds):
        ours.rates.append(tokens_per_s(packed, windows))
        for padded.together, rates in ((1, usual.rates_alone), (size, usual.rates)):
            rates.append(tokens_per_s(padded, windows))
    return size


def _answers(loaded: Sequence[Encoder], windows: Sequence[Tokens]) -> Iterator[list[Logits]]:
    return (read(encoder, windows) for encoder in loaded)


@contextmanager
def _reader(result: Result, encoder: Encoder) -> Iterator[Reader]:
    """Put ours behind the batcher of the service, which turns nobody away here, the usual one behind a queue."""
    model = EncoderModel("encoder", encoder)
    limits = BatchLimits(GPU_BATCH_TOKENS if result.contender.device == "cuda" else CPU_BATCH_TOKENS, queue_seconds=inf)
    made = Batcher(model, limits) if result.together is None else FirstCome(model, result.together)
    with closing(made) as reader:
        yield reader


def _share(pair: Sequence[Result], folder: Path) -> None:
    """Say which part of the card's peak the useful work was."""
    peak = peak_flops(torch.cuda.get_device_name()) if pair[0].contender.device == "cuda" else None
    if peak is not None:
        size = sizes(folder)
        lengths = [one.tokens for one in islice(texts(), Settings.card_texts)]
        flops_a_token = sum(map(size.flops, lengths)) / sum(lengths)
        for result in pair:
            result.share = result.tokens_per_s * flops_a_token / peak


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
