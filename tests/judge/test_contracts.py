from typing import Any

import numpy as np
import pytest

from compare.case.contract import Contract
from compare.judge.changes import Side
from compare.judge.contracts import Applied, UnfittingError, applied
from compare.run.leaf import NA
from tests.judge.leaves import kept, side, text_side


def under(python: Side, r: Side, shape: tuple[int, ...] = (), **contract: Any) -> Applied:
    n = len(python.values)
    return applied(python, r, shape or (n,), Contract.model_validate(contract))


def test_without_a_contract_both_sides_stay() -> None:
    python, r = side(1.0), side(2.0)
    done = under(python, r)
    assert done.python is python
    assert done.r is r
    assert done.notes == []


def test_positions_are_counted_alike() -> None:
    base = {"python": 0, "r": 1}
    done = under(side(0.0, 2.0), side(1.0, None), index_base=base)
    assert done.python.values.tolist() == [0, 2]
    assert done.r.values[0] == 0
    assert done.r.missing.tolist() == [0, NA]
    assert done.declared == ["positions counted alike, as declared"]
    other = under(side(5.0), side(2.0), index_base={"python": 3, "r": 1})
    assert other.r.values.tolist() == [4]


def test_a_code_for_none_is_a_missing_value() -> None:
    base = {"python": 0, "r": 1, "missing": {"python": -1}}
    done = under(side(-1.0, 2.0), side(None, 3.0), index_base=base)
    assert done.python.missing.tolist() == [NA, 0]
    assert done.r.missing.tolist() == [NA, 0]
    base = {"python": 0, "r": 1, "missing": {"r": 0}}
    done = under(side(None, 2.0), side(0.0, 3.0), index_base=base)
    assert done.r.missing.tolist() == [NA, 0]
    assert done.python.missing.tolist() == [NA, 0]
    assert done.python.missing.dtype == np.uint8


def test_a_known_difference_is_made_in_python() -> None:
    reason = {"reason": "R counts sigma"}
    done = under(
        side(1.0, 2.0, spread=0.5), side(0.0, 0.0), known_difference={"offset": 2, **reason}
    )
    assert done.python.values.tolist() == [3, 4]
    assert done.python.spread.tolist() == [0.5, 0.5]
    assert done.declared == ["known difference: R counts sigma"]
    factor = {"factor": -2, **reason}
    done = under(side(1.0, spread=0.5), side(0.0), known_difference=factor)
    assert done.python.values.tolist() == [-2]
    assert done.python.spread.tolist() == [1.0]
    each = {"offset": [1, 2], "factor": [2, 3], **reason}
    done = under(side(1.0, 2.0), side(0.0, 0.0), known_difference=each)
    assert done.python.values.tolist() == [3, 8]


@pytest.mark.parametrize("key", ["offset", "factor"])
def test_a_known_difference_has_a_number_for_each_value(key: str) -> None:
    known = {key: [1.0, 2.0, 3.0], "reason": "three of them"}
    with pytest.raises(UnfittingError) as caught:
        under(side(1.0, 2.0), side(1.0, 2.0), known_difference=known)
    assert str(caught.value) == f"known_difference.{key} has 3 numbers, the output 2 values"


def test_what_is_for_numbers_is_no_problem_of_texts() -> None:
    words, numbers = text_side("a"), side(1.0)
    known = {"offset": 1, "reason": "one more"}
    base = {"python": 0, "r": 1}
    for pair in ((words, words), (words, numbers), (numbers, words)):
        for contract, problem in (
            ({"known_difference": known}, "known_difference is for numbers"),
            ({"index_base": base}, "index_base is for numbers"),
            ({"compare": "up to sign of columns"}, "columns of texts have no sign"),
        ):
            with pytest.raises(UnfittingError) as caught:
                under(*pair, **contract)
            assert str(caught.value) == problem


def test_columns_take_the_sign_that_brings_them_near() -> None:
    python = side(1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
    r = side(-1.0, 2.0, -3.1, 3.9, -5.0, 6.0)
    done = under(python, r, (3, 2), compare="up to sign of columns")
    assert done.r.values.tolist() == [1.0, 2.0, 3.1, 3.9, 5.0, 6.0]
    assert done.python is python
    assert done.notes == ["sign of column 1 turned"]
    done = under(
        python, side(-1.0, -2.0, -3.0, -4.0, -5.0, -6.0), (3, 2), compare="up to sign of columns"
    )
    assert done.notes == ["sign of column 1, 2 turned"]


def test_a_vector_is_one_column() -> None:
    done = under(side(1.0, -2.0), side(-1.0, 2.0), compare="up to sign of columns")
    assert done.r.values.tolist() == [1.0, -2.0]
    assert done.notes == ["sign turned"]
    same = under(side(1.0, -2.0), side(1.0, -2.0), compare="up to sign of columns")
    assert same.notes == []
    assert same.r.values.tolist() == [1.0, -2.0]
    zero = under(side(0.0), side(0.0), compare="up to sign of columns")
    assert zero.notes == []
    gone = under(side(np.nan, -2.0), side(np.nan, 2.0), compare="up to sign of columns")
    assert gone.r.values[1] == -2.0


def test_a_sign_is_not_turned_where_that_brings_nothing_nearer() -> None:
    done = under(side(1.0, 1.0), side(-1.0, 1.0), compare="up to sign of columns")
    assert done.r.values.tolist() == [-1.0, 1.0]


def test_up_to_order_sorts_both_sides() -> None:
    python, r = side(3.0, None, 1.0, spread=[1, 2, 3]), side(1.0, 3.0, None, spread=[4, 5, 6])
    done = under(python, r, compare="up to order")
    assert done.python.values[:2].tolist() == [1, 3]
    assert done.r.values[:2].tolist() == [1, 3]
    assert done.python.missing.tolist() == done.r.missing.tolist() == [0, 0, NA]
    assert done.python.spread.tolist() == [3, 1, 2]
    assert done.r.spread.tolist() == [4, 5, 6]
    assert done.declared == ["compared up to order"]


def test_up_to_order_of_texts() -> None:
    done = under(text_side("b", None, "a"), text_side("a", "b", None), compare="up to order")
    assert done.python.values.tolist() == done.r.values.tolist() == ["a", "b", None]


def test_up_to_order_of_a_matrix_keeps_its_rows() -> None:
    python, r = side(2.0, 1.0, 1.0, 9.0), side(1.0, 9.0, 2.0, 1.0)
    done = under(python, r, (2, 2), compare="up to order")
    assert done.python.values.tolist() == done.r.values.tolist() == [1, 9, 2, 1]
    mixed = under(side(1.0, 2.0, 3.0, 4.0), side(1.0, 4.0, 3.0, 2.0), (2, 2), compare="up to order")
    assert mixed.python.values.tolist() != mixed.r.values.tolist()
    ties = under(side(1.0, 5.0, 1.0, 4.0), side(1.0, 4.0, 1.0, 5.0), (2, 2), compare="up to order")
    assert ties.python.values.tolist() == ties.r.values.tolist() == [1, 4, 1, 5]


def test_as_partition_compares_groups_not_their_labels() -> None:
    done = under(side(5.0, 5.0, 2.0, None), side(1.0, 1.0, 3.0, None), compare="as partition")
    assert done.python.values[:3].tolist() == done.r.values[:3].tolist() == [1, 1, 2]
    assert np.isnan(done.python.values[3])
    assert done.declared == ["compared as partition: groups, not their labels"]
    split = under(side(0.0, 0.0, 1.0), side(1.0, 2.0, 2.0), compare="as partition")
    assert split.python.values.tolist() == [1, 1, 2]
    assert split.r.values.tolist() == [1, 2, 2]
    words = under(text_side("u", "v", "u"), side(2.0, 1.0, 2.0), compare="as partition")
    assert words.python.values.tolist() == words.r.values.tolist() == [1, 2, 1]
    moving = under(side(0.0, 1.0, spread=3.0), side(1.0, 2.0), compare="as partition")
    assert moving.python.spread.tolist() == [0, 0]
    assert kept(moving.python) == [1, 2]


def test_the_columns_of_an_array_are_those_of_its_last_axis() -> None:
    values = np.arange(1.0, 25.0)
    signs = np.tile([1.0, -1.0, 1.0, 1.0], 6)
    done = under(side(*values), side(*(values * signs)), (2, 3, 4), compare="up to sign of columns")
    assert done.r.values.tolist() == values.tolist()
    assert done.notes == ["sign of column 2 turned"]


def test_a_column_is_turned_by_its_own_values_whatever_the_others_are() -> None:
    done = under(
        side(100.0, 1.0, 100.0, 1.0),
        side(-100.0, 1.0, -100.0, 1.0),
        (2, 2),
        compare="up to sign of columns",
    )
    assert done.r.values.tolist() == [100.0, 1.0, 100.0, 1.0]
    assert done.notes == ["sign of column 1 turned"]


def test_columns_of_infinite_and_of_very_large_values_have_a_sign_too() -> None:
    largest = float(np.finfo(float).max)
    for value in (np.inf, largest):
        done = under(side(value), side(-value), compare="up to sign of columns")
        assert abs(done.r.values[0]) == value


def test_a_known_offset_of_whole_numbers_is_one_of_doubles() -> None:
    known = {"offset": [1, 2], "reason": "as it is"}
    done = under(side(0.5, 0.5), side(0.0, 0.0), known_difference=known)
    assert done.python.values.tolist() == [1.5, 2.5]


def test_up_to_order_is_that_of_numbers_not_of_their_texts() -> None:
    done = under(side(10.0, 9.0, 1e-5), side(1e-5, 10.0, 9.0), compare="up to order")
    assert done.python.values.tolist() == done.r.values.tolist() == [1e-5, 9.0, 10.0]


def test_the_sign_of_a_complex_column_is_one_for_both_parts() -> None:
    real, imaginary, conjugate = side(0.5, 2.0), side(3.0, -1.0), side(-3.0, 1.0)
    compare = Contract.model_validate({"compare": "up to sign of columns"})
    alone = applied(imaginary, conjugate, (2, 1), compare)
    assert alone.r.values.tolist() == [3.0, -1.0]
    beside = applied(imaginary, conjugate, (2, 1), compare, (side(9.0, 9.0), side(9.0, 9.0)))
    assert beside.r.values.tolist() == [-3.0, 1.0]
    turned = applied(imaginary, conjugate, (2, 1), compare, (real, side(-0.5, -2.0)))
    assert turned.r.values.tolist() == [3.0, -1.0]
    assert turned.notes == ["sign turned"]


def test_missing_values_come_after_infinite_ones() -> None:
    order: dict[str, Any] = {"compare": "up to order"}
    done = under(side(1.0, np.inf, None), side(None, np.inf, 1.0), **order)
    assert done.python.missing.tolist() == done.r.missing.tolist() == [0, 0, NA]
    assert done.python.values[:2].tolist() == done.r.values[:2].tolist() == [1.0, np.inf]
    rows = under(
        side(1.0, np.inf, 1.0, None, 0.5, 7.0),
        side(1.0, None, 0.5, 7.0, 1.0, np.inf),
        (3, 2),
        **order,
    )
    assert rows.r.missing.tolist() == rows.python.missing.tolist() == [0, 0, 0, 0, 0, NA]
    assert rows.python.values[:5].tolist() == rows.r.values[:5].tolist() == [0.5, 7, 1, np.inf, 1]
    texts = under(text_side(None, "b", ""), text_side("b", None, ""), **order)
    assert texts.python.values.tolist() == texts.r.values.tolist() == ["", "b", None]
