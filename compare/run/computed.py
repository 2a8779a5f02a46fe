"""Numbers that are computed from an argument: another unit, another parameter, another order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from .trial import INPUTS, Trial

MOST = 100_000  # values of an array


@dataclass(frozen=True)
class Computed:
    """What is passed in place of a number, and how that is written.

    Attributes
    ----------
    text : str
        With ``{}`` for the argument, and ``{before}`` for the one before it.
    compute : callable
        Of the argument and the one before it: both, changed.
    needs_before : bool
        Whether the one before has to be a number too.
    """

    text: str
    compute: Callable[[Any, Any], tuple[Any, Any]]
    needs_before: bool = False

    def fits(self, value: Any, before: Any) -> bool:
        """Whether it can be computed."""
        return _is_number(value) and (not self.needs_before or _is_number(before))

    def written(self, arguments: dict[str, str], i: int) -> str:
        """As one writes it: ``1 / (2.5) in place of 2.5``."""
        own, before = arguments[str(i)], arguments.get(str(i - 1), "")
        if self.text == SWAPPED:
            return f"{own} before {before}"
        short = f"({own})" if " " in own else own
        return f"{self.text.format(short, before=before)} in place of {own}"

    def arguments(self, i: str, args: Any) -> list[Any]:
        """All arguments by position, with the change."""
        at, changed = int(i), list(args)
        before = changed[at - 1] if at else None
        with np.errstate(all="ignore"):
            before, changed[at] = self.compute(changed[at], before)
        if at:
            changed[at - 1] = before
        return changed


SWAPPED = "swapped"


def _of(text: str, function: Callable[[Any], Any]) -> Computed:
    return Computed(text, lambda x, before: (before, function(x)))


COMPUTED = {
    computed.text: computed
    for computed in (
        _of("1 / {}", lambda x: 1 / x),
        _of("{}**2", lambda x: x**2),
        _of("np.sqrt({})", np.sqrt),
        _of("{} + 1", lambda x: x + 1),
        _of("{} - 1", lambda x: x - 1),
        _of("-{}", lambda x: -x),
        _of("1 - {}", lambda x: 1 - x),
        _of("{} / 100", lambda x: x / 100),
        _of("100 * {}", lambda x: 100 * x),
        _of("{} / 2", lambda x: x / 2),
        _of("2 * {}", lambda x: 2 * x),
        _of("np.radians({})", np.radians),
        _of("np.degrees({})", np.degrees),
        _of("np.exp({})", np.exp),
        _of("np.log({})", np.log),
        Computed("{} - {before}", lambda x, before: (before, x - before), needs_before=True),
        Computed(SWAPPED, lambda x, before: (x, before), needs_before=True),
    )
}


def on_inputs(inputs: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Names of inputs, what is computed from each of them, and how that is written."""
    numbers = [name for name, value in inputs.items() if _is_number(value)]
    for name in numbers:
        for kind in COMPUTED.values():
            if not kind.needs_before:
                yield name, kind.text, kind.written({"0": name}, 0)
    if len(numbers) > 1:
        for text in ("np.radians({})", "np.degrees({})"):
            yield ",".join(numbers), text, f"{text.format('x')} in place of each number x"


def with_computed(inputs: dict[str, Any], changes: Iterable[Trial]) -> dict[str, Any]:
    """Inputs, with those changes that are theirs."""
    for change in changes:
        if change.site == INPUTS:
            kind = COMPUTED[change.computed]
            names = change.argument.split(",")
            inputs = inputs | {name: kind.arguments("0", [inputs[name]])[0] for name in names}
    return inputs


def _is_number(value: Any) -> bool:
    if isinstance(value, bool | np.bool_):
        return False
    if isinstance(value, int | float | np.number):
        return True
    return isinstance(value, np.ndarray) and value.dtype.kind in "if" and value.size <= MOST
