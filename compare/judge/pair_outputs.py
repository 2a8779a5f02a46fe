"""The verdict on each output of a pair, from what both languages returned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..case.contract import Contract
from ..run.leaf import PRESENT, Leaf, Leaves
from .changes import Side
from .contracts import UnfittingError, applied
from .structure import Aligned, Sides, aligned, side_by_side
from .values import CODES, ORDER, Judged, judge_numbers, judge_texts
from .verdicts import ValueVerdict


@dataclass(frozen=True)
class JudgedOutput:
    """One output, judged.

    Attributes
    ----------
    verdict : str
        Of its worst value, or of the output as a whole where no value can be compared.
    fails : bool
        Whether the verdict lets a verification fail.
    shape : tuple
        Of the compared values.
    values : Judged or None
        None where no value can be compared.
    notes : list of str
        What is said of the output, what differs first.
    declared : list of str
        What was done, or let pass, because the contract says so.
    """

    output: str
    verdict: ValueVerdict
    fails: bool
    shape: tuple[int, ...] = ()
    values: Judged | None = None
    notes: list[str] = field(default_factory=list)
    contract: Contract = field(default_factory=Contract)
    declared: list[str] = field(default_factory=list)


def judge_results(
    python: tuple[Leaves, Mapping[str, Side]],
    r: tuple[Leaves, Mapping[str, Side]],
    contracts: Mapping[str, Contract],
    names: Mapping[str, str],
    largest_input: float,
) -> list[JudgedOutput]:
    """Judge every output that either language returned.

    Parameters
    ----------
    python, r : (leaves, sides)
        What each returned, and what rounding does to it.
    contracts : dict
        By output, what it is held to.
    largest_input : float
        Largest absolute value among the inputs.
    """
    outputs = side_by_side(python[0], r[0])
    judged = [
        _judged(sides, python[1], r[1], contract_of(contracts, sides.output), names, largest_input)
        for sides in outputs
    ]
    unknown = [
        JudgedOutput(
            name,
            "not compared",
            True,
            notes=["the case file has a contract for it, and neither language returns it"],
        )
        for name in contracts
        if not any(name in (o.output, _whole(o.output)) for o in outputs)
    ]
    return [*judged, *unknown]


def _whole(output: str) -> str:
    """The name of the complex output that this is a part of."""
    return output.removesuffix(".real").removesuffix(".imag")


def _name_of_other_part(output: str) -> str:
    """Of the name of a real part, that of the imaginary one, and the other way round."""
    whole = _whole(output)
    return f"{whole}.imag" if output == f"{whole}.real" else f"{whole}.real"


def _other_part(
    output: str, in_python: Mapping[str, Side], in_r: Mapping[str, Side], match: Aligned
) -> tuple[Side, Side] | None:
    """The other part of complex values, where it is there in both languages."""
    other = _name_of_other_part(output)
    for sides in (in_python, in_r):
        if other not in sides or sides[other].values.size != sides[output].values.size:
            return None
    return in_python[other].take(match.at_python), in_r[other].take(match.at_r)


def contract_of(contracts: Mapping[str, Contract], output: str) -> Contract:
    """What an output is held to, or the complex one that it is a part of."""
    return contracts.get(output) or contracts.get(_whole(output)) or Contract()


def _judged(
    sides: Sides,
    in_python: Mapping[str, Side],
    in_r: Mapping[str, Side],
    contract: Contract,
    names: Mapping[str, str],
    largest_input: float,
) -> JudgedOutput:
    python, r = sides.python, sides.r
    output = sides.output

    def whole(verdict: ValueVerdict, *notes: str) -> JudgedOutput:
        fails = verdict not in ("identical", "missing")
        return JudgedOutput(output, verdict, fails, notes=list(notes), contract=contract)

    if python is None or r is None:
        return whole("disagree", f"only in {'R' if python is None else 'Python'}")
    for language, leaf in (("Python", python), ("R", r)):
        if leaf.kind == "other":
            return whole(
                "not compared", f"{language} returned {leaf.type}, no values: {leaf.advice}"
            )
    if verdict := _of_nothing(python, r):
        return whole(*verdict)
    alike = python.kind == r.kind or contract.compare == "as partition"
    if not alike and not (_all_missing(python) or _all_missing(r)):
        kinds = {"number": "numbers", "text": "text"}
        return whole(
            "not comparable",
            f"{kinds[python.kind]} in Python ({python.type}), {kinds[r.kind]} in R ({r.type}): "
            "return the same kind in both",
        )
    if output != _whole(output) and contract.compare == "up to order":
        return whole("not compared", "complex values have no order: return them sorted")
    match = aligned(python, r, {**names, **contract.names})
    if match.problem:
        return whole("disagree", *match.differing, match.problem, *match.notes)
    p, q = in_python[output].take(match.at_python), in_r[output].take(match.at_r)
    try:
        contracted = applied(
            p, q, match.shape, contract, _other_part(output, in_python, in_r, match)
        )
    except UnfittingError as error:
        return whole("not compared", str(error))
    values = _judge(contracted.python, contracted.r, contract, largest_input)
    notes, declared = [*match.differing, *match.notes, *contracted.notes], contracted.declared
    if python.rounded or r.rounded:
        notes.append("whole numbers beyond 2^53, of which a double stands for several")
    if contract.known_difference is not None or python.rounded or r.rounded:
        values.verdicts[values.verdicts == CODES["identical"]] = CODES["agree"]
    if _vacuous(p, q):
        notes.append("vacuous: no value" if not p.values.size else "vacuous: all zero")
    worst = ORDER[int(values.verdicts.max(initial=0))]
    if match.differing:
        worst = max(worst, "disagree", key=CODES.__getitem__)
    fails = CODES[worst] > CODES["missing"]
    if worst == "undetermined" and contract.undetermined is not None:
        fails = False
        declared.append(f"declared: {contract.undetermined}")
    return JudgedOutput(output, worst, fails, match.shape, values, notes, contract, declared)


def _judge(p: Side, q: Side, contract: Contract, largest_input: float) -> Judged:
    if p.values.dtype.kind == "O" or q.values.dtype.kind == "O":
        return judge_texts(p, q)
    finite = [np.abs(side.values[np.isfinite(side.values)]) for side in (p, q)]
    scale = max([largest_input, *(float(a.max()) for a in finite if a.size)])
    return judge_numbers(p, q, contract, scale)


def _of_nothing(python: Leaf, r: Leaf) -> tuple[Any, ...] | None:
    """The verdict where a language returned None or NULL, or no value at all."""
    if python.kind == "nothing" and r.kind == "nothing":
        return "identical", "vacuous: nothing in both languages"
    for language, leaf, other in (("Python", python, r), ("R", r, python)):
        if leaf.kind != "nothing":
            continue
        if other.values.size == 0:
            return "identical", f"vacuous: {leaf.type} in {language}, no value in the other"
        if other.values.size == 1 and _all_missing(other):
            return "missing", f"{leaf.type} in {language}, NA in the other"
        return "disagree", f"{leaf.type} in {language}, {other.values.size} values in the other"
    return None


def _all_missing(leaf: Leaf) -> bool:
    return bool((leaf.missing != PRESENT).all())


def _vacuous(p: Side, q: Side) -> bool:
    return all(bool(((side.values == 0) & (side.missing == PRESENT)).all()) for side in (p, q))
