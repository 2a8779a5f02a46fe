from dataclasses import replace
from functools import partial

import pytest

from compare.case.case import Case
from compare.case.setting import Setting
from compare.run.pool import Failure, run_all
from compare.run.returned import ReturnedError
from compare.run.runs import Run, call_r, execute, execute_together


def a_run(case: Case) -> Run:
    return Run(Setting(case, case.variants()[0], "numpy"), "python", "native", 2)


def with_quantities(case: Case, **shapes: list[int | str] | None) -> Case:
    quantities = {k: v for k, v in (case.quantities | shapes).items() if v is not None}
    return case.model_copy(update={"quantities": quantities})


def test_a_result_that_the_case_does_not_list_is_no_result(cases: dict[str, Case]) -> None:
    fewer = with_quantities(cases["clark-example-1"], layer_1_delta=None)
    with pytest.raises(ReturnedError, match="one_layer:train returned 'layer_1_delta', which the"):
        execute(a_run(fewer))
    (r,) = run_all(execute, [replace(a_run(fewer), language="r")], jobs=1, timeout=300)
    assert isinstance(r, Failure)
    assert "nnmirror::one_layer_train returned 'layer_1_delta', which the case's" in r.reason


def test_an_r_function_that_returns_no_list_is_no_result(cases: dict[str, Case]) -> None:
    case = cases["clark-example-1"].model_copy(update={"r": "base::sum"})
    (r,) = run_all(partial(call_r, case, {"x": 1.0}), [2.0], jobs=1, timeout=300)
    assert isinstance(r, Failure)
    assert "base::sum returned numbers without a name, not a list of them" in r.reason


def test_runs_are_shared_only_where_they_have_to_return_the_same(cases: dict[str, Case]) -> None:
    one, other = cases["trask-alphas"], cases["trask-direction-changes"]
    assert a_run(one).call == a_run(other).call
    assert a_run(with_quantities(one, layer_1=None)).call != a_run(other).call
    assert a_run(with_quantities(one, layer_1=[16])).call != a_run(other).call


@pytest.mark.parametrize(
    "name", ["trask-direction-changes", "clark-example-3", "descent", "descent-bucket", "dnn-small"]
)
def test_runs_that_are_one_call_have_the_bits_of_each_by_itself(
    cases: dict[str, Case], name: str
) -> None:
    case = cases[name]
    start = next(iter(case.starts))
    runs = [
        Run(Setting(case, variant, start), "python", "portable", 20) for variant in case.variants()
    ]
    together = execute_together(runs)
    assert len(together) == len(runs)
    for run, found in zip(runs, together, strict=True):
        alone = execute(run)
        assert list(found) == list(alone)
        for quantity, values in alone.items():
            assert found[quantity].dtype == values.dtype
            assert found[quantity].shape == values.shape
            assert found[quantity].tobytes() == values.tobytes(), (str(run), quantity)


def test_a_batch_that_returns_what_the_case_does_not_list_is_no_result(
    cases: dict[str, Case],
) -> None:
    fewer = with_quantities(cases["trask-alphas"], layer_1=None)
    runs = [Run(Setting(fewer, v, "numpy"), "python", "portable", 2) for v in fewer.variants()]
    with pytest.raises(ReturnedError, match="returned 'layer_1', which the case's"):
        execute_together(runs)
