"""Matrix product, sigmoid and mean, beside their formulas."""

from collections.abc import Iterator
from functools import cache

import numpy as np

from compare.judge.expected import Expected
from compare.numbers.measures import Float64s
from compare.verify.oracles import Subject
from oracles.exact import Known, exact, expected, known, outputs, sigmoid, total, uniform

SHAPES = [(4, 3, 2), (1, 5, 1), (5, 1, 4), (1, 1, 1), (9, 2, 2), (2, 9, 3), (1, 4, 6), (6, 4, 1)]
LARGE = [-1e4, -750, -710, -700, -40, -36, -5, -1e-20, 0, 1e-300, 0.5, 5, 36, 40, 700, 710, 1e4]


def check(subject: Subject) -> Iterator[Expected]:
    """Tall, wide, one row, one column; numbers of very different sizes; large arguments."""
    for i, (n, k, m) in enumerate(SHAPES):
        a, b = _matrix(2 * i, n, k), _matrix(2 * i + 1, k, m)
        found = {
            "matmul": subject.operate("matmul", a, b),
            "sigmoid": subject.operate("sigmoid", a),
            "mean": subject.operate("mean", a),
        }
        yield from expected(found, _operations(i))
    arguments = np.array([LARGE])
    found = {"sigmoid": subject.operate("sigmoid", arguments)}
    yield from expected(found, known(lambda: {"sigmoid": sigmoid(exact(arguments))}))


def _matrix(seed: int, n_rows: int, n_columns: int) -> Float64s:
    sizes = 10 ** uniform(seed, -3, 1, n_rows, n_columns)
    return sizes * uniform(seed + 100, -1, 1, n_rows, n_columns)


@cache
def _operations(i: int) -> Known:
    n, k, m = SHAPES[i]
    a, b = _matrix(2 * i, n, k), _matrix(2 * i + 1, k, m)
    return known(
        lambda: {
            "matmul": outputs(exact(a), exact(b)),
            "sigmoid": sigmoid(exact(a)),
            "mean": np.asarray(total(list(exact(a).flat)) / a.size, object),
        }
    )
