"""What must hold between the keys of a case."""

from math import prod
from typing import TYPE_CHECKING

from .figure_rules import check_figure
from .names import check_names, refuse_repeated, refuse_unknown
from .printed import refuse_contradictions
from .schema import MOST_VALUES

if TYPE_CHECKING:
    from .case import Case

GENERATORS = ("numpy", "r")
MOST_VARIANTS = 1000
MOST_IN_NAME = 150  # with start and suffix a variant's name has to fit into a file's


def check_case(case: "Case") -> None:
    """Raises ValueError, which names the key and the reason, for the first rule that is broken."""
    refuse_unknown("starts", case.starts, GENERATORS)
    weights = {start: case.weight_names(start) for start in case.starts}
    check_names(case.inputs, case.grid, weights, case.quantities)
    for key in ("arithmetics", "portable_completely", "only_portable", "trajectories"):
        refuse_repeated(key, getattr(case, key))
    _check_arithmetics(case)
    _check_shapes(case)
    _check_restart(case)
    if case.portable_iterations is not None and case.iterations is None:
        raise ValueError("portable_iterations: there are no iterations")
    _check_prediction(case)
    variants = _checked_variants(case)
    refuse_unknown("portable_completely", case.portable_completely, variants)
    for i, table in enumerate(case.printed):
        refuse_unknown(f"printed.{i}.start", [table.start], case.starts)
        refuse_unknown(f"printed.{i}.variant", [table.variant], variants)
        known = [*case.quantities, *case.inputs]
        refuse_unknown(f"printed.{i}.quantity", [table.quantity], known)
    refuse_unknown("labels", case.labels, case.quantities)
    for i, figure in enumerate(case.figure):
        check_figure(
            f"figure.{i}", figure, case.inputs, case.quantities, case.trajectories, case.shape
        )
    printed = case.printed_list()
    if len(printed) != case.printed_numbers:
        raise ValueError(
            f"printed_numbers: {case.printed_numbers} expected, but {len(printed)} are listed"
        )
    refuse_contradictions((p.number, p.format, p.text, p.place) for p in printed)


def _check_arithmetics(case: "Case") -> None:
    if "native" not in case.arithmetics:
        raise ValueError("arithmetics: native is missing, by which printed numbers are judged")
    refuse_unknown("only_portable", case.only_portable, case.quantities)
    if case.only_portable and "portable" not in case.arithmetics:
        raise ValueError("only_portable: arithmetics has no portable")


def _check_shapes(case: "Case") -> None:
    refuse_unknown("trajectories", case.trajectories, case.quantities)
    refuse_unknown("iterations", _named(case.iterations), case.inputs)
    if case.total_iterations > MOST_VALUES:
        raise ValueError(f"iterations: more than {MOST_VALUES}")
    for name, lengths in case.quantities.items():
        key = f"quantities.{name}"
        refuse_unknown(key, [n for n in lengths if isinstance(n, str)], case.inputs)
        if prod(case.shape(name)) > MOST_VALUES:
            raise ValueError(f"{key}: more than {MOST_VALUES} values")
        is_trajectory = name in case.trajectories
        if is_trajectory and len(lengths) != 1:
            raise ValueError(f"trajectories: {name} has {len(lengths)} axes, expected 1")
        if case.iterations and is_trajectory != (lengths == [case.iterations]):
            raise ValueError(
                f"trajectories: {name} {'is' if is_trajectory else 'is not'} one of them, "
                f"but they are the quantities of shape [{case.iterations}]"
            )


def _check_restart(case: "Case") -> None:
    if (restart := case.restart) is None:
        return
    refuse_unknown("restart.iterations", [restart.iterations], case.inputs)
    refuse_unknown("restart.states", [restart.states], case.quantities)
    for start in case.starts:
        refuse_unknown("restart.weights", [restart.weights], case.weight_names(start))
    if type(case.inputs[restart.iterations]) is not int:
        raise ValueError(f"restart.iterations: {restart.iterations} is not a whole number")
    if len(case.shape(restart.states)) != 2:
        raise ValueError(f"restart.states: {restart.states} has to have one state a row")


def _check_prediction(case: "Case") -> None:
    refuse_unknown("prediction", _named(case.prediction), case.quantities)
    refuse_unknown("target", _named(case.target), case.inputs)
    if case.prediction is None or case.target is None:
        if case.prediction != case.target:
            raise ValueError("prediction and target: neither goes without the other")
    elif case.shape(case.prediction) != case.shape(case.target):
        raise ValueError("prediction and target: they have different shapes")


def _checked_variants(case: "Case") -> list[str]:
    for key, values in case.grid.items():
        refuse_repeated(f"grid.{key}", values)
    if prod(len(values) for values in case.grid.values()) > MOST_VARIANTS:
        raise ValueError(f"grid: more than {MOST_VARIANTS} combinations")
    names = [variant.name for variant in case.variants()]
    if max(map(len, names)) > MOST_IN_NAME:
        raise ValueError(f"grid: a variant's name has more than {MOST_IN_NAME} characters")
    return names


def _named(name: str | None) -> list[str]:
    return [] if name is None else [name]
