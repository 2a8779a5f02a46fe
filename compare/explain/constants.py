"""Constants that two definitions of the same thing differ by, each with the usual reason."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Constant:
    """A number, its formula, and why R's value might be Python's times it, or plus it."""

    formula: str
    value: float
    cause: str
    advice: str = ""


BY_DDOF = "one language divides by n, the other by n - 1"
UNITS = "one language counts in other units"
FACTORS = (
    Constant("-1", -1.0, "the other sign: a difference, or a derivative, taken the other way"),
    Constant("2", 2.0, "a factor 2 that one definition has: one-sided against two-sided, -2 log L"),
    Constant("1/2", 0.5, "a factor 2 that one definition has: one-sided against two-sided"),
    Constant("-2", -2.0, "minus twice a log-likelihood: a deviance"),
    Constant("-1/2", -0.5, "minus twice a log-likelihood: a deviance"),
    Constant("100", 100.0, "percent against a share"),
    Constant("1/100", 0.01, "percent against a share"),
    Constant("ln 2", math.log(2), "natural logarithms against logarithms to the base 2"),
    Constant("1/ln 2", 1 / math.log(2), "logarithms to the base 2 against natural ones"),
    Constant("ln 10", math.log(10), "natural logarithms against common ones"),
    Constant("1/ln 10", 1 / math.log(10), "common logarithms against natural ones"),
    Constant("pi/180", math.pi / 180, "degrees against radians"),
    Constant("180/pi", 180 / math.pi, "radians against degrees"),
    Constant(
        "1.4826",
        1.4826,
        "R's mad is scaled to be a standard deviation of normal data",
        "mad(x, constant = 1) in R, or scale='normal' in SciPy",
    ),
    Constant(
        "1/1.4826",
        1 / 1.4826,
        "one mad is scaled to be a standard deviation of normal data",
        "mad(x, constant = 1) in R, or scale='normal' in SciPy",
    ),
    *(Constant(f"{n:g}", float(n), UNITS) for n in (60, 3600, 86400, 1000, 1e6, 1e9)),
    *(Constant(f"1/{n:g}", 1.0 / n, UNITS) for n in (60, 3600, 86400, 1000, 1e6, 1e9)),
    Constant("2 pi", 2 * math.pi, "a frequency against an angular frequency"),
    Constant("1/(2 pi)", 1 / (2 * math.pi), "an angular frequency against a frequency"),
)
HOURS = "an hour of time zone: one language takes a time without a zone as local, the other as UTC"
OFFSETS = (
    Constant("1", 1.0, "counted from another first number, or one parameter more"),
    Constant("-1", -1.0, "counted from another first number, or one parameter less"),
    Constant("2", 2.0, "an information criterion that counts one parameter more"),
    Constant("-2", -2.0, "an information criterion that counts one parameter less"),
    Constant("-3", -3.0, "excess kurtosis against kurtosis"),
    Constant("3", 3.0, "kurtosis against excess kurtosis"),
    Constant("pi", math.pi, "another branch of an angle"),
    Constant("2 pi", 2 * math.pi, "another branch of an angle"),
    Constant("-2 pi", -2 * math.pi, "another branch of an angle"),
    *(
        Constant(f"{hours} x 3600", 3600.0 * hours, HOURS, "say the zone: tz = 'UTC'")
        for hours in (*range(-14, 0), *range(1, 15))
    ),
)


def factors(lengths: Sequence[int]) -> Iterator[Constant]:
    """Every factor that has a name, with those that hang on the lengths of the inputs."""
    yield from FACTORS
    for n in lengths:
        if n < 2:
            continue
        pairs = ((f"{n}/{n - 1}", n / (n - 1)), (f"{n - 1}/{n}", (n - 1) / n))
        for formula, value in pairs:
            yield Constant(formula, value, BY_DDOF, "ddof=1 in NumPy divides as R does")
            root = f"sqrt({formula})"
            yield Constant(root, math.sqrt(value), BY_DDOF, "ddof=1 in NumPy divides as R does")
        yield Constant(f"1/{n}", 1 / n, "a mean against a sum")
        yield Constant(f"{n}", float(n), "a sum against a mean")
        yield Constant(f"sqrt({n})", math.sqrt(n), "scaled by the root of n")
        yield Constant(f"1/sqrt({n})", 1 / math.sqrt(n), "scaled by the root of n")
        yield Constant(f"{n - 1}", float(n - 1), "a sum of squares against a variance")
        yield Constant(f"1/{n - 1}", 1 / (n - 1), "a variance against a sum of squares")


def offsets(lengths: Sequence[int]) -> Iterator[Constant]:
    """Every offset that has a name."""
    yield from OFFSETS
    for n in lengths:
        if n > 1:
            parameter = "an information criterion that counts one parameter more"
            yield Constant(f"ln {n}", math.log(n), parameter)
            yield Constant(f"-ln {n}", -math.log(n), parameter.replace("more", "less"))
