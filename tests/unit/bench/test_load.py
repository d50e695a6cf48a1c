import pytest

from tests.bench.fault import BenchError
from tests.bench.load import Sample, parse

LINE = 'RESULT {"requests":3000,"duration_us":2000000,"p50_us":640,"p99_us":2500,"failures":%d}\n'


def test_the_line_of_the_script_becomes_a_sample():
    assert parse("Running 2s test\n" + LINE % 4) == Sample(3000, 1500.0, 0.64, 2.5, 4)


@pytest.mark.parametrize(
    ("output", "says"),
    [("Running 2s test\n", "no results"), (LINE.replace("3000", "0") % 0, "not one answer")],
    ids=["no line", "no request"],
)
def test_a_run_without_figures_is_a_fault(output: str, says: str):
    with pytest.raises(BenchError, match=says):
        parse(output)
