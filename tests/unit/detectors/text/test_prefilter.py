import subprocess
import sys
import threading

import pytest

from detectors.text.compiler import Compiler, CompilerFailed
from detectors.text.database import Database, is_available
from detectors.text.gates import Gate, gate_of
from detectors.text.prefilter import Prefilter
from detectors.text.prefilter_cache import PrefilterCache
from tests.parts import missing

GATES = [Gate(r"\bfoo\d+"), Gate(r"[a-z]{3}-\w{2}", caseless=False), Gate(r"\d{3}(?=x)"), Gate(r": [^\n]+x-")]


@pytest.fixture(scope="module")
def hyperscan():
    if not is_available():
        missing("Hyperscan", "Its wheel exists for Linux on x86-64: `pip install hyperscan`.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("prefilter")


@pytest.fixture(scope="module")
def built(hyperscan, folder):
    """A prefilter that is ready, its cache in `folder`: compiling takes seconds, so all tests share it."""
    prefilter = Prefilter(GATES, PrefilterCache(folder))
    prefilter.start()
    assert prefilter.wait(100)
    yield prefilter
    prefilter.close()


@pytest.mark.parametrize(
    ("text", "fired"),
    [
        ("nothing", []),
        ("FOO12", [0]),
        ("abc-12 foo1", [0, 1]),
        ("ABC-12", []),
        ("123", [2]),
        ("foo\u0661", [0]),
        ("abc-\u00e9\u00e9", [1]),
        ("foo\u07c0", [0]),
        ("foo\U0001e950", [0]),
        ("abc-e\u0301", [1]),
    ],
    ids=[
        "nothing", "one", "two", "a case that counts", "a look-ahead is left to the pattern",
        "digits of another script", "letters of another script", "a digit of N'Ko",
        "a digit newer than Hyperscan's tables", "a combining mark",
    ],
)  # fmt: skip
def test_the_gates_that_match_fire(built, text, fired):
    assert sorted(built.fired(text)) == fired


@pytest.mark.parametrize(
    "text",
    ["half a pair \ud800", "\u0130stanbul", "d\u0131\u015f"],
    ids=["surrogate", "dotted capital i", "dotless small i"],
)
def test_a_text_that_the_two_engines_read_differently_is_left_to_the_recognisers(built, text):
    assert built.fired(text) is None


@pytest.mark.parametrize("before", ["", "before it ", "\u00e9 "])
def test_a_gate_fires_however_long_its_gap_and_though_the_text_ends_with_it(built, before):
    silent = [length for length in range(1, 200) if 3 not in built.fired(f"{before}: {'a' * length}x-")]
    assert not silent


def test_before_anything_is_built_nothing_is_ruled_out(tmp_path):
    prefilter = Prefilter(GATES, PrefilterCache(tmp_path))
    assert prefilter.fired("nothing") is None
    assert prefilter.wait(0) is False
    prefilter.close()


def test_a_second_start_takes_the_databases_from_the_cache(built, folder, monkeypatch):
    monkeypatch.setattr(Compiler, "_run", lambda *_: pytest.fail("compiled again"))
    again = Prefilter(GATES, PrefilterCache(folder))
    again.start()
    assert again.wait(60)
    assert again.fired("FOO12") == [0]


def test_a_cached_file_that_is_no_database_is_made_anew(built, folder, tmp_path, caplog):
    cache = PrefilterCache(tmp_path)
    for path in folder.iterdir():
        cache.store(path.name, b"no database")
    again = Prefilter(GATES, cache)
    again.start()
    assert again.wait(100)
    assert "made anew" in caplog.text
    assert again.fired("FOO12") == [0]


def test_of_processes_that_start_together_one_compiles(hyperscan, tmp_path):
    run = (
        "import sys; from pathlib import Path; from detectors.text.compiler import Compiler\n"
        "from detectors.text.gates import Gate; from detectors.text.prefilter import Prefilter\n"
        "from detectors.text.prefilter_cache import PrefilterCache\n"
        "made, run = [], Compiler._run\n"
        "Compiler._run = lambda self, job: made.append(job['task']) or run(self, job)\n"
        "one = Prefilter([Gate('foo[0-9]')], PrefilterCache(Path(sys.argv[1])))\n"
        "one.start(); assert one.wait(100) and one.fired('foo1') == [0]; print(len(made))"
    )
    command = [sys.executable, "-c", run, str(tmp_path / "cache")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    made = [int(process.communicate()[0]) for process in started]
    assert sum(made) == 3, made  # one of each: ASCII, other text, and where the engines differ


def test_a_process_that_waits_for_another_can_be_closed(hyperscan, tmp_path):
    cache = PrefilterCache(tmp_path / "cache")
    with cache.turn(lambda: False):
        prefilter = Prefilter(GATES, cache)
        prefilter.start()
        assert prefilter.wait(0.2) is False
        prefilter.close()


def test_without_a_cache_folder_it_is_built_all_the_same(hyperscan):
    prefilter = Prefilter(GATES[:1], None)
    prefilter.start()
    assert prefilter.wait(100)
    assert prefilter.fired("foo1") == [0]


def test_closing_stops_the_compiler_and_leaves_the_plain_loop(hyperscan, tmp_path, caplog):
    prefilter = Prefilter(GATES, PrefilterCache(tmp_path))
    prefilter.start()
    prefilter.close()
    assert prefilter.wait(0) is False
    assert prefilter.fired("FOO12 \u00e9") is None
    assert "not built" not in caplog.text  # it was no fault


def test_a_gate_that_does_not_compile_fires_on_every_text_and_the_others_as_before(built, folder):
    prefilter = Prefilter([Gate("("), Gate(r"x*"), GATES[0]], PrefilterCache(folder))
    prefilter.start()
    assert prefilter.wait(100)
    assert [sorted(prefilter.fired(text) or []) for text in ("a", "\u00e9", "foo1")] == [[0, 1], [0, 1], [0, 1, 2]]
    prefilter.close()


def test_a_compiler_that_fails_leaves_the_plain_loop(hyperscan, caplog, monkeypatch):
    monkeypatch.setattr("detectors.text.compiler._RUN", "raise SystemExit(1) # {root}")
    prefilter = Prefilter(GATES, None)
    prefilter.start()
    assert prefilter.wait(60) is False
    assert prefilter.fired("foo1") is None
    assert "exit status 1" in caplog.text


def test_a_stopped_compiler_takes_no_further_job():
    compiler = Compiler()
    compiler.stop()
    with pytest.raises(CompilerFailed):
        compiler.database(GATES, unicode=False)


def test_threads_scan_at_the_same_time(built):
    results: list[list[int] | None] = []
    text = "filler " * 2_000 + "foo1 \u00e9 abc-12"

    def scan():
        results.extend(sorted(built.fired(text) or []) for _ in range(50))

    threads = [threading.Thread(target=scan) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [[0, 1]] * 200


def test_bytes_that_are_no_database_are_refused(hyperscan):
    with pytest.raises(ValueError, match="not a database"):
        Database(b"nonsense" * 20)


@pytest.mark.parametrize(
    ("pattern", "expression"),
    [(r"a{2,5}", r"a{2,5}"), (r"a{2,500}b", r"a{2,}b"), (r"key=\Kv+", r"key=v+")],
    ids=["short counts stay", "long counts have no end", "where the hit starts doesn't matter"],
)
def test_a_gate_matches_at_least_where_its_pattern_does(pattern, expression):
    assert gate_of(pattern, 0) == Gate(expression, caseless=False)
