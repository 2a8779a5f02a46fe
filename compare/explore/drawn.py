"""Inputs like those that a case gives, drawn by Hypothesis: same kinds, other sizes and values."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from ..case.bounds import Bounds

Inputs = dict[str, Any]
FREE = Bounds()
MOST_TIMES = 2  # as long as given
LEAST_LONGEST = 6
STEPS = 1000  # of a value on a short grid, ten times as far as the given ones go
SMALL = (0, 1, -1, 2, 3)
# at which whole numbers of 32 bits, their squares, or doubles end
LARGE = (46_341, 2**31 - 1, 2**31, -(2**31), 2**53 + 1)
WORDS = ("", "a", "B", "b", "\u00e9", "Z", "10", "9", "a b")


class Drawing:
    """How inputs are drawn.

    Attributes
    ----------
    large : bool
        Whether a whole number by itself may be large; not any more once a call did not end.
    """

    def __init__(self, given: Sequence[Inputs], bounds: Mapping[str, Bounds]) -> None:
        self._given, self._bounds = given, bounds
        self.large = True

    def inputs(self) -> st.SearchStrategy[Inputs]:
        """All inputs. Axes as long as each other stay so, but for the two of a square matrix.

        Inputs of one length are drawn together, value by value: a list of records is what
        Hypothesis makes shorter best.
        """

        @st.composite
        def drawn(draw: st.DrawFn) -> Inputs:
            found = {
                name: draw(self._alone(name, value))
                for name, value in self._given[0].items()
                if not self._is_drawn_by_row(name, value)
            }
            lengths: dict[int | str, int] = {}
            for n, names in self._by_length():
                rows = [self._rows(draw, name, lengths) for name in names]
                low, high = self._lengths(n, names)
                records = draw(st.lists(st.tuples(*rows), min_size=low, max_size=high))
                lengths[n] = len(records)
                for i, name in enumerate(names):
                    found[name] = self._assembled(name, [record[i] for record in records], lengths)
            return {name: found[name] for name in self._given[0]}

        return drawn()

    def _is_drawn_by_row(self, name: str, value: Any) -> bool:
        is_array = isinstance(value, np.ndarray) or _is_words(value)
        return is_array and not self._of(name).fixed

    def _of(self, name: str) -> Bounds:
        return self._bounds.get(name, FREE)

    def _by_length(self) -> list[tuple[int, list[str]]]:
        """Names of arrays by their length; those first whose length is another's columns."""
        groups: dict[int, list[str]] = {}
        columns: set[int] = set()
        for name, value in self._given[0].items():
            if self._is_drawn_by_row(name, value):
                groups.setdefault(len(value), []).append(name)
                columns.update(np.shape(value)[1:])
        return sorted(groups.items(), key=lambda group: group[0] not in columns)

    def _lengths(self, n: int, names: Sequence[str]) -> tuple[int, int]:
        for name in names:
            if (length := self._of(name).length) is not None:
                return length[0], length[1]
        has_columns = any(np.ndim(self._given[0][name]) > 1 for name in names)
        return int(has_columns), max(MOST_TIMES * n, LEAST_LONGEST)

    def _rows(self, draw: st.DrawFn, name: str, lengths: dict[int | str, int]) -> Any:
        """One value, or one row; of a few different ones half of the time, so that there are ties.

        How many columns a matrix has is kept in ``lengths``, by its name.
        """
        value, one = self._given[0][name], self._element(name)
        if draw(st.booleans()):
            one = st.sampled_from(draw(st.lists(one, min_size=1, max_size=3)))
        if np.ndim(value) < 2:
            return one
        n = np.shape(value)[1]
        columns = lengths.get(n)
        if columns is None:
            columns = draw(st.integers(1, max(MOST_TIMES * n, LEAST_LONGEST)))
        if n != len(value):
            lengths[n] = columns
        lengths[name] = columns
        size = columns * math.prod(np.shape(value)[2:])
        row: st.SearchStrategy[Any] = st.tuples(*[one] * size)
        if draw(st.booleans()):
            row = st.sampled_from(draw(st.lists(row, min_size=1, max_size=2)))
        return row

    def _assembled(self, name: str, rows: list[Any], lengths: dict[int | str, int]) -> Any:
        value = self._given[0][name]
        if isinstance(value, list):
            return rows
        if value.ndim < 2:
            return np.array(rows, value.dtype)
        shape = (len(rows), lengths[name], *value.shape[2:])
        return np.array(rows, value.dtype).reshape(shape)

    def _pool(self, name: str) -> list[Any]:
        return [given[name] for given in self._given if name in given]

    def _element(self, name: str) -> st.SearchStrategy[Any]:
        """One value of an array."""
        value, bounds, pool = self._given[0][name], self._of(name), self._pool(name)
        if isinstance(value, list):
            return st.sampled_from(sorted({word for each in pool for word in each} | set(WORDS)))
        flat = [one for each in pool for one in np.ravel(each).tolist()]
        if value.dtype.kind == "b":
            return st.booleans()
        if value.dtype.kind in "iu":
            return _whole(flat, bounds, LARGE)
        one = _real(flat, bounds)
        if bounds.missing or np.isnan(value).any():
            return st.one_of(one, one, one, st.just(math.nan))
        return one

    def _alone(self, name: str, value: Any) -> st.SearchStrategy[Any]:
        """A number by itself; what else there is stays one of those given."""
        pool, bounds = self._pool(name), self._of(name)
        if isinstance(value, bool) and not bounds.fixed:
            return st.booleans()
        if isinstance(value, int) and not bounds.fixed:
            return st.deferred(lambda: _whole(pool, bounds, LARGE if self.large else ()))
        if isinstance(value, float) and not bounds.fixed:
            return _real(pool, bounds)
        return st.just(value) if bounds.fixed else st.sampled_from(pool)


def _whole(given: Iterable[Any], bounds: Bounds, large: Sequence[int]) -> st.SearchStrategy[int]:
    known = [int(value) for value in given]
    furthest = max([10, *(2 * abs(value) for value in known)])
    low = -furthest if bounds.min is None else math.ceil(bounds.min)
    high = furthest if bounds.max is None else math.floor(bounds.max)
    picked = [value for value in (*SMALL, *known, *large) if bounds.within(value)]
    return st.one_of(st.integers(min(low, high), high), st.sampled_from(picked or [high]))


def _real(given: Iterable[Any], bounds: Bounds) -> st.SearchStrategy[float]:
    """On a short grid, with all digits, given ones, and halves."""
    known = [float(value) for value in given if math.isfinite(value)]
    size = max([abs(value) for value in known if value], default=1.0)
    unit = 10.0 ** math.floor(math.log10(size)) / 100
    low = -10 * size if bounds.min is None else float(bounds.min)
    high = 10 * size if bounds.max is None else float(bounds.max)
    picked = [*(value / 2 for value in range(-6, 7)), *known]
    kinds = [
        st.integers(-STEPS, STEPS).map(lambda k: k * unit),
        st.sampled_from(picked),
        st.floats(low, high, allow_nan=False).map(lambda value: round(value / size, 15) * size),
    ]
    return st.one_of(*kinds).map(lambda value: min(max(value, low), high))


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
