from typing import Any

import pytest
from pydantic import ValidationError

from compare.case.contract import Contract, Published
from compare.case.schema import problems


def test_what_is_declared_is_said_with_its_reason() -> None:
    contract = Contract.model_validate(
        {
            "compare": "up to order",
            "tolerance": {"relative": 1e-6, "absolute": 1e-9, "reason": "both stop at 1e-8"},
            "known_difference": {"offset": [1, 2.5], "factor": 2, "reason": "R counts sigma"},
            "index_base": {"python": 0, "r": 1},
            "digits": 3,
            "undetermined": "a random start",
            "reason": "labels are free",
        }
    )
    assert contract.described() == [
        "compared up to order (labels are free)",
        "declared tolerance 1e-06 relative, 1e-09 absolute (both stop at 1e-8)",
        "known difference: R = Python x 2 + (1, 2.5) (R counts sigma)",
        "positions from 0 in Python, 1 in R",
        "3 determined digits are enough (labels are free)",
        "may be undetermined (a random start)",
    ]


def test_what_is_not_declared_is_not_said() -> None:
    assert Contract().described() == []
    assert Contract(compare="exact").described() == ["compared exact"]
    known = {"known_difference": {"offset": 2.0, "reason": "why"}}
    assert Contract.model_validate(known).described() == ["known difference: R = Python + 2 (why)"]


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        ({"tolerance": {"reason": "why"}}, "tolerance: needs relative or absolute"),
        ({"tolerance": {"relative": 1e-6}}, "tolerance.reason: Field required"),
        ({"tolerance": {"relative": 0.0, "reason": "why"}}, "tolerance.relative: Input should be"),
        ({"known_difference": {"reason": "why"}}, "known_difference: needs offset or factor"),
        ({"known_difference": {"offset": 1}}, "known_difference.reason: Field required"),
        ({"digits": 3}, "digits: needs a reason beside it"),
        ({"digits": 16, "reason": "why"}, "digits: Input should be less than or equal to 15"),
        ({"undetermined": True}, "undetermined: Input should be a valid string"),
        ({"compare": "loosely"}, "compare: Input should be 'up to sign of columns'"),
        (
            {"compare": "exact", "tolerance": {"relative": 1e-6, "reason": "why"}},
            "tolerance: has no meaning where compare is 'exact'",
        ),
        ({"index_base": {"python": 0}}, "index_base.r: Field required"),
        ({"index_base": {"python": 0, "r": 1, "missing": {"c": 1}}}, "index_base.missing.c"),
        ({"wrong": 1}, "wrong: Extra inputs are not permitted"),
    ],
)
def test_a_contract_that_says_too_little_is_refused(declared: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Contract.model_validate(declared)
    assert problems(raised.value).startswith(reason)


@pytest.mark.parametrize("text", ["1.50", "-3", "2.", "1e-5", "6.02E+23"])
def test_printed_numbers_are_decimal(text: str) -> None:
    assert Published(values=[text]).values == [text]


@pytest.mark.parametrize("text", ["", "1,5", "0x1p3", "nan", "1e999", "1e", "--1", ".5"])
def test_other_texts_are_no_printed_numbers(text: str) -> None:
    with pytest.raises(ValidationError, match=r"printed decimal number|largest double"):
        Published(values=[text])


def test_an_index_has_one_place_for_each_printed_number() -> None:
    assert Published(values=["1"], index=[3]).index == [3]
    with pytest.raises(ValidationError, match="index: needs one number for each value"):
        Published(values=["1", "2"], index=[3])
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        Published(values=["1"], index=[0])
