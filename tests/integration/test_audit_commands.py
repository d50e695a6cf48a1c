"""`airlock audit` and `airlock keys`, as an officer and an operator type them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from audit import schema
from audit.checkpoint import create_signer, load_signer
from gateway.commands import audit, keys
from tests.unit.audit.logbook import fill, opened, tamper, write

pytestmark = pytest.mark.integration
CONFIGURATION = """
secret: {env: UNUSED}
store: {url: "sqlite:///store/airlock.db", signing_key: log.key, origin: log.example}
upstreams: [{name: local, base_url: "http://127.0.0.1:1/v1"}]
"""


class House:
    """A folder with a configuration, a key and a log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "airlock.yaml"
        self.config.write_text(CONFIGURATION)
        self.signer = create_signer(folder / "log.key", "log.example")
        self.file = folder / "store" / "airlock.db"
        self.url = f"sqlite:///{self.file}"
        self.ids: list[str] = []

    def audit(self, *arguments: str, configured: bool = True) -> Result:
        config = ("-c", str(self.config)) if configured else ()
        return CliRunner().invoke(audit.app, [*arguments, *config], env={"COLUMNS": "80"})

    def keys(self, *arguments: str) -> Result:
        return CliRunner().invoke(keys.app, [*arguments, "-c", str(self.config)], env={"COLUMNS": "80"})

    def json(self, *arguments: str) -> object:
        result = self.audit(*arguments)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    made.ids = fill(made.url, made.signer, 20, per_round=10)
    return made


def test_the_list_is_legible_at_80_columns(house: House) -> None:
    body = {"reason": "secret.detected", "model": {"requested": "gpt-5-mini-2026-01-31", "served": None}}
    write(house.url, [late := opened("block", **body)])
    result = house.audit("list", "--limit", "3")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    for word in (late.id, house.ids[-1], "block", "secret.detected", "gpt-5-mini-2026-01-31", "support", "--before"):
        assert word in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 20),
        (("--limit", "5"), 5),
        (("--type", "request.opened"), 10),
        (("--decision", "block"), 0),
        (("--tenant", "acme", "--use-case", "support"), 20),
        (("--since", "2020-01-01"), 20),
        (("--since", "2100-01-01T12:00:00"), 0),
    ],
)
def test_the_list_takes_filters(house: House, options: tuple[str, ...], count: int) -> None:
    assert len(house.json("list", "--json", *options)) == count


def test_pages_go_on_where_the_last_ended(house: House) -> None:
    first = house.json("list", "--json", "--limit", "12")
    second = house.json("list", "--json", "--limit", "12", "--before", first[-1]["id"])
    assert [record["id"] for record in first + second] == house.ids[::-1]


def test_a_record_is_shown_with_its_call(house: House) -> None:
    result = house.audit("show", house.ids[0])
    assert result.exit_code == 0
    assert house.ids[1] in result.stdout
    assert [record["index"] for record in house.json("show", house.ids[0], "--json")] == [0, 1]


def test_a_receipt_is_verified_anywhere(house: House, tmp_path: Path) -> None:
    file, key = tmp_path / "receipt.json", str(house.folder / "log.key.pub")
    file.write_text(house.audit("receipt", house.ids[4]).stdout)
    result = house.audit("verify", str(file), "--key", key, configured=False)
    assert result.exit_code == 0
    assert "number 4 of the 20 records" in result.stdout
    file.write_text(file.read_text().replace('"allow"', '"block"'))
    result = house.audit("verify", str(file), "--key", key, configured=False)
    assert result.exit_code == 1
    assert "proves nothing" in result.stderr


def test_the_store_verifies(house: House) -> None:
    result = house.audit("verify")
    assert result.exit_code == 0
    assert "OK: 20 records" in result.stdout
    assert "--prior" in result.stdout
    result = house.audit("verify", "--store", house.url, "--key", str(house.folder / "log.key.pub"), configured=False)
    assert result.exit_code == 0


def test_a_bundle_goes_to_the_auditor_and_verifies_there(house: House, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    result = house.audit("export", str(file))
    assert result.exit_code == 0
    assert load_signer(house.folder / "log.key").verifier().text() in result.stdout
    key = str(house.folder / "log.key.pub")
    prior = tmp_path / "prior.json"
    prior.write_text(house.audit("receipt", house.ids[0]).stdout)
    result = house.audit("verify", str(file), "--key", key, "--prior", str(prior), "--json", configured=False)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["size"] == 21


def test_faults_are_named_with_exit_code_1(house: House) -> None:
    tamper(house.file, f"UPDATE record SET canonical = replace(canonical, 'a', 'b') WHERE id = '{house.ids[7]}'")
    result = house.audit("verify")
    assert result.exit_code == 1
    assert "mismatch" in result.stdout
    assert house.ids[7] in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    report = json.loads(house.audit("verify", "--json").stdout)
    assert [(fault["kind"], fault["index"], fault["record_id"]) for fault in report["faults"]] == [
        ("mismatch", 7, house.ids[7])
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nothing"),
        ("receipt", "nothing"),
        ("verify", "no-such-file"),
        ("verify", "--key", "no-such-key"),
        ("verify", "--prior", "no-such-file"),
        ("verify", "--store", "sqlite:////no/such/store.db"),
        ("verify", "--store", "nonsense"),
        ("export", "/no/such/folder/file"),
    ],
    ids=" ".join,
)
def test_what_can_t_be_read_is_one_sentence_with_exit_code_2(house: House, arguments: tuple[str, ...]) -> None:
    result = house.audit(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("airlock: ")
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_configuration_is_one_sentence(tmp_path: Path) -> None:
    for app, command in ((audit.app, "list"), (keys.app, "list")):
        result = CliRunner().invoke(app, [command, "-c", str(tmp_path / "none.yaml")])
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_key_is_made_listed_and_revoked(house: House) -> None:
    schema.upgrade(house.url)
    made = house.keys(
        "create", "--tenant", "acme", "--use-case", "hr", "--role", "app", "--label", "x", "--expires", "90d"
    )
    assert made.exit_code == 0
    secret = made.stdout.strip()
    handle = secret.split("_")[1]
    assert handle in made.stderr
    listed = house.keys("list")
    assert handle in listed.stdout
    assert "valid to" in listed.stdout
    assert secret not in listed.stdout + house.keys("list", "--json").stdout
    assert house.keys("revoke", handle).exit_code == 0
    assert "revoked before" in house.keys("revoke", handle).stdout
    assert "revoked" in house.keys("list").stdout
    assert [record["type"] for record in house.json("list", "--json", "--use-case", "hr")] == [
        "key.revoked",
        "key.created",
    ]


@pytest.mark.parametrize(
    "arguments", [("revoke", "nothing"), ("create", "--expires", "soon"), ("create", "--tenant", "")], ids=" ".join
)
def test_a_key_command_that_can_t_be_done_says_why(house: House, arguments: tuple[str, ...]) -> None:
    result = house.keys(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("airlock: ")


def test_a_key_for_machines_is_json(house: House) -> None:
    made = json.loads(house.keys("create", "--expires", "2100-01-31", "--json").stdout)
    assert made["secret"].startswith(f"ak_{made['handle']}_")
    assert made["expires_ms"] == 4_105_036_800_000


def test_an_export_is_for_its_owner_only(house: House, tmp_path: Path) -> None:
    house.audit("export", str(tmp_path / "log.jsonl"))
    assert (tmp_path / "log.jsonl").stat().st_mode & 0o777 == 0o600
