"""A mirror of what R's nnet documents: logistic units, biases, least squares, BFGS.

Written from Venables and Ripley, Modern Applied Statistics with S (2002), section 8.10, and
Nash, Compact Numerical Methods for Computers (1990), Algorithm 21, as R's optim documents it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from python_impl.arithmetic import Arithmetic, Array, native
from python_impl.checks import check_positive, check_shape
from python_impl.random_numbers import r_uniform_from

Number = Any  # what the arrays hold: a double, or what stands in for one

STEP_REDUCTION = 0.2
ACCEPTABLE_DECREASE = 1e-4
RELATIVE_TEST = 10.0
SATURATION = 15.0


def train(
    X: Array,
    y: Array,
    size: int,
    Wts: Array | None = None,
    random_state: NDArray[np.int32] | None = None,
    maxit: int = 100,
    abstol: float = 1e-4,
    reltol: float = 1e-8,
    arithmetic: Arithmetic = native,
) -> dict[str, Array]:
    """Train as ``nnet::nnet(X, y, size)`` does, and return every iteration.

    ``value[0]`` belongs to the starting weights and ``value[j]`` to the weights after j
    iterations. nnet's trace counts from one: its "iter 10" stands in ``value[9]``.

    Parameters
    ----------
    X : (n_obs, n_in)
        Inputs, one observation a row.
    y : (n_obs, n_out)
        Targets in [0, 1].
    size : int
        Number of hidden units.
    Wts : (n_weights,), optional
        Starting weights, as nnet orders them: for each hidden unit, then for each output, the
        bias and the weights of its inputs. Without them they are drawn as nnet does, uniform
        in (-0.7, 0.7), from ``random_state``.
    random_state : (626,), optional
        State of R's generator, as `random_numbers.r_state` returns it.
    maxit : int
        Most iterations.
    abstol, reltol : float
        Stop where the value falls below ``abstol`` or changes by less than this fraction.
    arithmetic : Arithmetic
        How to multiply and squash.

    Returns
    -------
    dict of arrays
        ``value`` (iterations + 1,): the sum of squared errors; ``weights`` (iterations + 1,
        n_weights); ``fitted`` (n_obs, n_out); ``final_value`` (); ``coefficients``
        (n_weights,); ``n_weights`` (); ``convergence`` (), 0 converged, 1 stopped by ``maxit``.
    """
    check_shape("X", X, *X.shape)
    check_shape("y", y, X.shape[0], y.shape[1])
    check_positive("size", size)
    check_positive("maxit", maxit)
    n_weights = size * (X.shape[1] + 1) + y.shape[1] * (size + 1)
    if Wts is None:
        if random_state is None:
            raise ValueError("nnet.train needs Wts or random_state")
        Wts = -0.7 + 1.4 * r_uniform_from(random_state, n_weights)
    if len(Wts) != n_weights:
        raise ValueError(f"Wts has length {len(Wts)}, expected {n_weights}")

    network = _Network(X, y, size, arithmetic)
    path = _minimise(network, Wts, maxit, abstol, reltol)
    coefficients = path.weights[-1]
    return {
        "value": np.array(path.values),
        "weights": np.array(path.weights),
        "fitted": network.layers(coefficients)[1],
        "final_value": np.array(path.values[-1]),
        "coefficients": coefficients,
        "n_weights": np.array(float(n_weights)),
        "convergence": np.array(0.0 if path.converged else 1.0),
    }


@dataclass(frozen=True)
class _Network:
    X: Array
    y: Array
    size: int
    arithmetic: Arithmetic

    def layers(self, weights: Array) -> tuple[Array, Array]:
        """Hidden (n_obs, size) and output (n_obs, n_out) layer."""
        to_hidden, to_output = self._unpacked(weights)
        hidden = self._sigmoid(self.arithmetic.matmul(_with_bias(self.X), to_hidden.T))
        output = self._sigmoid(self.arithmetic.matmul(_with_bias(hidden), to_output.T))
        return hidden, output

    def value(self, weights: Array) -> Number:
        output_error = self.layers(weights)[1] - self.y
        return (output_error * output_error).sum()

    def gradient(self, weights: Array) -> Array:
        matmul = self.arithmetic.matmul
        hidden, output = self.layers(weights)
        to_output = self._unpacked(weights)[1]
        output_delta = 2 * (output - self.y) * (output * (1 - output))  # (n_obs, n_out)
        hidden_error = matmul(output_delta, to_output[:, 1:])  # (n_obs, size)
        hidden_delta = hidden_error * (hidden * (1 - hidden))  # (n_obs, size)
        of_hidden = matmul(hidden_delta.T, _with_bias(self.X))  # (size, n_in + 1)
        of_output = matmul(output_delta.T, _with_bias(hidden))  # (n_out, size + 1)
        return np.concatenate([of_hidden.ravel(), of_output.ravel()])

    def _unpacked(self, weights: Array) -> tuple[Array, Array]:
        n_hidden = self.size * (self.X.shape[1] + 1)
        to_hidden = weights[:n_hidden].reshape(self.size, self.X.shape[1] + 1)  # (size, n_in + 1)
        to_output = weights[n_hidden:].reshape(self.y.shape[1], self.size + 1)  # (n_out, size + 1)
        return to_hidden, to_output

    def _sigmoid(self, x: Array) -> Array:
        inside = self.arithmetic.sigmoid(x)
        return np.where(x < -SATURATION, 0.0, np.where(x > SATURATION, 1.0, inside))


def _with_bias(x: Array) -> Array:
    return np.column_stack([np.ones(len(x)), x])


@dataclass
class _Path:
    """Value and weights at the start and after each iteration."""

    values: list[Number]
    weights: list[Array]
    converged: bool = False


def _minimise(network: _Network, weights: Array, maxit: int, abstol: float, reltol: float) -> _Path:
    """Nash's Algorithm 21: BFGS with backtracking, restarted from steepest descent when stuck."""
    matmul = network.arithmetic.matmul
    n = len(weights)
    value, gradient = network.value(weights), network.gradient(weights)
    path = _Path([value], [weights])
    iteration, n_updates = 1, 0
    trial = value

    while iteration < maxit:
        if n_updates == 0:
            inverse_hessian = np.identity(n)
        direction = -matmul(inverse_hessian, gradient[:, None])[:, 0]
        slope = _dot(matmul, direction, gradient)

        improved = False
        if slope < 0:
            before, step, moving, acceptable = weights, 1.0, True, False
            while not acceptable and moving:
                weights = before + step * direction
                compared = zip(RELATIVE_TEST + before, RELATIVE_TEST + weights, strict=True)
                moving = any(old != new for old, new in compared)
                if moving:
                    trial = network.value(weights)
                    acceptable = trial <= value + slope * step * ACCEPTABLE_DECREASE
                    step = step if acceptable else step * STEP_REDUCTION
            enough = trial > abstol and abs(trial - value) > reltol * (abs(value) + reltol)
            improved = enough and moving
            value = trial if improved or not enough else value

        if improved:
            iteration += 1
            path.values.append(value)
            path.weights.append(weights)
            previous_gradient, gradient = gradient, network.gradient(weights)
            moved, turned = step * direction, gradient - previous_gradient
            curvature = _dot(matmul, moved, turned)
            if curvature > 0:
                inverse_hessian = _bfgs(matmul, inverse_hessian, moved, turned, curvature)
            n_updates = n_updates + 1 if curvature > 0 and n_updates < 2 * n else 0
        elif n_updates > 0:
            n_updates = 0
        else:
            path.values.append(value)
            path.weights.append(weights)
            path.converged = True
            break
    return path


def _bfgs(
    matmul: Callable[[Array, Array], Array],
    inverse_hessian: Array,
    moved: Array,
    turned: Array,
    curvature: Number,
) -> Array:
    turned_back = matmul(inverse_hessian, turned[:, None])[:, 0]
    stretch = 1 + _dot(matmul, turned, turned_back) / curvature
    return (
        inverse_hessian
        + (
            stretch * np.outer(moved, moved)
            - np.outer(moved, turned_back)
            - np.outer(turned_back, moved)
        )
        / curvature
    )


def _dot(matmul: Callable[[Array, Array], Array], a: Array, b: Array) -> Number:
    return matmul(a[None, :], b[:, None])[0, 0]
