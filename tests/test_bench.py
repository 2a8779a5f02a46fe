from typing import Any

import numpy as np

from bench import networks, plain
from bench.loops import loops
from compare import ROOT
from compare.case.case import Case
from compare.case.setting import settings
from compare.run.pool import run_all
from compare.run.r_session import call, sourced
from python_impl import one_layer, two_layer

NETWORKS: dict[str, Any] = {"one_layer": one_layer.train, "two_layer": two_layer.train}


def short_loops() -> list[tuple[str, dict[str, Any]]]:
    return [(name, given | {"maxiter": 20}) for name, given in loops()]


def in_r(loop: tuple[str, dict[str, Any]]) -> Any:
    name, given = loop
    return call(sourced(ROOT / "bench" / "plain.R", package="nnmirror")(name), given)


def test_every_variant_and_start_of_the_one_and_two_layer_cases_is_timed(
    cases: dict[str, Case],
) -> None:
    timed = [c for c in cases.values() if c.python.split(":")[0].split(".")[1] in NETWORKS]
    assert len(loops()) == sum(len(settings(case)) for case in timed) == 41


def test_the_bare_loops_are_the_networks() -> None:
    found = run_all(in_r, short_loops(), 1, 300)
    for (name, given), r in zip(short_loops(), found, strict=True):
        assert isinstance(r, np.ndarray), r
        expected = NETWORKS[name](**given)["synapse_0"]
        np.testing.assert_array_equal(getattr(plain, name)(**given), expected)
        np.testing.assert_allclose(r, expected, rtol=1e-9)


def test_every_kind_of_loop_is_timed_beside_native_numpy() -> None:
    (timed,) = run_all(networks.time_networks, [None], 1, 300)
    assert isinstance(timed, dict), timed
    assert list(timed) == [
        "native NumPy",
        "native R",
        "portable NumPy",
        "portable R",
        "compiled, one network",
        "compiled, 256 at once",
    ]
    assert all(0 < micros < np.inf for micros in timed.values())
