"""`airlock audit`: look records up, take receipts, export the log, verify it.

Exit codes: 0 all is well, 1 the log or a receipt has faults, 2 something can't be read, found or written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import orjson
import typer

from audit import checkpoint, export, reading, receipt
from audit.bundle import BundleSource
from audit.checkpoint import PUBLIC_SUFFIX, Checkpoint, load_signer, load_verifier
from audit.errors import AuditError, BadNote, BadProof
from audit.signed_note import Verifier
from audit.source import Source, open_source
from audit.verdict import Report
from audit.verify import verify as verify_log
from gateway.commands import audit_record, audit_text
from gateway.secret_source import SettingsError
from gateway.settings import load

FAULTS, UNABLE = 1, 2

app = typer.Typer(help="Search, prove and verify the tamper-evident log.", no_args_is_help=True)

Config = Annotated[Path | None, typer.Option("--config", "-c", help="The gateway's configuration file.")]
Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]
RecordId = Annotated[str, typer.Argument(metavar="ID", help="A record's id, as in the header x-airlock-receipt.")]


@app.command("list")
def list_records(
    config: Config = None,
    as_json: Json = False,
    limit: Annotated[int, typer.Option(min=1, max=reading.MAX_PAGE, help="At most so many.")] = 20,
    before: Annotated[str | None, typer.Option(help="Only older than this record's id.")] = None,
    tenant: Annotated[str | None, typer.Option(help="Only this tenant's.")] = None,
    use_case: Annotated[str | None, typer.Option(help="Only this use case's.")] = None,
    kind: Annotated[str | None, typer.Option("--type", help="Only this type, such as request.closed.")] = None,
    decision: Annotated[str | None, typer.Option(help="Only allow, block or review.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Only from then on, UTC.")] = None,
) -> None:
    """List records, newest first."""
    since_ms = None if since is None else int(since.replace(tzinfo=UTC).timestamp() * 1000)
    wanted = reading.Filter(tenant, use_case, kind, decision, since_ms)
    with _sentences():
        records = reading.list_records(load(config).store.url, wanted, limit=limit, before=before)
    if as_json:
        _print_json([record.as_json() for record in records])
    else:
        audit_text.records(records, limit)


@app.command()
def show(record_id: RecordId, config: Config = None, as_json: Json = False) -> None:
    """Show a record, and the other half of its call."""
    with _sentences():
        records = reading.show_record(load(config).store.url, record_id)
    if as_json:
        _print_json([record.as_json() for record in records])
    else:
        audit_record.details(records)


@app.command("receipt")
def issue_receipt(record_id: RecordId, config: Config = None) -> None:
    """Print a record's receipt as JSON: `airlock audit verify FILE --key KEY` checks it anywhere."""
    with _sentences():
        _print_json(receipt.issue(load(config).store.url, record_id).as_json())


@app.command("export")
def export_log(
    file: Annotated[Path, typer.Argument(help="The bundle to write; it must not exist yet.")],
    config: Config = None,
    as_json: Json = False,
) -> None:
    """Write the whole log to one file for an auditor. The export is recorded in the log."""
    with _sentences():
        settings = load(config)
        signer = load_signer(settings.store.signing_key, settings.store.origin)
        counts = export.export(settings.store.url, signer, file)
    if as_json:
        _print_json({"file": str(file), "key": signer.verifier().text(), **counts})
    else:
        audit_text.exported(file, counts, signer.verifier().text())


@app.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="A bundle or a receipt; by default the store.")] = None,
    config: Config = None,
    store: Annotated[str | None, typer.Option(help="A store's address, instead of the configured one.")] = None,
    key: Annotated[Path | None, typer.Option(help="The log's public key; by default the configured one's.")] = None,
    prior: Annotated[Path | None, typer.Option(help="A checkpoint (or receipt) kept from an earlier visit.")] = None,
    open_limit: Annotated[float, typer.Option(min=0, help="Minutes after which an open call is reported.")] = 60,
    as_json: Json = False,
) -> None:
    """Verify the log, a bundle or a receipt. Without --prior, the key's holder could have made a new history."""
    with _sentences():
        verifier = _verifier(key, config)
        if file is not None and not file.read_bytes()[:10].startswith(b'{"bundle":'):
            _verify_receipt(file, verifier, as_json=as_json)
            return
        kept = None if prior is None else _prior(prior, verifier)
        with _source(file, store, config, verifier) as source:
            report = verify_log(source, verifier, kept, open_limit_ms=int(open_limit * 60_000))
    _print_report(report, as_json=as_json, has_prior=kept is not None)


def _print_report(report: Report, *, as_json: bool, has_prior: bool) -> None:
    if as_json:
        _print_json(report.as_json())
    else:
        audit_text.verdict(report, has_prior=has_prior)
    raise typer.Exit(0 if report.ok else FAULTS)


def _verify_receipt(file: Path, verifier: Verifier, *, as_json: bool) -> None:
    shown = receipt.parse(file.read_bytes())
    try:
        head = receipt.verify(shown, verifier)
    except (BadProof, BadNote) as exc:
        _end(f"the receipt proves nothing: {exc}", FAULTS)
    facts = {"ok": True, "record_id": shown.record["id"], "index": shown.index, "size": head.size}
    if as_json:
        _print_json(facts)
    else:
        audit_text.proven(shown, head)


def _verifier(key: Path | None, config: Path | None) -> Verifier:
    if key is not None:
        return load_verifier(key)
    signing_key = load(config).store.signing_key
    return load_verifier(signing_key.with_name(signing_key.name + PUBLIC_SUFFIX))


def _prior(file: Path, verifier: Verifier) -> Checkpoint:
    raw = file.read_bytes()
    if raw.lstrip().startswith(b"{"):
        return checkpoint.verify(receipt.parse(raw).checkpoint, verifier)
    return checkpoint.verify(raw.decode(errors="replace"), verifier)


@contextmanager
def _source(file: Path | None, store: str | None, config: Path | None, verifier: Verifier) -> Iterator[Source]:
    if file is not None:
        yield BundleSource(file, verifier)
        return
    with open_source(store or load(config).store.url) as source:
        yield source


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn every error that an operator can meet into one sentence and exit code 2."""
    try:
        yield
    except (AuditError, SettingsError) as exc:
        _end(str(exc), UNABLE)
    except OSError as exc:
        _end(f"{exc.filename} can't be read: {exc.strerror}", UNABLE)


def _end(message: str, code: int) -> NoReturn:
    typer.secho(f"airlock: {message}", fg=typer.colors.RED, err=True)
    raise typer.Exit(code)


def _print_json(value: Any) -> None:
    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2))
