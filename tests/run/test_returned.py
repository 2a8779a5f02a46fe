import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from compare.run.returned import ReturnedError, checked_result

GOOD = np.array([1.0, 2.0])


@pytest.mark.parametrize(
    ("returned", "reason"),
    [
        (None, "returned a value of type NoneType, not a dict"),
        ([GOOD], "returned a value of type list, not a dict"),
        ((("error", GOOD),), "returned a value of type tuple, not a dict"),
        ({"error": GOOD, "loss": GOOD}, "returned 'loss', which the case's quantities lack"),
        ({"error": GOOD, 1: GOOD}, "returned 1, which the case's quantities lack"),
        ({"a\nb": GOOD}, r"returned 'a\nb', which"),
        ({"error": np.ma.array(GOOD, mask=[True, False])}, "error is a value of type numpy.ma"),
        (
            {"error": GOOD.view(np.matrix)},
            "error is a value of type numpy.matrix, not a NumPy array",
        ),
        ({"error": pd.Series(GOOD)}, "error is a value of type pandas."),
        ({"error": [1.0, 2.0]}, "error is a value of type list, not a NumPy array"),
        ({"error": "1.0"}, "error is a value of type str, not a NumPy array"),
        ({"error": None}, "error is a value of type NoneType, not a NumPy array"),
        ({"error": GOOD.astype(object)}, "error is a value of type numpy.ndarray of object"),
        ({"error": np.array(["1"])}, "error is a value of type numpy.ndarray of <U1"),
        ({"error": np.zeros(2, [("a", "f8")])}, "error is a value of type numpy.ndarray of"),
        ({"error": np.array([1], "m8[s]")}, "error is a value of type numpy.ndarray of timedelta"),
        ({"error": np.str_("1")}, "error is a value of type numpy.str_ of <U1"),
        ({"error": 10**400}, "error is a value of type int of object"),
    ],
)
def test_what_is_no_set_of_named_numbers_is_refused_by_function_and_name(
    returned: Any, reason: str
) -> None:
    with pytest.raises(ReturnedError, match=f"^of.mine:train.*{re.escape(reason)}"):
        checked_result("of.mine:train", returned, ["error"])


@pytest.mark.parametrize(
    "value",
    [
        *(GOOD, 1.0, np.float64(1), np.array(1.0), True, 3),
        *(GOOD.astype(np.float32), GOOD.astype(np.longdouble), GOOD.astype(int), GOOD > 1),
    ],
)
def test_numbers_of_any_type_are_handed_on_as_they_are(value: Any) -> None:
    found = checked_result("of.mine:train", {"error": value}, ["error", "weights"])
    assert found["error"] is value
    assert list(found) == ["error"]
