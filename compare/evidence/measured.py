"""Measurements of a case as they are stored: read again, and whether they can be trusted."""

from collections.abc import Callable
from decimal import ROUND_CEILING, Context, Decimal
from pathlib import Path
from typing import Generic, TypeVar

from ..case.case import Case
from .store import MissingEvidenceError, UnusableEvidenceError, read

Rows = TypeVar("Rows")
STORED_DIGITS = 3


def rounded_up(spread: float) -> str:
    """A spread as it is stored: in three digits, never less than it is."""
    up = Context(prec=STORED_DIGITS, rounding=ROUND_CEILING)
    return f"{up.create_decimal(Decimal(float(spread))):.2e}"


def renewal(case: Case) -> str:
    """What measures a case again."""
    return f"python -m compare measure {case.name}"


class Measured(Generic[Rows]):
    """A stored measurement of a case.

    Parameters
    ----------
    what : str
        What was measured, for messages.
    parse : str -> rows
        The rows of a file's body; raises ValueError or KeyError where they are not of this kind.

    Attributes
    ----------
    rows : what ``parse`` returns, or None
        None where nothing usable is stored; they may be stale.
    problem : str
        Why it cannot be trusted: not measured, damaged, or measured for other code or numbers.
        Empty where it can.
    """

    def __init__(
        self, case: Case, path: Path, code: str, what: str, parse: Callable[[str], Rows]
    ) -> None:
        again = renewal(case)
        self.rows: Rows | None = None
        try:
            stored = read(path, code, again)
            self.rows = parse(stored.body)
        except MissingEvidenceError:
            self.problem = f"its {what} was never measured: {again}"
        except UnusableEvidenceError as error:
            self.problem = f"its stored {what} cannot be used: {error}"
        except (ValueError, KeyError) as error:
            self.problem = f"its stored {what} is damaged ({error}): {again}"
        else:
            changed = f"its {what} is stale, the code or the case changed: {again}"
            self.problem = changed if stored.stale else ""

    @property
    def stored(self) -> bool:
        """Whether it was measured and says what it has to say; it may be stale."""
        return self.rows is not None
