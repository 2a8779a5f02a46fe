"""Models, optimisation, quadrature and interpolation."""

import numpy as np
import pandas as pd
from scipy import integrate, interpolate, optimize, stats


def try_line(x, y):
    fit = stats.linregress(x, y)
    return [fit.slope, fit.intercept]


def try_line_equal(x, y):
    fit = stats.linregress(x, y)
    return [fit.intercept, fit.slope]


def try_polynomial(x, y):
    return np.polyfit(x, y, 2)


def try_polynomial_equal(x, y):
    return np.polyfit(x, y, 2)[::-1]


def try_nls(x, y):
    best, _ = optimize.curve_fit(lambda x, a, b: a * np.exp(b * x), x, y, p0=[1.0, 0.1])
    return best


def try_isotonic(y):
    return optimize.isotonic_regression(y).x


def try_aic(x, y):
    fit = stats.linregress(x, y)
    rss, n = np.sum((y - fit.intercept - fit.slope * x) ** 2), len(x)
    log_likelihood = -n / 2 * (np.log(2 * np.pi * rss / n) + 1)
    return 2 * 2 - 2 * log_likelihood


def try_aic_equal(x, y):
    fit = stats.linregress(x, y)
    rss, n = np.sum((y - fit.intercept - fit.slope * x) ** 2), len(x)
    log_likelihood = -n / 2 * (np.log(2 * np.pi * rss / n) + 1)
    return 2 * 3 - 2 * log_likelihood


def try_optimize(a):
    found = optimize.minimize_scalar(
        lambda x: (x - a) ** 2 + x**4, bounds=(-3, 3), method="bounded"
    )
    return found.x


def try_optim(a):
    def rosenbrock(p):
        return (a - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2

    return optimize.minimize(rosenbrock, [-1.2, 1.0], method="Nelder-Mead").x


def try_uniroot(a):
    return optimize.brentq(lambda x: x**3 - a, 0, 5)


def try_polyroot(c):
    return np.sort_complex(np.roots(c))


def try_polyroot_equal(c):
    return np.sort_complex(np.roots(c[::-1]))


def try_integrate(a):
    return integrate.quad(lambda x: np.exp(-a * x) * np.sin(x), 0, np.inf)[0]


def try_trapezoid(x, y):
    return np.trapezoid(y, x)


def try_approx(x, y, at):
    return np.interp(at, x, y)


def try_approx_equal(x, y, at):
    return np.interp(at, x, y, np.nan, np.nan)


def try_splinefun(x, y, at):
    return interpolate.CubicSpline(x, y)(at)


def try_splinefun_equal(x, y, at):
    return interpolate.CubicSpline(x, y, bc_type="natural")(at)


def try_ecdf(x, at):
    return stats.ecdf(x).cdf.evaluate(at)


def try_find_interval(x, at):
    return np.searchsorted(x, at)


def try_find_interval_equal(x, at):
    return np.searchsorted(x, at, side="right")


def try_convolve(x, y):
    return np.convolve(x, y)


def try_fft(x):
    return np.abs(np.fft.fft(x))


def try_inverse_fft(x):
    return np.fft.ifft(x).real


def try_inverse_fft_equal(x):
    return np.fft.ifft(x, norm="forward").real


def try_filter(x):
    return pd.Series(x).rolling(3).mean()


def try_filter_equal(x):
    return pd.Series(x).rolling(3, center=True).mean()


def products(x, reduce):
    centred = x - x.mean()
    return np.array([reduce(centred[k:] * centred[: len(x) - k]) for k in range(3)])


def try_autocorrelation(x):
    means = products(x, np.mean)
    return means / means[0]


def try_autocorrelation_equal(x):
    sums = products(x, np.sum)
    return sums / sums[0]


def try_ewma(x):
    return pd.Series(x).ewm(alpha=0.3).mean()


def try_ewma_equal(x):
    return pd.Series(x).ewm(alpha=0.3, adjust=False).mean()
