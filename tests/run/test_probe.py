from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.case.schema import PORTABLE
from compare.run.probe import (
    BALLS,
    GIGABYTE,
    MEMBERS,
    MOST_SAID,
    MOVED,
    NOISY,
    NOISY_AT_ONCE,
    PLAIN,
    Call,
    probe,
)
from compare.run.rounding import MODES
from compare.run.session import Session
from tests.run.calls import ANY_MEMORY, call_of, in_python, plain

SUM = "def f(x):\n    total = 0.0\n    for v in x:\n        total += v\n    return total\n"


def test_a_function_is_called_with_its_inputs_by_name(tmp_path: Path) -> None:
    answer = in_python(tmp_path, "def f(b, a): return {'d': a - b}\n", a=3.0, b=1.0)
    assert (answer.error, plain(answer.leaves["d"])) == ("", 2.0)


def test_a_packages_function_is_called(tmp_path: Path) -> None:
    call = Call("python", "numpy:std", tmp_path, {"x": np.array([1.0, 3.0])}, None, ANY_MEMORY)
    assert plain(probe(call).leaves["value"]) == 1.0


def test_what_is_printed_and_warned_is_kept_beside_the_result(tmp_path: Path) -> None:
    code = (
        "import os, warnings\n"
        "def f():\n"
        "    os.write(1, b'from python\\n')\n"
        "    os.system('echo from a child')\n"
        "    for _ in range(3): warnings.warn('careful')\n"
        "    return 1\n"
    )
    answer = in_python(tmp_path, code)
    assert plain(answer.leaves["value"]) == 1
    assert sorted(answer.printed.splitlines()) == ["from a child", "from python"]
    assert answer.warned == ("UserWarning: careful",)


def test_very_many_warnings_are_not_all_kept(tmp_path: Path) -> None:
    code = "import warnings\ndef f():\n    for i in range(99): warnings.warn(str(i))\n"
    assert len(in_python(tmp_path, code).warned) == MOST_SAID


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("def f():\n    x = 1\n    raise ValueError('bad')\n", "ValueError: bad (m0.py, line 3)"),
        ("def f(:\n", "SyntaxError: invalid syntax (m0.py, line 1)"),
        ("import nowhere\n", "ModuleNotFoundError: No module named 'nowhere' (m0.py, line 1)"),
        ("def g(): pass\n", "m0.py has no function f"),
        ("f = 3\n", "m0.py has something that is no function: f"),
        ("import sys\ndef f(): sys.exit(0)\n", "SystemExit: 0 (m0.py, line 2)"),
        ("def f(): return f()\n", "RecursionError: maximum recursion depth exceeded"),
        (
            "class A:\n    def __array__(self, *_): raise KeyError('k')\ndef f(): return A()\n",
            "its result cannot be read: KeyError: 'k'",
        ),
    ],
)
def test_an_error_is_the_languages_own_with_its_line(tmp_path: Path, code: str, error: str) -> None:
    answer = in_python(tmp_path, code)
    assert answer.error.startswith(error)
    assert answer.leaves == {}


def test_an_input_that_has_no_place_is_named(tmp_path: Path) -> None:
    answer = in_python(tmp_path, "def f(x): return x\n", x=1, y=2)
    assert answer.error == "the function takes no argument for y"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    answer = probe(Call("python", "none.py:f", tmp_path, {}, None, ANY_MEMORY))
    assert answer.error == "there is no file none.py beside the case"


def test_a_function_that_changes_its_input_is_told_and_changes_nothing_of_ours(
    tmp_path: Path,
) -> None:
    inputs: dict[str, Any] = {"x": np.array([1.0, 2.0]), "y": [1, 2], "z": 3}
    code = "def f(x, y, z):\n    x[0] = 9\n    y.append(3)\n    z += 1\n    return x\n"
    answer = in_python(tmp_path, code, **inputs)
    assert answer.changed == ("x", "y")
    assert inputs["x"].tolist() == [1.0, 2.0]
    assert inputs["y"] == [1, 2]


def test_a_seed_begins_both_of_pythons_streams_anew(tmp_path: Path) -> None:
    code = (
        "import random\nimport numpy as np\ndef f(): return [random.random(), np.random.random()]\n"
    )
    drawn = [plain(in_python(tmp_path, code, seed=s).leaves["value"]) for s in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert drawn[0][0] != drawn[2][0]
    assert drawn[0][1] != drawn[2][1]


def test_each_rounding_mode_changes_a_sum_and_is_given_back(tmp_path: Path) -> None:
    x = np.full(1000, 0.1)
    totals = {
        how: plain(in_python(tmp_path, SUM, how=how, x=x).leaves["value"])
        for how in ("plain", *MODES)
    }
    assert totals["downward"] < totals["plain"] < totals["upward"]
    assert totals["towards zero"] == totals["downward"]
    assert plain(in_python(tmp_path, SUM, x=x).leaves["value"]) == totals["plain"]


def test_memory_is_limited_in_the_child(tmp_path: Path) -> None:
    code = "import numpy as np\ndef f(n): return float(np.ones(int(n)).sum())\n"
    calls = [replace(call_of(tmp_path, "python", code, n=n), memory=3.0) for n in (10, GIGABYTE)]
    with Session(probe, 300) as session:
        small, large = map(session.do, calls)
    assert plain(small.leaves["value"]) == 10.0
    assert "MemoryError" in large.error


MEAN = "def f(x, arithmetic): return arithmetic.mean(x)\n"
PRODUCT = "def f(x, w, arithmetic): return arithmetic.matmul(x, w)\n"
SIXTH = np.array([[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]])


def with_arithmetic(folder: Path, code: str, how: str, *batches: str, **inputs: Any) -> Any:
    call = replace(call_of(folder, "python", code, how, **inputs), arithmetic=True, batches=batches)
    answer = probe(call)
    assert answer.error == ""
    return answer.leaves["value"].values


def test_a_function_gets_the_arithmetic_that_a_call_asks_for(tmp_path: Path) -> None:
    x = np.array([[1e16, 1.0, -1e16, 1.0]])
    assert with_arithmetic(tmp_path, MEAN, PORTABLE, x=x) == 0.25
    native = with_arithmetic(tmp_path, MEAN, PLAIN, x=x)
    assert native == x.mean()


def test_noisy_members_differ_and_each_comes_out_again(tmp_path: Path) -> None:
    inputs = {"x": SIXTH, "w": SIXTH.T}
    plain_value = with_arithmetic(tmp_path, PRODUCT, PLAIN, **inputs)
    members = [with_arithmetic(tmp_path, PRODUCT, how, **inputs).item() for how in NOISY]
    assert len(members) == MEMBERS
    assert len(set(members)) > 1
    assert np.abs(np.array(members) - plain_value).max() <= 2 * np.spacing(plain_value).max()
    again = with_arithmetic(tmp_path, PRODUCT, NOISY[4], **inputs)
    assert again.item() == members[4]


def test_noisy_members_at_once_are_a_leading_axis_of_the_inputs_named(tmp_path: Path) -> None:
    inputs = {"x": SIXTH, "w": SIXTH.T}
    found = with_arithmetic(tmp_path, PRODUCT, NOISY_AT_ONCE, "w", **inputs)
    assert found.shape == (MEMBERS, 1, 1)
    assert len(set(found.ravel())) > 1


def test_a_function_on_balls_returns_enclosures(tmp_path: Path) -> None:
    code = "import numpy as np\ndef f(x): return {'third': x / 3, 'lost': float('nan')}\n"
    answer = in_python(tmp_path, code, how=f"{BALLS} 320", x=np.array([0.5]))
    assert list(answer.leaves) == ["third"]
    assert str(answer.leaves["third"].values[0]).startswith("0.16666666666666666666666666666666666")


def test_a_function_that_balls_cannot_run_says_where(tmp_path: Path) -> None:
    code = "import math\ndef f(x):\n    return math.exp(x)\n"
    answer = in_python(tmp_path, code, how=f"{BALLS} 320", x=0.5)
    assert answer.error.endswith("line 3)")
    assert answer.leaves == {}


def test_r_gets_its_own_arithmetic(session: Session, tmp_path: Path) -> None:
    code = "f <- function(x, arithmetic) arithmetic$mean(x)\n"
    x = np.array([[1e16, 1.0, -1e16, 1.0]])
    call = replace(call_of(tmp_path / "code", "r", code, PORTABLE, x=x), arithmetic=True)
    assert plain(session.do(call).leaves["value"]) == [0.25]


def test_moved_inputs_reach_the_function(tmp_path: Path) -> None:
    code, x = "def f(x): return x\n", np.linspace(0.1, 0.9, 9)
    for how in MOVED:
        found = in_python(tmp_path, code, how=how, x=x).leaves["value"].values
        assert (found != x).any()
        assert np.abs(found - x).max() <= np.spacing(0.9)
