"""Compiled loops give the bits of python_impl's in portable arithmetic."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from compiled import lanes, library, one_layer, two_layer
from python_impl import one_layer as plain_one_layer
from python_impl import two_layer as plain_two_layer
from python_impl.arithmetic import portable
from python_impl.portable import exp
from tests.networks.made import numbers

BLOCK = library.MOST_LANES
FAMILIES = ("-O0",), ("-O2", "-fno-tree-vectorize"), ()


def assert_same(found: dict[str, Any], expected: dict[str, Any]) -> None:
    assert list(found) == list(expected)
    for name, values in expected.items():
        assert found[name].shape == values.shape
        assert found[name].dtype == values.dtype
        np.testing.assert_array_equal(found[name].view(np.int64), values.view(np.int64), name)


@pytest.fixture(params=FAMILIES, ids=["unoptimised", "scalar", "as it is used"])
def compiled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loops as other compilers might make them."""
    made = library.loops(*request.param)
    for module in (one_layer, two_layer):
        monkeypatch.setattr(module, "loops", lambda: made)


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("networks", [None, 1, 3, BLOCK, 2 * BLOCK + 1])
@pytest.mark.parametrize(("shape", "hidden_size"), [((4, 3), 4), ((4, 3), 32), ((5, 2), 1)])
@pytest.mark.parametrize("counting", [False, True])
def test_two_layers(
    networks: int | None, shape: tuple[int, int], hidden_size: int, counting: bool
) -> None:
    n_obs, n_in = shape
    leading = () if networks is None else (networks,)
    X, y = numbers(n_obs, n_in), abs(numbers(n_obs, 1)) % 1
    given: dict[str, Any] = {
        "synapse_0": numbers(*leading, n_in, hidden_size),
        "synapse_1": numbers(*leading, hidden_size, 1),
        "alpha": 10.0 ** (np.arange(networks).reshape(-1, 1, 1) % 6 - 2) if networks else 10.0,
        "maxiter": 40,
        "count_direction_changes": counting,
    }
    expected = plain_two_layer.train(X, y, **given, arithmetic=portable)
    assert_same(two_layer.train(X, y, **given, threads=2), expected)


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("networks", [None, 1, 3, BLOCK, 2 * BLOCK + 1])
@pytest.mark.parametrize("shape", [(4, 3), (1, 1), (7, 2)])
def test_one_layer(networks: int | None, shape: tuple[int, int]) -> None:
    n_obs, n_in = shape
    leading = () if networks is None else (networks,)
    X, y = 3 * numbers(n_obs, n_in), abs(numbers(n_obs, 1)) % 1
    weights = numbers(*leading, n_in, 1)
    expected = plain_one_layer.train(X, y, weights, 40, portable)
    assert_same(one_layer.train(X, y, weights, 40, threads=2), expected)


@pytest.mark.parametrize("flags", FAMILIES)
def test_exp_at_all_sizes_and_at_the_ends(flags: tuple[str, ...]) -> None:
    spread = np.random.default_rng(1).uniform(-760, 720, 100_000)
    ends = [0.0, -0.0, np.inf, -np.inf, 709.782712893384, 709.7827128933841, -745.2, -745.1, 5e-324]
    x = np.concatenate([spread, numbers(100_000), ends])
    found = x.copy()
    lanes.call(library.loops(*flags).exp_of, [len(x)], [found])
    np.testing.assert_array_equal(found.view(np.int64), exp(x).view(np.int64))
    one = np.array([np.nan])
    lanes.call(library.loops(*flags).exp_of, [1], [one])
    assert np.isnan(one).all()


def test_starting_weights_stay_as_they_are() -> None:
    X, y = numbers(4, 3), numbers(4, 1)
    weights = numbers(2, 3, 4), numbers(2, 4, 1)
    before = [w.copy() for w in weights]
    two_layer.train(X, y, *weights, maxiter=3)
    one_layer.train(X, y, weights[0][..., :1], maxiter=3)
    for w, as_before in zip(weights, before, strict=True):
        np.testing.assert_array_equal(w, as_before)


@pytest.mark.parametrize(
    ("train", "given"),
    [
        (two_layer.train, {"synapse_0": numbers(3, 4), "synapse_1": numbers(5, 1)}),
        (two_layer.train, {"synapse_0": numbers(2, 4), "synapse_1": numbers(4, 1)}),
        (one_layer.train, {"synapse_0": numbers(2, 1)}),
        (one_layer.train, {"synapse_0": numbers(3, 1), "maxiter": 0}),
        (one_layer.train, {"synapse_0": numbers(2, 2, 3, 1)}),
    ],
)
def test_what_does_not_fit_is_refused(train: Callable[..., Any], given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"synapse|maxiter|leading"):
        train(numbers(4, 3), numbers(4, 1), **given)


def test_an_array_that_no_loop_can_read_is_refused() -> None:
    wrong: list[Any] = [np.zeros((3, 2)).T, np.zeros(3, np.float32)]
    for x in wrong:
        with pytest.raises(TypeError, match="C-contiguous"):
            lanes.call(library.loops().exp_of, [3], [x])


def test_without_a_compiler_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-compiler")
    with pytest.raises(library.CompileError, match="no C compiler called no-such-compiler"):
        library.loops("-DNEVER")


def test_what_a_compiler_says_is_passed_on() -> None:
    with pytest.raises(library.CompileError, match=r"cannot compile loops\.c: .*no-such-flag"):
        library.loops("-fno-such-flag")
