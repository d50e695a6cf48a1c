"""`airlock pseudonyms`: see what of a text would leave, and what would come back.

Exit codes: 0 it may leave, 1 policy would not let it leave (or the reply come back), 2 a file, the configuration or a
detector can't be used.
"""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="See what pseudonyms make of a text.", no_args_is_help=True)

# Loading recognisers and a model takes a second: other subcommands should not wait for it.


@app.callback()
def group() -> None:
    """See what pseudonyms make of a text."""


@app.command("try")
def try_text(
    file: Annotated[
        Path | None,
        typer.Argument(help="A text in UTF-8, CSV, JSON, PDF or a picture; without it, or for -, standard input."),
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="The configuration file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    tenant: Annotated[str, typer.Option(help="Whose text it is, as policy sees it.")] = "default",
    use_case: Annotated[str, typer.Option(help="What for, as policy sees it.")] = "default",
    model: Annotated[str, typer.Option(help="The model that is asked for; by default the configuration's first.")] = "",
    reply: Annotated[
        str | None, typer.Option(help="A model's reply, or a file with one; by default what leaves comes back.")
    ] = None,
    page: Annotated[bool, typer.Option("--page", help="Serve a page with a box for texts, to this machine.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is; 0 takes a free port.")] = 8792,
) -> None:
    """Show a text, what would leave, and the way back, by your configuration. Nothing is sent, recorded or kept."""
    from gateway.commands import pseudonyms_steps as steps
    from gateway.trial.trials import Asked

    asked = Asked(tenant, use_case, model, steps.reply_of(reply))
    if page:
        steps.serve(config, asked, port)
    else:
        steps.show(file, config, asked, as_json=as_json)
