"""`airlock policy`: checks, tests and compiles policies.

Exit codes: 0 all is well, 1 a policy, case or file is wrong, 2 the command could not do its work (no `opa`, no bundle).
"""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Check, test and compile policies.", no_args_is_help=True)

Folder = Annotated[
    Path | None, typer.Argument(help="A folder laid out like policies/; by default the one that came with Airlock.")
]
Opa = Annotated[str, typer.Option(envvar="AIRLOCK_OPA", help="The opa command: a name on PATH or a path.")]
Data = Annotated[Path | None, typer.Option(help="With -o: a JSON or YAML file that takes the place of data.json.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write one .tar.gz for OPA servers and gateways.")]

Thresholds = Annotated[Path, typer.Argument(help="The encoder's thresholds.json.")]
Target = Annotated[Path | None, typer.Option("--data", help="The JSON file to change; by default the shipped one.")]

# The engines take half a second to import: other subcommands should not wait for them.


@app.command("check")
def check(folder: Folder = None, opa: Opa = "opa") -> None:
    """Check format, types, references, builtins, data and the compiled form."""
    from gateway.commands import policy_steps

    policy_steps.check(folder, opa)


@app.command("test")
def run_tests(folder: Folder = None, opa: Opa = "opa") -> None:
    """Run the policies' tests, and the cases through every engine at hand."""
    from gateway.commands import policy_steps

    policy_steps.run_tests(folder, opa)


@app.command("build")
def build(folder: Folder = None, output: Output = None, data: Data = None, opa: Opa = "opa") -> None:
    """Compile the policies: into the folder's compiled/, or with -o into one archive to publish."""
    from gateway.commands import policy_steps

    policy_steps.build(folder, output, data, opa)


@app.command("retune")
def retune(thresholds: Thresholds, data: Target = None) -> None:
    """Write an encoder's thresholds into policy data; stricter profiles stay as much stricter as they were."""
    from gateway.commands import policy_steps

    policy_steps.retune(thresholds, data)
