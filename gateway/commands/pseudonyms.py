"""`airlock pseudonyms`: see what of a text would leave, and what would come back.

Exit codes: 0 shown, 1 policy would not let the text leave, 2 a file or a detector can't be used.
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
    file: Annotated[Path | None, typer.Argument(help="The text, UTF-8; without it, or for -, standard input.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    tenant: Annotated[str, typer.Option(help="Whose text it is, as policy sees it.")] = "default",
    use_case: Annotated[str, typer.Option(help="What for, as policy sees it.")] = "default",
    page: Annotated[bool, typer.Option("--page", help="Serve a page with a box for texts, to this machine.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is; 0 takes a free port.")] = 8792,
) -> None:
    """Show a text, what would leave, and the way back: by the shipped detectors and policy. Nothing is sent or kept."""
    from gateway.commands import pseudonyms_steps as steps

    if page:
        steps.serve(tenant, use_case, port)
    else:
        steps.show(file, tenant, use_case, as_json=as_json)
