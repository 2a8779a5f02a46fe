"""All mutants of the networks, in both languages."""

from selftest.mutant import Mutant
from selftest.python_mutants import python_mutants
from selftest.r_mutants import r_mutants

# R's nnet.R calls the package nnet, and its mutants would change how that is called.
STEMS = (
    *("arithmetic", "checks", "random_numbers"),
    *("one_layer", "two_layer", "error_surface", "descent", "dnn"),
)
KINDS = (
    *("operator", "operand order", "comparison", "boolean", "condition", "constant", "index"),
    *("range", "default", "statement", "call dropped", "keyword dropped", "argument order"),
    "wrong variable",
)


def all_mutants() -> list[Mutant]:
    """The mutants of the networks, their arithmetic, checks and random numbers."""
    in_both = [
        mutant for stem in STEMS for make in (python_mutants, r_mutants) for mutant in make(stem)
    ]
    return [*in_both, *python_mutants("nnet")]
