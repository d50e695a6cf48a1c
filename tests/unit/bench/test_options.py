from pathlib import Path

import pytest

from tests.bench import options as options_module
from tests.bench.options import ENCODED, SERVERS, parse

WHOLE = ("airlock", ENCODED, "forwarder", "portkey", "litellm")


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the weights would be; there are none yet."""
    monkeypatch.setattr(options_module, "shipped_weights", lambda: tmp_path / "weights")
    return tmp_path / "weights"


@pytest.mark.parametrize(
    ("line", "servers", "rounds", "seconds", "complete"),
    [
        ("", SERVERS, 3, 10, True),
        ("--quick", ("airlock", "forwarder"), 1, 2, False),
        ("--quick --rounds 4", ("airlock", "forwarder"), 4, 2, False),
        ("--only portkey,litellm", ("portkey", "litellm"), 3, 10, False),
        ("--only litellm,litellm", ("litellm",), 3, 10, False),
        ("--seconds 2", SERVERS, 3, 2, False),
        ("--rounds 5 --seconds 20", SERVERS, 5, 20, True),
        ("--prompts personal", SERVERS, 3, 10, False),
        ("--prompts plain,long", SERVERS, 3, 10, False),
        ("--prompts long,fresh,plain", SERVERS, 3, 10, True),
    ],
)
def test_only_a_whole_run_may_be_published(
    line: str, servers: tuple[str, ...], rounds: int, seconds: int, complete: bool
):
    options = parse(line.split())
    assert (options.servers, options.rounds, options.seconds) == (servers, rounds, seconds)
    assert options.complete is complete


def test_with_weights_in_the_tree_the_encoder_belongs_to_a_whole_run(shipped: Path):
    shipped.mkdir()
    options = parse([])
    assert (options.servers, options.complete) == (WHOLE, True)
    assert not parse(["--only", ",".join(SERVERS)]).complete


def test_other_weights_may_run_but_not_be_published(tmp_path: Path):
    options = parse(["--weights", str(tmp_path)])
    assert (options.servers, options.weights, options.complete) == (WHOLE, tmp_path, False)
    assert options.settings["weights"] == tmp_path.name


def test_each_server_is_asked_what_it_is_for(tmp_path: Path):
    options = parse(["--weights", str(tmp_path), "--prompts", "stream,fresh,long,plain"])
    assert options.asked == dict.fromkeys(SERVERS, ("stream", "fresh", "long", "plain")) | {ENCODED: ("fresh", "plain")}


@pytest.mark.parametrize(
    "line",
    [
        "--rounds 0",
        "--seconds x",
        "--only nobody",
        "--prompts plain,odd",
        "--only ,",
        "--weights nowhere",
        f"--only airlock,{ENCODED} --prompts long",
    ],
)
def test_a_mistake_on_the_command_line_ends_with_usage(line: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
