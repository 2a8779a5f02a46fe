"""Why some mutants change no value, and why no run shows some others."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Reason:
    """``equivalent``: no value can change; ``explained``: one could, but no run shows it."""

    equivalent: str = ""
    explained: str = ""


class Known(NamedTuple):
    """``place``: part of the line (empty: of any); ``change``: how the change begins."""

    language: str
    stem: str
    place: str
    change: str
    why: str


GROWS = "every element is assigned, and R lengthens a vector by assigning past its end"
KEEPS_SHAPE = "a vector less a matrix of as many elements is that matrix's shape in R"
REPLACED = "it is read from the second iteration on, and the first has replaced it by then"
NOT_RETURNED = "the counts are not returned where they are not asked for"
CHECKED_LATER = "one_layer refuses it too, in the same words"
REDUCED_LATER = "the sum is reduced modulo 2^32 by the line that adds i"
LOOKED_UP = "R finds the generator's state in the global environment by the usual search as well"
UNREAD = "what is beyond the 624 words of the state is not read"
SMALL_STEPS = "it decides only in which of many ever smaller steps a search gives up"
UPPER_BOUND = "the largest of R's numbers, 1 - 2^-32, is below the bound"
NOISE = "v + v * generator.uniform(-2.0 ** (-52), 2.0 ** (-52), v.shape)"
SLOPE = (
    "the slope is -g'Bg with B positive definite: at most zero but for rounding, and at zero the "
    "direction is zero too, so that the search moves nothing"
)
EXACTLY = "it matters only where two doubles that many roundings made are exactly equal"
THRESHOLD = "reltol * (abs(value) + reltol)"
DOT = "products commute, and are added in the same order"
NOT_KEPT = "n_updates is 0 there, and the next search begins from the identity"
ONLY_PRINTS = "the class only chooses how a fit prints"
SQUARED = "only its square is used, and negation is exact"

EQUIVALENT = [
    Known(
        "python",
        "arithmetic",
        "return v + v *",
        f"{NOISE} -> v - ",
        "u and -u have the same distribution",
    ),
    Known("r", "arithmetic", "if (m == 1)", "m == 1 -> FALSE", "rep() gives the same column"),
    Known("r", "arithmetic", "if (m == 1)", "== -> <=", "a matrix has no fewer columns than one"),
    Known(
        "python", "nnet", "output_error =", "self.layers(weights)[1] - self.y -> self.y", SQUARED
    ),
    Known(
        "python",
        "nnet",
        "abs(trial - value)",
        "trial - value -> value - trial",
        "only its absolute value is used, and negation is exact",
    ),
    Known(
        "python", "nnet", "if n_updates == 0", "n_updates == 0 -> n_updates <= 0", "never below 0"
    ),
    Known("python", "nnet", "_dot(matmul, direction", "_dot(matmul, direction, grad", DOT),
    Known("python", "nnet", "_dot(matmul, moved", "_dot(matmul, moved, turned)", DOT),
    Known("python", "nnet", "_dot(matmul, turned", "_dot(matmul, turned, turned", DOT),
    Known("python", "nnet", "if curvature > 0:", "curvature > 0 -> True", NOT_KEPT),
    Known("python", "nnet", "if curvature > 0:", "curvature > 0 -> curvature >= 0", NOT_KEPT),
    Known("python", "nnet", "compared = zip(", "zip(", "both have the same length"),
    Known("python", "nnet", "compared = zip(", "True -> False", "both have the same length"),
    Known(
        "python", "nnet", "abs(value)", "abs(value) -> value", "a sum of squares is not negative"
    ),
    Known("r", "one_layer", "error <- numeric", "numeric(maxiter) -> (maxiter)", GROWS),
    Known("r", "two_layer", "error <- numeric", "numeric(maxiter) -> (maxiter)", GROWS),
    *(
        Known("r", stem, "as_fit(", "as_fit(", ONLY_PRINTS)
        for stem in ("one_layer", "two_layer", "error_surface", "descent", "dnn")
    ),
    Known("r", "descent", "<- numeric", "numeric(maxiter) -> (maxiter)", GROWS),
    Known("r", "error_surface", "<- numeric", "numeric(maxiter) -> (maxiter)", GROWS),
    Known("r", "random_numbers", "words <- numeric", "numeric(624) -> (624)", GROWS),
    Known("python", "dnn", '"accuracy": np.asarray', "np.asarray(", "a mean is one of NumPy's own"),
    Known("r", "dnn", "output <- matrix(0", "0 -> 1", GROWS),
    Known("r", "dnn", "missed <- matrix(", "matrix(", KEEPS_SHAPE),
    Known("r", "dnn", "x <- x_s[[layer + 1]]", "FALSE -> TRUE", "as_rows() takes a vector as well"),
    Known(
        "r", "dnn", "unlist(lapply(", "as.vector(t(m)) -> (t(m))", "unlist() drops the shape too"
    ),
    Known("python", "two_layer", "_update = np.zeros_like", "", REPLACED),
    Known("r", "two_layer", "_update <- NULL", "", REPLACED),
    Known(
        "python",
        "two_layer",
        "and j > 0",
        "count_direction_changes and j > 0 -> j > 0",
        NOT_RETURNED,
    ),
    Known("r", "two_layer", "&& j > 1", "count_direction_changes && j > 1 -> j > 1", NOT_RETURNED),
    Known("python", "error_surface", 'check_shape("y"', "check_shape('y'", CHECKED_LATER),
    Known("r", "error_surface", 'check_shape("y"', 'check_shape("y"', CHECKED_LATER),
    Known(
        "python",
        "error_surface",
        "surface = one_layer",
        "1 -> 2",
        "only the error before the first update is used",
    ),
    Known(
        "r",
        "error_surface",
        "grid <- low",
        "n_grid -> (n_grid) + 1",
        "the value beyond the grid is not used",
    ),
    Known("python", "random_numbers", "output=False", "", "what is drawn there is not used"),
    Known(
        "python",
        "random_numbers",
        "np.clip",
        "np.clip(numbers, half_step",
        "the larger of the two is the same in either order",
    ),
    Known("python", "random_numbers", "np.clip", "1 - half_step -> 1 + half_step", UPPER_BOUND),
    Known("python", "random_numbers", "np.clip", "1 -> 2", UPPER_BOUND),
    Known("python", "random_numbers", "np.empty(625", "625 -> 626", UNREAD),
    Known("python", "random_numbers", '"pos": int', "int(", "NumPy takes its own integers too"),
    Known("r", "random_numbers", "stats::runif(2 * n)", "2 -> 3", "what is drawn more is not used"),
    Known(
        "r",
        "random_numbers",
        "outputs <- floor",
        "floor(outputs * 2^32)",
        "a whole number already, or 1/2 for 0, which the next line makes 0",
    ),
    Known("r", "random_numbers", 'get(".Random.seed"', "get(", LOOKED_UP),
    Known(
        "r",
        "random_numbers",
        "before <- get0",
        'get0(".Random.seed", envir = globalenv(), inh',
        LOOKED_UP,
    ),
    Known("r", "random_numbers", "before <- get0", "FALSE -> TRUE", LOOKED_UP),
    Known("r", "random_numbers", "words <- numeric", "624 -> 625", UNREAD),
    Known("r", "random_numbers", "1:623", "623 -> 624", UNREAD),
    Known("r", "random_numbers", "high <- ", "16 -> 17", REDUCED_LATER),
    Known("r", "random_numbers", "(high * 2^16 + low)", "2 -> 3", REDUCED_LATER),
    Known("r", "random_numbers", "(high * 2^16 + low)", "32 -> 33", REDUCED_LATER),
    Known("r", "random_numbers", "-2^31] <- NA", "== -> <=", "-2^31 is the smallest that there is"),
]
EXPLAINED = [
    *(
        Known("python", "nnet", "slope < 0", change, SLOPE)
        for change in ("0 -> 1", "slope < 0 -> True", "slope < 0 -> slope <= 0")
    ),
    Known("python", "nnet", "improved = False", "", SLOPE),
    Known("python", "nnet", "RELATIVE_TEST = 10.0", "10.0 -> 11.0", SMALL_STEPS),
    Known("python", "nnet", "compared = zip(", "RELATIVE_TEST ", SMALL_STEPS),
    Known("python", "nnet", "moving = any(", "moving = ", SMALL_STEPS),
    Known("python", "nnet", "moving = any(", "any(", SMALL_STEPS),
    Known("python", "nnet", "if moving:", "moving -> True", SMALL_STEPS),
    Known("python", "nnet", "improved = enough", "enough and moving -> enough", SMALL_STEPS),
    Known("python", "nnet", "value = trial if", "improved or not enough -> True", SMALL_STEPS),
    Known(
        "python",
        "nnet",
        "trial = value",
        "trial = value -> (deleted)",
        "it is read unset only where the very first step of a training moves no weight",
    ),
    Known("python", "nnet", "enough = trial > abstol", "trial > abstol -> trial >=", EXACTLY),
    Known(
        "python",
        "nnet",
        "enough = trial > abstol",
        f"abs(trial - value) > {THRESHOLD} -> abs(trial - value) >=",
        EXACTLY,
    ),
    Known("python", "nnet", "acceptable = trial", "trial <= value + ", EXACTLY),
    Known("python", "nnet", "n_updates + 1 if", "curvature > 0 -> curvature >=", EXACTLY),
    Known(
        "python",
        "nnet",
        "enough = trial > abstol",
        "abs(value) + reltol -> abs(value) - reltol",
        "it moves the threshold by less than a last place of any value above abstol",
    ),
]


def reason(language: str, stem: str, line: str, made: str) -> Reason:
    """What is known about a change in a line; empty where nothing is."""
    return Reason(
        _first(EQUIVALENT, language, stem, line, made),
        _first(EXPLAINED, language, stem, line, made),
    )


def _first(known: list[Known], language: str, stem: str, line: str, made: str) -> str:
    for one in known:
        here = (one.language, one.stem) == (language, stem) and one.place in line
        if here and made.startswith(one.change):
            return one.why
    return ""
