"""What may be tried in a Python function, and the function with that changed."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.run.probe import LISTED, Answer, probe
from compare.run.trial import INPUTS, Trial
from tests.run.calls import call_of, in_python, plain

X = np.array([1.0, 2.0, 4.0])


def listed(folder: Path, code: str, **inputs: Any) -> list[Trial]:
    answer = in_python(folder / "code", code, how=LISTED, **(inputs or {"x": X}))
    assert answer.error == ""
    return list(answer.trials)


def trials(folder: Path, code: str, **inputs: Any) -> list[Trial]:
    """What may be tried in calls."""
    return [trial for trial in listed(folder, code, **inputs) if trial.site != INPUTS]


def texts(folder: Path, code: str, computed: bool = False, **inputs: Any) -> list[str]:
    found = trials(folder, code, **inputs)
    return [f"{t.text} in {t.function}" for t in found if bool(t.computed) == computed]


def with_change(folder: Path, code: str, text: str, **inputs: Any) -> Answer:
    """What comes of the function with the first change that is written so."""
    call = call_of(folder / "code", "python", code, **(inputs or {"x": X}))
    told = probe(replace(call, how=LISTED)).trials
    change = next(trial for trial in told if trial.text == text)
    return probe(replace(call, changes=(change,)))


STD = "import numpy as np\ndef f(x):\n    return np.std(x)\n"


def test_a_call_of_a_library_has_other_values_of_its_arguments(tmp_path: Path) -> None:
    found = trials(tmp_path, STD)
    (one, two) = [t for t in found if t.argument == "ddof"]
    assert (one.text, two.text, one.where) == ("ddof=1", "ddof=2", "np.std() (m0.py, line 3)")
    assert plain(with_change(tmp_path, STD, "ddof=1").leaves["value"]) == np.std(X, ddof=1)


def test_a_method_of_what_a_call_gave_is_seen(tmp_path: Path) -> None:
    code = (
        "import numpy as np\n"
        "def f(x):\n    y = np.asarray(x)\n    return (y - y.mean()) / y.std()\n"
    )
    assert "ddof=1 in y.std" in texts(tmp_path, code)
    changed = with_change(tmp_path, code, "ddof=1")
    assert plain(changed.leaves["value"]) == pytest.approx((X - X.mean()) / X.std(ddof=1))


def test_words_come_from_the_documentation(tmp_path: Path) -> None:
    code = (
        "from scipy.interpolate import CubicSpline\n"
        "from scipy.cluster.hierarchy import linkage\n"
        "import numpy as np\n"
        "def f(x):\n"
        "    linkage(np.outer(x, x))\n"
        "    return CubicSpline(np.arange(3.0), x)(0.5), np.quantile(x, 0.3)\n"
    )
    found = texts(tmp_path, code)
    assert "bc_type='natural' in CubicSpline" in found
    assert "method='complete' in linkage" in found
    assert "method='weibull' in np.quantile" in found


def test_what_a_call_gives_itself_is_not_tried_again_and_its_default_is(tmp_path: Path) -> None:
    found = texts(tmp_path, STD.replace("np.std(x)", "np.std(x, ddof=1)"))
    assert [text for text in found if "ddof" in text] == ["ddof=0 in np.std", "ddof=2 in np.std"]


def test_helpers_of_the_file_are_looked_into_and_not_changed_themselves(tmp_path: Path) -> None:
    code = (
        "import numpy as np\n"
        "def spread(x, twice=False):\n    return np.std(x) * (2 if twice else 1)\n"
        "def unused(x):\n    return np.var(x)\n"
        "def f(x):\n    return spread(x)\n"
    )
    assert {text.partition(" in ")[2] for text in texts(tmp_path, code)} == {"np.std"}
    assert plain(with_change(tmp_path, code, "ddof=1").leaves["value"]) == np.std(X, ddof=1)


def test_numbers_by_position_are_computed_with(tmp_path: Path) -> None:
    code = "from scipy import stats\ndef f(x):\n    return stats.gamma.cdf(x, 2.0, 0, 4.0)\n"
    found = texts(tmp_path, code, computed=True)
    assert "1 / 4.0 in place of 4.0 in stats.gamma.cdf" in found
    assert "2.0 before x in stats.gamma.cdf" in found
    changed = with_change(tmp_path, code, "1 / 4.0 in place of 4.0")
    from scipy import stats

    expected = stats.gamma.cdf(X, 2.0, 0, 0.25)
    assert plain(changed.leaves["value"]) == pytest.approx(expected)


def test_conversions_and_starred_arguments_are_not_computed_with(tmp_path: Path) -> None:
    code = (
        "import numpy as np\n"
        "def f(x):\n    return float(np.asarray(x)[0]) + np.maximum(*[x, x]).sum()\n"
    )
    assert texts(tmp_path, code, computed=True) == []


def test_calls_that_need_their_frame_are_left_alone(tmp_path: Path) -> None:
    code = (
        "class A:\n    def __init__(self): self.y = 2.0\n"
        "class B(A):\n    def __init__(self):\n        super().__init__()\n"
        "def f(x):\n    y = B().y\n    return y + len(locals()) + eval('y')\n"
    )
    assert trials(tmp_path, code) == []


def test_a_function_of_a_package_is_changed_itself(tmp_path: Path) -> None:
    call = replace(call_of(tmp_path / "c", "python", "", x=X), reference="numpy:std")
    told = probe(replace(call, how=LISTED)).trials
    (change,) = [t for t in told if t.text == "ddof=1"]
    assert change.where == "numpy.std()"
    answer = probe(replace(call, changes=(change,)))
    assert plain(answer.leaves["value"]) == np.std(X, ddof=1)


def test_what_the_function_is_given_is_computed_with(tmp_path: Path) -> None:
    code = "import math\ndef f(x, a, b, mode):\n    return math.sin(a) * math.cos(b) * x.sum()\n"
    inputs = {"x": X, "a": 30.0, "b": 60.0, "mode": "so"}
    found = [t for t in listed(tmp_path, code, **inputs) if t.site == INPUTS]
    assert {t.argument for t in found} == {"x", "a", "b", "x,a,b"}
    assert {t.where for t in found} == {"f() (m0.py)"}
    one = with_change(tmp_path, code, "a / 2 in place of a", **inputs).leaves["value"]
    assert plain(one) == pytest.approx(math.sin(15.0) * math.cos(60.0) * 7)
    text = "np.radians(x) in place of each number x"
    whole = with_change(tmp_path, code, text, **inputs).leaves["value"]
    in_radians = math.sin(math.pi / 6) * math.cos(math.pi / 3) * math.radians(7)
    assert plain(whole) == pytest.approx(in_radians)


def test_what_cannot_be_computed_is_an_error_of_the_call(tmp_path: Path) -> None:
    code = "def f(x, n):\n    return x.sum() + n\n"
    answer = with_change(tmp_path, code, "1 / n in place of n", x=X, n=0)
    assert "ZeroDivisionError" in answer.error


def test_what_a_function_of_a_package_is_given_is_computed_with(tmp_path: Path) -> None:
    call = replace(call_of(tmp_path / "c", "python", "", a=X, q=0.3), reference="numpy:percentile")
    told = probe(replace(call, how=LISTED)).trials
    (change,) = [t for t in told if t.text == "100 * q in place of q"]
    assert change.where == "numpy.percentile()"
    answer = probe(replace(call, changes=(change,)))
    assert plain(answer.leaves["value"]) == np.percentile(X, 30)


def test_several_changes_are_made_together(tmp_path: Path) -> None:
    code = "import numpy as np\ndef f(x):\n    return np.std(x) + np.quantile(x, 0.3)\n"
    call = call_of(tmp_path / "c", "python", code, x=X)
    told = probe(replace(call, how=LISTED)).trials
    both = tuple(t for t in told if t.text in ("ddof=1", "method='weibull'"))
    answer = probe(replace(call, changes=both))
    expected = np.std(X, ddof=1) + np.quantile(X, 0.3, method="weibull")
    assert plain(answer.leaves["value"]) == expected


def test_a_change_that_the_library_refuses_is_an_error_of_the_call(tmp_path: Path) -> None:
    assert "AxisError" in with_change(tmp_path, STD, "axis=1").error
