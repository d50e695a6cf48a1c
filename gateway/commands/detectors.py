"""`airlock detectors`: measure on your own data what the gateway's detectors find, and serve them to gateways.

Exit codes: 0 done, 2 an option, a file or a detector is wrong.
"""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Measure detectors on labelled data; serve them.", no_args_is_help=True)

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="JSON lines with text, labels and spans.")]
Weights = Annotated[Path | None, typer.Option(help="The encoder's folder; by default the shipped one.")]
Names = Annotated[str, typer.Option("--detectors", help="Which ones, with a comma between them.")]
Configured = Annotated[Path | None, typer.Option("--detectors-config", help="A detectors.yaml to take a model of.")]
Model = Annotated[str | None, typer.Option(help="Which of its models; by default the only one.")]
Recognizers = Annotated[Path | None, typer.Option(help="A file of recognisers of your own, for the patterns.")]
BOTH = "encoder,patterns"

# Loading recognisers and a model takes a second: other subcommands should not wait for it.


@app.command("evaluate")
def evaluate(
    files: Files,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures there; - is the output.")] = None,
    by: Annotated[list[str] | None, typer.Option(help="Figures for each value of meta.KEY, source or split.")] = None,
    plots: Annotated[Path | None, typer.Option(help="Draw ROC curves and reliability in this folder.")] = None,
    weights: Weights = None,
    detectors: Names = BOTH,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many rows a file, always the same.")] = None,
    labels: Annotated[list[str] | None, typer.Option(help="A=B: the files' label A counts as B.")] = None,
    types: Annotated[list[str] | None, typer.Option(help="A=B: spans of type A count as B, or as NONE.")] = None,
    only_carried: Annotated[bool, typer.Option(help="ANY, too, ignores types that a file never has.")] = False,
    skip: Annotated[Path | None, typer.Option(help="JSON with ids of rows to leave out.")] = None,
    data: Annotated[Path | None, typer.Option(help="The folder of the files; reports name them from there.")] = None,
    detectors_config: Configured = None,
    model: Model = None,
    recognizers: Recognizers = None,
) -> None:
    """Measure the detectors on files in the data format: figures a label, a type of span, and a group of rows."""
    from gateway.commands import detectors_steps as steps

    sources = steps.Sources(files, data or Path(), limit, skip)
    outputs = steps.Outputs(json_file, plots)
    chosen = steps.Choice(detectors, weights, detectors_config, model, recognizers)
    steps.evaluate(sources, outputs, by or (), (labels or (), types or (), only_carried), chosen)


@app.command("labels")
def list_labels(
    weights: Weights = None,
    detectors: Names = BOTH,
    detectors_config: Configured = None,
    model: Model = None,
    recognizers: Recognizers = None,
) -> None:
    """List the labels that the detectors can find, and from which score on."""
    from gateway.commands import detectors_steps as steps

    steps.list_labels(steps.Choice(detectors, weights, detectors_config, model, recognizers))


@app.command("serve")
def serve(
    config: Annotated[Path | None, typer.Option("--config", "-c", help="The models: a detectors.yaml.")] = None,
    weights: Weights = None,
    device: Annotated[str | None, typer.Option(help="cpu, cuda, or one card such as cuda:1.")] = None,
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 takes a free port.")] = 8791,
    path: Annotated[Path | None, typer.Option("--socket", help="Listen at this Unix socket instead.")] = None,
    keys_file: Annotated[Path | None, typer.Option(help="Keys that callers need, one a line.")] = None,
    keys_env: Annotated[str | None, typer.Option(help="The environment variable that holds these keys.")] = None,
    batch_tokens: Annotated[int | None, typer.Option(min=1, help="Tokens in one run of a model.")] = None,
    queue_tokens: Annotated[int | None, typer.Option(min=1, help="Tokens that may wait for it.")] = None,
    queue_seconds: Annotated[
        float | None, typer.Option(min=0.01, help="How long a call may wait for it while too much comes.")
    ] = None,
) -> None:
    """Serve models, by default the encoder, to gateways and whoever speaks a known interface. SIGTERM stops it."""
    from gateway.commands import detectors_serve as steps

    models = steps.Models(config, weights, device, batch_tokens, queue_tokens, queue_seconds)
    steps.serve(models, steps.Place(host, port, path), steps.Keys(keys_file, keys_env))
