"""What `airlock detectors` does: opens the detectors as a gateway would, measures file by file, writes the figures."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from detectors.evaluation.errors import BadOption, EvaluationError
from detectors.evaluation.kinds import parse_renames
from detectors.evaluation.measuring import Measured, Measuring, Subjects, Wishes
from detectors.evaluation.plots import draw, require_matplotlib
from detectors.evaluation.rows import Row, read_ids, read_rows
from detectors.evaluation.subjects import open_configured, open_subjects
from gateway.commands import detectors_text
from gateway.policy.archive import DATA
from gateway.policy.bundle import shipped
from gateway.pseudonyms.spans import resolve

UNABLE = 2
STDOUT = Path("-")


@dataclass(frozen=True, slots=True)
class Choice:
    """Names of detectors with commas between them, the encoder's folder, own recognisers; or a configured model."""

    names: str
    weights: Path | None = None
    configuration: Path | None = None
    model: str | None = None
    recognizers: Path | None = None

    def open(self) -> Subjects:
        """Load them. Raises `EvaluationError`."""
        if self.configuration:
            return open_configured(self.configuration, self.model, resolve)
        if self.model:
            raise BadOption("--model is a model of --detectors-config FILE")
        wanted = [name.strip() for name in self.names.split(",") if name.strip()]
        return open_subjects(wanted, self.weights, pattern_thresholds(), resolve, self.recognizers)


@dataclass(frozen=True, slots=True)
class Sources:
    """Files below a folder, of which at most `limit` rows each are read; `skip` names a file of ids to leave out."""

    files: Sequence[Path]
    folder: Path
    limit: int | None
    skip: Path | None

    def read(self) -> dict[str, list[Row]]:
        """Give the rows by the file's name as it was written."""
        ids = read_ids(self.skip) if self.skip else frozenset[str]()
        return {str(file): read_rows(self.folder / file, self.limit, ids) for file in self.files}


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where figures and pictures go, if anywhere."""

    json_file: Path | None
    plots: Path | None


def evaluate(
    sources: Sources,
    outputs: Outputs,
    by: Sequence[str],
    names: tuple[Sequence[str], Sequence[str], bool],
    chosen: Choice,
) -> None:
    """Measure, then show a table or JSON. `names` are renamed labels, renamed types, and `only_carried`.

    Raises:
        typer.Exit: With `UNABLE`.
    """
    with _sentences():
        labels, types, only_carried = names
        wishes = Wishes(by, parse_renames(labels), parse_renames(types), only_carried)
        if outputs.plots:
            require_matplotlib()
        _write(outputs, measure(sources, wishes, chosen))


def measure(sources: Sources, wishes: Wishes, chosen: Choice) -> dict[str, Measured]:
    """Measure file by file, with a progress bar on stderr. The answer is by the file's name as it was written.

    Raises:
        EvaluationError: a file or a detector can't be used.
        OSError: a file can't be read.
    """
    rows = sources.read()
    with _opened(chosen) as subjects:
        return _measure(Measuring(subjects, wishes), rows)


def list_labels(chosen: Choice) -> None:
    """Print what the detectors can find.

    Raises:
        typer.Exit: With `UNABLE`.
    """
    with _sentences(), _opened(chosen) as subjects:
        detectors_text.labels(subjects, pattern_thresholds())


def pattern_thresholds() -> Callable[[str], int]:
    """Give the scores, in parts per million, from which the shipped policy acts on a label."""
    stated = orjson.loads((shipped() / DATA).read_bytes())["labels"]

    def threshold(label: str) -> int:
        return int(stated["personal"].get(label, stated["default_threshold"]))

    return threshold


@contextmanager
def _opened(chosen: Choice) -> Iterator[Subjects]:
    with ExitStack() as stack:
        subjects = chosen.open()
        stack.callback(subjects.suite.close)
        yield subjects


def _measure(measuring: Measuring, rows: dict[str, list[Row]]) -> dict[str, Measured]:
    measured = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks = {file: progress.add_task(Path(file).stem, total=measuring.work(read)) for file, read in rows.items()}
        for file, read in rows.items():
            measured[file] = measuring.measure(file, read, partial(progress.advance, tasks[file]))
    return measured


def _write(outputs: Outputs, measured: dict[str, Measured]) -> None:
    reports = [report for one in measured.values() for report in one.reports]
    encoded = orjson.dumps(reports, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    if outputs.json_file == STDOUT:
        typer.echo(encoded, nl=False)
    else:
        detectors_text.figures(measured)
    if outputs.json_file and outputs.json_file != STDOUT:
        outputs.json_file.write_bytes(encoded)
    if outputs.plots:
        for file, one in measured.items():
            draw(outputs.plots, _picture_name(file, measured), one.curves)


def _picture_name(file: str, files: Iterable[str]) -> str:
    """Name pictures for their file: by its last part, or by all parts where two files share that."""
    path = Path(file)
    is_alone = sum(Path(other).stem == path.stem for other in files) == 1
    return path.stem if is_alone else "-".join(path.relative_to(path.anchor).with_suffix("").parts)


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn every error that a person can mend into one sentence and exit code 2."""
    try:
        yield
    except EvaluationError as exc:
        message = str(exc)
    except OSError as exc:
        message = f"{exc.filename} can't be read or written: {exc.strerror}"
    else:
        return
    typer.secho(f"airlock: {message}", fg=typer.colors.RED, err=True)
    raise typer.Exit(UNABLE)
