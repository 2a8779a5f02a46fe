"""Which value is true: the networks run on balls that contain the exact result."""

import math
import time
import traceback
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from flint import ctx

from .. import HERE
from ..case.case import Case
from ..case.setting import Setting
from ..numbers.balls import (
    STORED_DIGITS,
    WANTED_BITS,
    Balls,
    DecidingBall,
    UndecidedError,
    accurate_bits,
    balls,
    interval,
    only_balls,
)
from ..numbers.digits import Interval
from ..run.beside import arithmetic_in_python
from ..run.runs import Run, arguments, python_function
from ..safety.errors import ForeseenError
from .proof import Proof, load
from .proved_indices import proved_indices

BITS = (320, 640, 1280, 2560, 5120, 10240, 20480)
REPROVED_UPDATES = 100_000  # of one weight; a second or so
LIVE_DIGITS = 60  # finer than what is stored, or a stored radius too small would pass
REPROVED_ITERATIONS = 200
CHUNK = 500  # iterations between two looks at the balls


class TooFewBitsError(ForeseenError, ArithmeticError):
    """The balls have grown too wide to be worth going on."""


def prove(setting: Setting) -> Proof:
    """Enclose every wanted value to 30 digits and more, with as many bits as that takes."""
    began, reason = time.monotonic(), setting.case.unproved or ""
    for bits in () if reason else BITS:
        try:
            result = train_on_balls(setting, bits)
        except UndecidedError as error:
            reason = f"{bits} bits do not decide {_branch(error)}"
        except TooFewBitsError:
            reason = f"{bits} bits are too few"
        else:
            return _proof(setting, stored(setting.case, result), bits, time.monotonic() - began)
    return _proof(setting, {}, 0, time.monotonic() - began, reason)


def train_on_balls(setting: Setting, bits: int, iterations: int | None = None) -> dict[str, Balls]:
    """Every quantity of the training in exact arithmetic, as arrays of Arb balls.

    Parameters
    ----------
    bits : int
        Working precision.
    iterations : int, optional
        Default: all.

    Raises
    ------
    TooFewBitsError
        Some value has fewer than 110 correct bits.
    UndecidedError
        The balls do not decide a branch.
    """
    case, before = setting.case, ctx.prec
    run = Run(setting, "python", "native", iterations)
    weights = run.starting_weights()
    kind: Any = DecidingBall if case.branches_on_data else (lambda ball: ball)
    inputs = {
        name: balls(value, kind) if isinstance(value, np.ndarray) else value
        for name, value in arguments(run, weights).items()
    }
    ctx.prec = bits
    try:
        if case.iterations and not case.branches_on_data:
            return _in_chunks(case, inputs, list(weights), iterations or case.total_iterations)
        # what branches on its data cannot be continued from its weights alone
        return _checked(python_function(case.python)(**inputs, arithmetic=_native(case)))
    finally:
        ctx.prec = before


def _native(case: Case) -> Any:
    return arithmetic_in_python(case.python_package, "native")


def _in_chunks(
    case: Case, inputs: dict[str, Any], weights: list[str], iterations: int
) -> dict[str, Balls]:
    train, pieces = python_function(case.python), []
    result: dict[str, Balls] = {}
    for done in range(0, iterations, CHUNK):
        length = {str(case.iterations): min(CHUNK, iterations - done)}
        continued = {name: result[name] for name in weights if done}
        result = train(**inputs | length | continued, arithmetic=_native(case))
        _checked({name: result[name] for name in weights})
        pieces.append({name: result[name] for name in case.trajectories})
    whole = {name: np.concatenate([p[name] for p in pieces]) for name in case.trajectories}
    return _checked(result | whole)


def _checked(result: dict[str, Balls]) -> dict[str, Balls]:
    on_balls = {name: only_balls(values) for name, values in result.items()}
    if min(accurate_bits(values) for values in on_balls.values()) < WANTED_BITS:
        raise TooFewBitsError
    return on_balls


def stored(
    case: Case, result: dict[str, Balls], digits: int = STORED_DIGITS
) -> dict[str, dict[int, Interval]]:
    """The values that are kept, as far as the run that found them went."""
    flat = {name: values.ravel() for name, values in result.items()}
    return {
        name: {i: interval(flat[name][i], digits) for i in indices if i < flat[name].size}
        for name, indices in proved_indices(case).items()
        if name in flat
    }


def _proof(
    setting: Setting,
    values: dict[str, dict[int, Interval]],
    bits: int,
    seconds: float,
    reason: str = "",
) -> Proof:
    made_by = {
        "bits": str(bits),
        "seconds": f"{seconds:.1f}",
        "python-flint": version("python-flint"),
        "numpy": version("numpy"),
    }
    return Proof(values, reason, made_by)


def reprove(setting: Setting) -> dict[str, dict[int, Interval]]:
    """Enclose again, now: everything where that is quick, else the first iterations.

    The case alone decides which; the stored bits only say where to begin.

    Raises
    ------
    UndecidedError, TooFewBitsError
        As when it was proved.
    """
    iterations = None if is_proved_again(setting) else REPROVED_ITERATIONS
    proved_bits = load(setting).made_by.get("bits", "")
    enough = int(proved_bits) if iterations is None and proved_bits in map(str, BITS) else 0
    for bits in [b for b in BITS if b >= enough]:
        try:
            result = train_on_balls(setting, bits, iterations)
        except TooFewBitsError:
            continue
        names = setting.case.quantities if iterations is None else setting.case.trajectories
        return stored(setting.case, {name: result[name] for name in names}, LIVE_DIGITS)
    raise TooFewBitsError


def is_proved_again(setting: Setting) -> bool:
    """Whether the whole run is short enough to be proved again in each verification."""
    case = setting.case
    if case.iterations is None:
        return True
    drawn = [draw.shape for draw in case.starts[setting.start].draws if draw.name]
    return case.total_iterations * sum(map(math.prod, drawn)) <= REPROVED_UPDATES


def _branch(error: BaseException) -> str:
    """The line of the network in which the balls were asked."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if not Path(frame.filename).is_relative_to(HERE)]
    frame = (inside or frames)[-1]
    return f"the branch `{frame.line}` of {Path(frame.filename).name}"
