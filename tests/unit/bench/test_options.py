import pytest

from tests.bench.options import SERVERS, parse


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
    ],
)
def test_only_a_whole_run_may_be_published(
    line: str, servers: tuple[str, ...], rounds: int, seconds: int, complete: bool
):
    options = parse(line.split())
    assert (options.servers, options.rounds, options.seconds) == (servers, rounds, seconds)
    assert options.complete is complete


@pytest.mark.parametrize("line", ["--rounds 0", "--seconds x", "--only nobody", "--prompts plain,odd", "--only ,"])
def test_a_mistake_on_the_command_line_ends_with_usage(line: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
