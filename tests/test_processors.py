"""The same bytes on every processor: noise far above that of any machine changes nothing that is stored or compared."""

import ast
import json
import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuhan.evidence import facts, rounding
from wuhan.evidence.bounds import canonical, exponent
from wuhan.evidence.facts import Fact
from wuhan.execution import results
from wuhan.execution.project import ROOT

NOTEBOOKS = ("12_city_ranking", "13_covid_shock", "31_ai_peers")  # that fit, solve or sum
NOISE = 1e-12


def fact(value, low, high):
    return Fact(value, low, high, "percent", "2024", "actual", ("source",))


@pytest.fixture(scope="module")
def shaken(tmp_path_factory):
    """What becomes of each notebook under noise; all at once, since each takes ten seconds and more of a processor."""
    environment = os.environ | {"IPYTHONDIR": str(tmp_path_factory.mktemp("ipython")), "PYTHONHASHSEED": "0"}
    command = [sys.executable, ROOT / "tests/noise.py", "1"]
    runs = {
        name: subprocess.Popen([*command, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        for name in NOTEBOOKS
    }
    return {name: (run.communicate(), run.returncode) for name, run in runs.items()}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_noise_of_one_part_in_a_million_million_changes_no_byte(name, shaken):
    """Facts, sentences, tables and pictures."""
    (out, err), code = shaken[name]
    assert code == 0, err.decode()[-2000:]
    told = json.loads(out)[name]
    assert told["noisy"] > 100, "no noise was made: the test would prove nothing"
    assert told["differ"] == []


def sources():
    """The modules of the package and the code cells of the notebooks, by name."""
    for path in sorted((ROOT / "wuhan").rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for number, cell in enumerate(results.code_cells(results.load(path)), 1):
            yield f"{path.name}: cell {number}", results.text(cell["source"])


def unstable(source):
    """The calls that leave the order of equal rows to the processor; several keys are always sorted stably."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("sort_values", "sort_index", "argsort"):
            kinds = [keyword.value for keyword in node.keywords if keyword.arg == "kind"]
            keys = node.args[0] if node.args else None
            stable = kinds and isinstance(kinds[0], ast.Constant) and kinds[0].value == "stable"
            if not stable and not (isinstance(keys, ast.List) and len(keys.elts) > 1):
                yield ast.unparse(node)


def test_equal_rows_keep_their_order_on_every_processor():
    """numpy sorts with the vectors that a processor has: without AVX2 equal amounts were drawn in another order."""
    assert list(unstable("a.sort_values('x'); a.sort_values(['x', 'y']); a.sort_index(kind='stable')")) == [
        "a.sort_values('x')"
    ]
    assert [(name, call) for name, source in sources() for call in unstable(source)] == []


@given(st.decimals(-(10**6), 10**6, places=4).filter(lambda number: len(number.normalize().as_tuple().digits) <= 7))
def test_a_decimal_is_itself_again(number):
    for factor in (1 - NOISE, 1, 1 + NOISE):
        assert canonical(float(number) * factor) == float(number)


@given(st.integers(1, 10**6), st.integers(-6, 2))
def test_a_value_between_two_steps_falls_to_the_same_one_however_it_was_summed(whole, power):
    """The middle of two steps of the last digit that is kept, as a sum of decimals may be."""
    tie = float(Decimal(10 * (whole + 10**6) + 5).scaleb(power - 7))
    assert len({canonical(tie * (1 + sign * NOISE)) for sign in (-1, 0, 1)}) == 1


@given(st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3).map(sorted))
def test_rounding_keeps_the_order(numbers):
    low, value, high = map(canonical, numbers)
    assert low <= value <= high
    assert canonical(value) == value


def test_exact_results_and_open_ends_stay():
    assert canonical(Fraction(1, 3)) == 1 / 3
    assert canonical(123456789012) == 123456789012.0
    assert canonical(float("inf")) == float("inf")
    assert str(canonical(-1e-17)) == "0.0"


def test_the_first_digit_is_that_of_the_decimal():
    """The logarithm of 0.3 - 0.2 has its integer part below that of 0.1."""
    assert [exponent(number) for number in (0.1, 1000.0, 999.9, 0.00012, -0.3, 0.0)] == [-1, 3, 2, -4, -1, 0]
    low, high = rounding.ends(fact(0.5, 0.29, 0.8))  # 0.29 / 0.01 is 28.999999999999996 in floats
    assert (low.value, high.value) == (0.29, 0.8)


@pytest.mark.parametrize("factor", [1 - NOISE, 1, 1 + NOISE])
def test_a_method_gives_the_same_fact_whatever_its_last_digits(factor):
    given_facts = [fact(1.0, 0.9, 1.1)]
    found = facts.computed([end * factor for end in (2.5, 0.125, 1e6 / 7 + 3)], "percent", "fit", given_facts)
    assert (found.value, found.low, found.high) == (2.5, 0.125, 142860.1)
