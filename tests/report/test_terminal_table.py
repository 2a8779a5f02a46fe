import io

import pandas as pd
import pytest
from rich.console import Console

from compare.report.terminal_table import MOST_RECORDS, print_table

LONG = "0.59729369896868356"


def printed(frame: pd.DataFrame, width: int) -> str:
    text = io.StringIO()
    print_table(Console(file=text, width=width), frame)
    return text.getvalue()


def table(n: int) -> pd.DataFrame:
    return pd.DataFrame({"where it is": [f"layer_2[{i},0]" for i in range(n)], "value": [LONG] * n})


def test_what_fits_is_a_table() -> None:
    lines = printed(table(2), 80).splitlines()
    assert [line.split() for line in lines[1:]] == [["layer_2[0,0]", LONG], ["layer_2[1,0]", LONG]]


@pytest.mark.parametrize("n", [1, MOST_RECORDS, MOST_RECORDS + 1, 40])
@pytest.mark.parametrize("width", [10, 20, 30])
def test_nothing_is_cut_off_in_a_narrow_terminal(n: int, width: int) -> None:
    text = printed(table(n), width)
    assert text.count(LONG) == n
    assert "…" not in text
    assert text.count("value") == (n if n <= MOST_RECORDS else 1)


def test_numbers_have_six_digits_and_unknown_ones_none() -> None:
    frame = pd.DataFrame({"x": [1 / 3, float("nan")]})
    assert printed(frame, 80).split() == ["x", "0.333333"]
