"""All deliberate faults in the networks, in both languages."""

from selftest.fault import Fault
from selftest.python_faults import python_faults
from selftest.r_faults import r_faults

# R's nnet.R calls the package nnet, and its faults would be faults in how that is called.
STEMS = (
    *("arithmetic", "checks", "random_numbers"),
    *("one_layer", "two_layer", "error_surface", "descent", "dnn"),
)
KINDS = (
    *("operator", "operand order", "comparison", "boolean", "condition", "constant", "index"),
    *("range", "default", "statement", "call dropped", "keyword dropped", "argument order"),
    "wrong variable",
)


def all_faults() -> list[Fault]:
    """The faults in the networks, their arithmetic, checks and random numbers."""
    in_both = [
        fault for stem in STEMS for make in (python_faults, r_faults) for fault in make(stem)
    ]
    return [*in_both, *python_faults("nnet")]
