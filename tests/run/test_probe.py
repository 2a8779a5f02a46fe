from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.run.probe import GIGABYTE, MOST_SAID, MOVED, Call, can_move, moved, probe
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


def test_inputs_are_moved_by_one_unit_in_the_last_place_or_not() -> None:
    x = np.linspace(0.1, 1.9, 19)
    inputs: dict[str, Any] = {"x": x, "s": 0.3, "l": [[0.1], [0.7]], "t": {"a": np.array([0.1])}}
    all_moves = [moved(inputs, k) for k in range(1, len(MOVED) + 1)]
    for k, one in enumerate(all_moves, 1):
        direction = np.inf if k % 2 else -np.inf
        steps = one["x"] != x
        assert steps.any()
        np.testing.assert_array_equal(one["x"][steps], np.nextafter(x, direction)[steps])
    assert len({one["x"].tobytes() for one in all_moves}) == len(MOVED)
    assert {one["s"] for one in all_moves} == {
        0.3,
        np.nextafter(0.3, 1),
        np.nextafter(0.3, 0),
    }
    assert {tuple(map(tuple, one["l"])) for one in all_moves} != {((0.1,), (0.7,))}
    assert {float(one["t"]["a"][0]) for one in all_moves} != {0.1}
    assert inputs["x"] is x
    assert moved(inputs, 3)["x"].tolist() == all_moves[2]["x"].tolist()


@pytest.mark.parametrize(
    "value",
    [3, "text", True, np.array([1, 2]), 2.0, np.array([1.0, np.nan, np.inf]), [1, "a"], {"a": 1}],
)
def test_what_is_whole_or_no_number_is_never_moved(value: Any) -> None:
    assert not can_move({"x": value})
    for k in range(1, 5):
        np.testing.assert_array_equal(moved({"x": value}, k)["x"], value)


def test_neighbours_never_change_places() -> None:
    x = np.array([0.1, np.nextafter(0.1, 1)])
    assert can_move({"x": x})
    for k in range(1, len(MOVED) + 1):
        low, high = moved({"x": x}, k)["x"]
        assert low <= high


def test_memory_is_limited_in_the_child(tmp_path: Path) -> None:
    code = "import numpy as np\ndef f(n): return float(np.ones(int(n)).sum())\n"
    calls = [replace(call_of(tmp_path, "python", code, n=n), memory=3.0) for n in (10, GIGABYTE)]
    with Session(probe, 300) as session:
        small, large = map(session.do, calls)
    assert plain(small.leaves["value"]) == 10.0
    assert "MemoryError" in large.error
