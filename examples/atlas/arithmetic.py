"""Arithmetic that looks the same in both languages."""

import math

import numpy as np


def try_round_half(x):
    return np.round(x)


def try_round_decimals(x):
    return np.round(x, 2)


def try_round_decimals_equal(x):
    return [round(float(value), 1) for value in x]


def try_signif(x):
    return np.round(x, 3)


def try_signif_equal(x):
    return [float(f"{value:.3g}") for value in x]


def try_modulo(a, b):
    return np.fmod(a, b)


def try_modulo_equal(a, b):
    return np.mod(a, b)


def try_integer_division(a, b):
    return np.trunc(a / b)


def try_integer_division_equal(a, b):
    return a // b


def try_cumsum(x):
    return np.cumsum(x)


def try_cumprod(x):
    return np.cumprod(x)


def try_prod(k):
    return np.prod(k)


def try_prod_equal(k):
    return np.prod(k.astype(float))


def try_factorial(n):
    return float(math.factorial(n))


def try_choose(n, k):
    return float(math.comb(n, k))


def try_sum_squares(k):
    return np.sum(k * k)


def try_sqrt(x):
    with np.errstate(invalid="ignore"):
        return np.sqrt(x)


def try_log(x):
    return np.log10(x)


def try_log_equal(x):
    return np.log(x)


def try_power(x, y):
    with np.errstate(invalid="ignore"):
        return float(x[0]) ** y


def try_power_equal(x, y):
    with np.errstate(invalid="ignore"):
        return x**y


def try_atan2(y, x):
    return np.arctan2(y, x)


def try_ceiling(x):
    return np.fix(x)


def try_ceiling_equal(x):
    return np.ceil(x)


def try_sequence(n):
    return np.arange(0, n)


def try_sequence_equal(n):
    return np.arange(0, n + 1)


def try_seq_length(n):
    return np.linspace(0, 1, n, endpoint=False)


def try_seq_length_equal(n):
    return np.linspace(0, 1, n)


def try_diff(x):
    return np.diff(x, 2)


def try_gradient_lag(x):
    return np.diff(x, 2)


def try_gradient_lag_equal(x):
    return x[2:] - x[:-2]


def try_degrees(x):
    return np.degrees(x)


def try_maximum(x):
    return np.maximum(x, 2.0)


def try_xor(a, b):
    return a ^ b
