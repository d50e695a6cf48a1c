"""A folder of weights with made-up numbers in every file that a model card is written from."""

import json
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from detectors.encoder.files import read_encoder
from detectors.encoder.format import ENTITIES, FORMAT, LABELS, TAGS
from detectors.training.card.speed import LENGTHS
from detectors.training.rules import HARD, ORDINARY

MEASURED = ("eval/toxicity/hatemojicheck.jsonl", "eval/somewhere/else.jsonl", "eval/pii/presidio_synth_large.jsonl")
SETS = ("toxicity/stormfront_vicomtech", "benign/banking77", "bias/edos_gender", "injection/bipia_train")


def make_weights(folder: Path, raced: Path) -> None:
    """Write the folder, and what a bench of its encoder wrote."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(9)
    written(folder / "thresholds.json", thresholds(chance))
    for name in ("encoder.onnx", "encoder.safetensors", "tokenizer.json"):
        (folder / name).write_bytes(chance.randbytes(chance.randrange(300_000, 900_000)))
    (folder / "tokenizer.json").write_text("{}")
    digests = {file.name: sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}
    contract = {"format": FORMAT, "version": "7", "labels": LABELS, "entities": TAGS, "window": 256, "overlap": 32}
    written(folder / "encoder.json", {**contract, "sha256": digests})
    version = read_encoder(folder).version
    written(folder / "figures.json", figures(chance, version))
    written(folder / "training.json", training(chance, digests["encoder.safetensors"]))
    written(raced, speed(chance, version))


def written(file: Path, document: Any) -> None:
    file.write_text(json.dumps(document))


def thresholds(chance: Random) -> dict[str, Any]:
    labels = {name: label_threshold(chance) for name in LABELS}
    labels["sexual"]["provenance"] = {"rule": "too few", "n": chance.randrange(9999), "positives": 3}
    entities = {
        name: {
            "threshold": share(chance),
            "provenance": {"rule": "best F2", "n": count(chance), "spans": count(chance)}
            | {name: share(chance) for name in ("precision", "recall")},
        }
        for name in ENTITIES
    }
    return {"format": FORMAT, "labels": labels, "entities": entities}


def label_threshold(chance: Random) -> dict[str, Any]:
    limits = [
        {"sources": sorted(among), "at_most": share(chance), "fpr": share(chance)}
        for among in (ORDINARY, HARD, frozenset({"elsewhere"}))
    ]
    shares = {name: share(chance) for name in ("recall", "fpr")}
    how = {"rule": "greatest aim", "n": count(chance), "positives": count(chance), "limits": limits} | shares
    return {name: share(chance) for name in ("temperature", "bias", "threshold")} | {"provenance": how}


def figures(chance: Random, version: str) -> list[dict[str, Any]]:
    first, second, third = MEASURED
    one_sided = dict.fromkeys(("accuracy_positive", "precision", "auc", "recall_at_fpr_1"))
    of_spans = [span_report(chance, third, entity, version) for entity in ("PERSON", "ALL", "ANY")]
    return [
        label_report(chance, first, "hate", version),
        label_report(chance, first, "toxic", version),
        label_report(chance, first, "hate", version) | {"group": {"key": "meta.target", "value": "a group"}},
        label_report(chance, second, "injection", version) | one_sided | {"interval": {"accuracy": None, "auc": None}},
        *of_spans,
    ]


def label_report(chance: Random, file: str, label: str, version: str) -> dict[str, Any]:
    names = ("threshold", "accuracy", "accuracy_positive", "accuracy_negative", "precision", "recall", "f1")
    shares = {name: share(chance) for name in (*names, "macro_f1", "fpr", "auc", "recall_at_fpr_1", "seconds")}
    counts = {"n": count(chance), "positives": count(chance)}
    interval = {name: [share(chance), share(chance)] for name in ("accuracy", "auc")}
    return {"file": file, "label": label, "model": version, "interval": interval} | counts | shares


def span_report(chance: Random, file: str, entity: str, version: str) -> dict[str, Any]:
    shares = {name: share(chance) for name in ("precision", "recall", "f1", "f2", "seconds")}
    counts = {name: count(chance) for name in ("rows", "n", "found")}
    interval = {name: [share(chance), share(chance)] for name in ("precision", "recall", "f2")}
    model = f"encoder:{version} patterns:presidio-1"
    return {"file": file, "entity": entity, "model": model, "interval": interval} | counts | shares


def training(chance: Random, digest: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "weights": digest,
        "base": "a-base 0.1",
        "noise": share(chance),
        "sets": [{"file": file, "per_round": count(chance), "rows": count(chance)} for file in SETS],
        "made": [{"name": name, "per_round": count(chance)} for name in ("negation", "chat")],
        "run": {"steps": count(chance), "minutes": round(60 * share(chance), 1), "rows": 40 * count(chance)},
        "curve": [
            {"step": count(chance)} | {name: share(chance) for name in ("minutes", "label_loss", "tag_loss")}
            for _ in range(3)
        ],
    }


def speed(chance: Random, version: str) -> dict[str, Any]:
    of_lengths = [f"{tokens}_tokens_{what}" for tokens in LENGTHS for what in ("p50_ms", "p95_ms", "calls_a_second")]
    names = (*of_lengths, "load_s", "memory_mb", "memory_before_mb")
    machine = {"cores": 2, "architecture": "x86_64"}
    about = {"version": version, "date": "2026-01-02", "machine": machine, "together": 32}
    return {**about, "held": {"load_s": False, "memory_mb": True}, **{name: 100 * share(chance) for name in names}}


def share(chance: Random) -> float:
    return round(chance.uniform(0.01, 0.99), 6)


def count(chance: Random) -> int:
    return chance.randrange(1000, 99_999)


def numbers(value: Any) -> list[float]:
    """Return all numbers anywhere in a document."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value] if isinstance(value, int | float) else [number for part in inner for number in numbers(part)]
