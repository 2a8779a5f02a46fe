"""One argument of one call in somebody's function, and what is tried in its place."""

import re
from dataclasses import dataclass
from typing import Any

from ..case.schema import Language

ITSELF, INPUTS = -1, -2  # in place of a call's number: the function itself, what it is given
TIGHT = 1e-12  # in place of a tolerance, so that a stopping rule is not what decides
MOST_CHOICES = 16
_TOLERANCE = re.compile(r"([a-z]*[._]?tol|tol[._]?[a-z]*|eps(abs|rel)?)")
# what changes the format of a result, where it is put, what is shown, and what is done about bad
# values
UNTRIED = re.compile(
    r"dtype|out|where|casting|subok|signature|keep_?dims|like|device|copy|inplace|overwrite_\w+"
    r"|check_\w+|nan_policy|random_state|rng|seed|engine|workers|size_hint|verbose|disp|full_output"
    r"|envir|env|subset|weights|drop|simplify|USE\.NAMES|names|complex_func|plot|file\w*|path\w*"
    r"|con|append|save\w*|trace|print\w*|callback|\.\.\."
)


@dataclass(frozen=True)
class Trial:
    """A change of one argument.

    Attributes
    ----------
    function : str
        The called one, as it is written there.
    place : str
        File and line of the call; empty for a library's function that the case names itself.
    site : int
        Which call of the file it is; or `ITSELF`, or `INPUTS`.
    argument : str
        Its name; its position where it is computed from what is passed.
    value : bool, int, float, str or None
        What is passed.
    computed : str
        How it is computed from what is passed, in place of a value; empty where it is not.
    source : str
        What is passed, as it is written there, where something is computed from it.
    """

    language: Language
    function: str
    place: str
    site: int
    argument: str
    value: Any
    computed: str = ""
    source: str = ""

    @property
    def tightens(self) -> bool:
        """Whether it makes a stopping rule stricter."""
        return isinstance(self.value, float) and self.value == TIGHT

    @property
    def text(self) -> str:
        """The argument as one writes it: ``ddof=1``, ``paired = TRUE``."""
        if self.computed:
            return self.source
        if self.language == "python":
            return f"{self.argument}={self.value!r}"
        value = str(self.value).upper() if isinstance(self.value, bool) else repr(self.value)
        return f"{self.argument} = {value}".replace("'", '"')

    @property
    def where(self) -> str:
        """The call, and where it stands."""
        return f"{self.function}()" + (f" ({self.place})" if self.place else "")


def is_tolerance(name: str) -> bool:
    """Whether an argument says how exact an iteration ends."""
    return _TOLERANCE.fullmatch(name.lower()) is not None


def other_values(name: str, default: Any, named: list[str]) -> list[Any]:
    """What may be passed for an argument, its default among it.

    Parameters
    ----------
    named : list of str
        Words that the documentation gives for it.
    """
    if UNTRIED.fullmatch(name):
        return []
    if isinstance(default, bool):
        return [False, True]
    if is_tolerance(name) and isinstance(default, int | float | None):
        return [default, TIGHT]
    if name == "type" and isinstance(default, int):
        return list(range(1, 10))  # as R numbers kinds of quantiles
    if name == "axis":
        return [None, 0, 1]
    if isinstance(default, int | float):
        near: tuple[Any, ...] = (0, 1, 2) if isinstance(default, int) else (0.0, 0.5, 1.0)
        return list(near) if default in near else [default]
    if name.lower() in ("tz", "tzinfo"):
        return ["UTC"]  # of all zones the one that every machine has
    if default is None or isinstance(default, str):
        whether = [True, False] if name == "exact" else []
        return list(dict.fromkeys([default, *named[:MOST_CHOICES], *whether]))
    return []
