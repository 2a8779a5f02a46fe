"""Explanations of any values whatever: findings or none, and never an error of our own."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from compare.explain.from_values import explain
from compare.explain.hypothesis import Observed

SHAPES = st.sampled_from([(), (1,), (2,), (3,), (7,), (2, 2), (3, 2), (1, 4), (2, 2, 2)])
VALUES = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(
    [0.0, -0.0, 1.0, 1e308, -1e308, 5e-324, 2.0**31, 2.0**53, 0.1]
)
INPUTS = st.dictionaries(
    st.sampled_from(["x", "y", "p", "n", "text", "parts"]),
    st.one_of(
        arrays.arrays(np.float64, st.integers(0, 8), elements=VALUES),
        arrays.arrays(np.int64, st.integers(0, 8)),
        arrays.arrays(np.float64, st.integers(1, 5), elements=st.floats(0, 1)),
        VALUES,
        st.integers(-5, 5),
        st.text(max_size=3),
        st.lists(VALUES, max_size=3),
    ),
    max_size=3,
)


@settings(max_examples=100, deadline=None)
@given(st.data(), SHAPES, INPUTS)
def test_any_values_are_explained_or_not(
    data: Any, shape: tuple[int, ...], inputs: dict[str, Any]
) -> None:
    python, r = (data.draw(arrays.arrays(np.float64, shape, elements=VALUES)) for _ in range(2))
    size = np.maximum(np.abs(python), np.abs(r)).ravel()
    allowed = 4 * np.spacing(np.minimum(size, 1e308)) * data.draw(st.sampled_from([1.0, 1e6]))
    n = max(python.size, 1)
    observed = Observed(python.ravel(), r.ravel(), allowed, shape, range(n), n, (2, 3, 100), inputs)
    for finding in explain(observed):
        assert finding.bits >= 10
        assert finding.fits > 0
        assert finding.fits + len(finding.exceptions) == finding.total == n
