"""Where a quantity is computed, in both languages."""

from compare import ROOT
from compare.case.case import Case
from compare.explain.statements import statements


def test_the_last_assignment_and_what_only_it_takes_are_shown(cases: dict[str, Case]) -> None:
    case = cases["clark-example-2"]
    in_python = statements(case.python, "synapse_0", case.quantities)
    in_r = statements(case.r, "synapse_0", case.quantities)
    assert [line.partition(": ")[2] for line in in_python] == [
        "synapse_0_update = matmul(X.mT, layer_1_delta)",
        "synapse_0 = synapse_0 + alpha * synapse_0_update",
    ]
    assert [line.partition(": ")[2] for line in in_r] == [
        "synapse_0_update <- matmul(t(X), layer_1_delta)",
        "synapse_0 <- synapse_0 + alpha * synapse_0_update",
    ]
    assert all(line.startswith("python_impl/two_layer.py, line ") for line in in_python)
    assert all(line.startswith("r_impl/R/two_layer.R, line ") for line in in_r)


def test_a_statement_of_several_lines_is_whole(cases: dict[str, Case]) -> None:
    case = cases["trask-alphas"]
    whole = (
        "synapse_0_direction_count <- synapse_0_direction_count + "
        "((synapse_0_update > 0) != (prev_synapse_0_update > 0))"
    )
    shown = statements(case.r, "synapse_0_direction_count", case.quantities)
    assert sum(line.endswith(whole) for line in shown) == 1


def test_every_line_that_is_shown_stands_there(cases: dict[str, Case]) -> None:
    for case in cases.values():
        for function, sign in ((case.python, "="), (case.r, "<-")):
            for quantity in case.quantities:
                for shown in statements(function, quantity, case.quantities):
                    place, _, statement = shown.partition(": ")
                    path, _, line = place.partition(", line ")
                    first = statement.partition(f" {sign}")[0]
                    assert first.split()[0] in _line(path, int(line))


def test_what_no_source_computes_has_none(cases: dict[str, Case]) -> None:
    case = cases["clark-example-1"]
    assert statements(case.python, "nothing", case.quantities) == []
    assert statements("no.such.module:f", "layer_1", case.quantities) == []
    assert statements("stats::sd", "layer_1", case.quantities) == []
    assert statements("nnmirror::no_such", "layer_1", case.quantities) == []


def _line(path: str, n: int) -> str:
    return (ROOT / path).read_text().splitlines()[n - 1]
