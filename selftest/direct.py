"""Faults in the files that no network's run shows by itself: checks and random numbers."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

import python_impl.checks
import python_impl.random_numbers
from compare.run import r_session
from selftest import mutated
from selftest.mutant import Mutant

# From 27,865 a word of NumPy's state passes 2^32 where i is added: sought among 60,000 seeds.
SEEDS = {"numpy": (0, 1, 2**31, 2**32 - 1, 20150727, 27865), "r": (0, 1, -1, 2**31 - 1, -4711)}
SKIPPED = (0, 24, 1000)
MORE_THAN_ONE_STATE = 700
POSITIVE = (2.0, 1.0, 0.5, 0.0, -1.0, float("nan"))
SHAPES = ((4, 3), (3, 4), (4, 4), (3, 3), (4, 2), (5, 3), (4, 1))
OTHER_GENERATORS = ("L'Ecuyer-CMRG", "Box-Muller", "Rounding")  # none of them R's default


def disagreement_in_checks(mutant: Mutant) -> str:
    """Which shapes and numbers are refused, and in which words."""
    if mutant.language == "python":
        good, wrong = python_impl.checks.__dict__, mutated.module(mutant).__dict__
        return _other_refusals(good.__getitem__, wrong.__getitem__, _python_matrices())
    return _other_refusals(_of_package, mutated.sourced(mutant), _r_matrices())


def _other_refusals(
    good: Callable[[str], Any], wrong: Callable[[str], Any], matrices: list[Any]
) -> str:
    calls: list[tuple[str, list[Any]]] = [
        *(("check_shape", ["x", x, 4.0, 3.0]) for x in matrices),
        *(("check_positive", ["x", number]) for number in POSITIVE),
    ]
    for name, given in calls:
        if _words(good(name), given) != _words(wrong(name), given):
            return f"what {name} refuses"
    return ""


def _words(function: Any, given: list[Any]) -> str:
    try:
        function(*given)
    except Exception as error:
        return str(error)
    return ""


def _python_matrices() -> list[Any]:
    return [*(np.zeros(shape) for shape in SHAPES), np.zeros((2, 4, 3)), np.zeros((2, 3, 4))]


def _r_matrices() -> list[Any]:
    matrix = r_session.get("base::matrix")
    cubes = r_session.get("base::array")(0.5, dim=r_session.get("base::c")(4, 3, 1))
    made = [matrix(value, *shape) for shape in SHAPES for value in (0.5, "a", True)]
    return [*made, cubes, r_session.get("base::numeric")(4)]


def _of_package(name: str) -> Any:
    return r_session.get("utils::getFromNamespace")(name, "nnmirror")


def disagreement_in_random_numbers(mutant: Mutant) -> str:
    """Each generator's numbers in the other language; in R also whether R's stream is moved."""
    good = list(_good_numbers(mutated.other(mutant.language)))
    if mutant.language == "python":
        return _first_difference(_numbers_in_python(mutated.module(mutant)), good)
    inside = mutated.sourced(mutant)
    options = r_session.get("base::options")
    options(warn=-1)  # R warns of the last of them
    r_session.get("base::RNGkind")(*OTHER_GENERATORS)
    options(warn=2)
    r_session.get("base::set.seed")(1)
    before = _stream()
    try:
        how = _first_difference(_numbers_in_r(lambda name: inside(name)), good)
        if not how and not np.array_equal(_stream(), before):
            return "R's own stream has moved"
        _without_stream()
        next(_numbers_in_r(lambda name: inside(name)))
        return how or ("" if not _has_stream() else "R's own stream has begun")
    finally:
        r_session.get("base::RNGkind")("default", "default", "default")


@cache
def _good_numbers(language: str) -> tuple[Any, ...]:
    if language == "python":
        return tuple(_numbers_in_python(python_impl.random_numbers))
    return tuple(_numbers_in_r(lambda name: r_session.get(f"nnmirror::{name}")))


def _first_difference(found: Iterator[tuple[str, Any]], good: list[tuple[str, Any]]) -> str:
    for (what, numbers), (_, expected) in zip(found, good, strict=True):
        numbers, expected = np.asarray(numbers), np.asarray(expected)
        if numbers.dtype != expected.dtype or not np.array_equal(numbers, expected):
            return what
    return ""


def _numbers_in_python(module: Any) -> Iterator[tuple[str, Any]]:
    for seed in SEEDS["numpy"]:
        yield f"numpy's from {seed}", module.numpy_uniform(seed, MORE_THAN_ONE_STATE)
    for seed in SEEDS["r"]:
        yield f"R's from {seed}", module.r_uniform(seed, MORE_THAN_ONE_STATE)
        for skip in SKIPPED:
            yield f"R's state from {seed} after {skip}", module.r_state(seed, skip)
    yield "R's where its generator gives 0", module.r_uniform_from(_state_at_zero(), 3)


def _numbers_in_r(look_up: Callable[[str], Any]) -> Iterator[tuple[str, Any]]:
    def call(name: str, **given: Any) -> Any:
        return r_session.call(look_up(f"random_numbers_{name}"), given)

    for seed in SEEDS["numpy"]:
        yield f"numpy's from {seed}", call("numpy_uniform", seed=seed, n=MORE_THAN_ONE_STATE)
    for seed in SEEDS["r"]:
        yield f"R's from {seed}", call("r_uniform", seed=seed, n=MORE_THAN_ONE_STATE)
        for skip in SKIPPED:
            yield f"R's state from {seed} after {skip}", call("r_state", seed=seed, skip=skip)
    state = r_session.get("base::as.integer")(r_session.get("base::c")(*_state_at_zero().tolist()))
    yield "R's where its generator gives 0", call("r_uniform_from", state=state, n=3)


def _state_at_zero() -> Any:
    """A state of R's generator whose next outputs are 0; the last word only makes it valid."""
    words = np.zeros(624, np.int32)
    words[-1] = 1
    return np.concatenate([[10403, 1], words]).astype(np.int32)


def _stream() -> Any:
    return np.array(r_session.get("base::get")(".Random.seed", envir=_globals()))


def _has_stream() -> bool:
    return bool(r_session.get("base::exists")(".Random.seed", envir=_globals(), inherits=False)[0])


def _without_stream() -> None:
    r_session.get("base::rm")(".Random.seed", envir=_globals())


def _globals() -> Any:
    return r_session.get("base::globalenv")()
