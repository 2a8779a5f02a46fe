"""Densities, tails and quantiles of distributions."""

import numpy as np
from scipy import stats


def try_pnorm_tail(x):
    return 1 - stats.norm.cdf(x)


def try_pnorm_tail_equal(x):
    return stats.norm.sf(x)


def try_dnorm(x):
    return stats.norm.pdf(x, 1.5, 4.0)


def try_dnorm_equal(x):
    return stats.norm.pdf(x, 1.5, 2.0)


def try_qnorm(p):
    return stats.norm.ppf(p)


def try_dexp(x):
    return stats.expon.pdf(x, 0, 2.5)


def try_dexp_equal(x):
    return stats.expon.pdf(x, scale=1 / 2.5)


def try_pgamma(x):
    return stats.gamma.cdf(x, 2.0, 0, 1.7)


def try_pgamma_equal(x):
    return stats.gamma.cdf(x, 2.0, 0, 1 / 1.7)


def try_dgeom(k):
    return stats.geom.pmf(k, 0.3)


def try_dgeom_equal(k):
    return stats.geom.pmf(k + 1, 0.3)


def try_dnbinom(k):
    return stats.nbinom.pmf(k, 3, 0.4)


def try_dbinom(k):
    return stats.binom.pmf(k, 12, 0.35)


def try_ppois(k):
    return stats.poisson.cdf(k, 2.3)


def try_dhyper(k):
    return stats.hypergeom.pmf(k, 10, 7, 8)


def try_dhyper_equal(k):
    return stats.hypergeom.pmf(k, 17, 10, 8)


def try_punif(x):
    return stats.uniform.cdf(x, 2, 5)


def try_punif_equal(x):
    return stats.uniform.cdf(x, 2, 5 - 2)


def try_dlnorm(x):
    return stats.lognorm.pdf(x, 0.5, 1.2)


def try_dlnorm_equal(x):
    return stats.lognorm.pdf(x, 0.5, 0, np.exp(1.2))


def try_pweibull(x):
    return stats.weibull_min.cdf(x, 1.5, 0, 2.0)


def try_pt(x):
    return stats.t.cdf(x, 4.5)


def try_qbeta(p):
    return stats.beta.ppf(p, 2.5, 1.5)


def try_pf(x):
    return stats.f.sf(x, 3, 7)


def try_pf_equal(x):
    return stats.f.cdf(x, 3, 7)


def try_qchisq(p):
    return stats.chi2.ppf(p, 3)


def try_plogis(x):
    return stats.logistic.cdf(x)


def try_uniform(n, seed):
    return np.random.RandomState(seed).random_sample(n)
