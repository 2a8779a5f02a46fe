"""Statistics that describe a sample."""

import numpy as np
import pandas as pd
from scipy import stats


def try_sd(x):
    return np.std(x)


def try_sd_equal(x):
    return np.std(x, ddof=1)


def try_var(x):
    return np.var(x)


def try_var_equal(x):
    return np.var(x, ddof=1)


def try_cov(x, y):
    return np.cov(x, y)[0, 1]


def try_cor(x, y):
    return np.corrcoef(x, y)[0, 1]


def try_spearman(x, y):
    return stats.spearmanr(x, y).statistic


def try_kendall(x, y):
    return stats.kendalltau(x, y).statistic


def try_mad(x):
    return stats.median_abs_deviation(x)


def try_mad_equal(x):
    return 1.4826 * stats.median_abs_deviation(x)


def try_median(x):
    return np.median(x)


def try_quantile(x, p):
    return np.quantile(x, p)


def try_quantile_6(x, p):
    return np.quantile(x, p)


def try_quantile_6_equal(x, p):
    return np.quantile(x, p, method="weibull")


def try_iqr(x):
    return stats.iqr(x)


def try_fivenum(x):
    return np.percentile(x, [0, 25, 50, 75, 100])


def try_scale(x):
    return stats.zscore(x)


def try_scale_equal(x):
    return stats.zscore(x, ddof=1)


def try_weighted_mean(x, w):
    return np.average(x, weights=w)


def try_trimmed_mean(x):
    return stats.trim_mean(x, 0.1)


def try_rank(x):
    return stats.rankdata(x)


def try_rank_series(x):
    return pd.Series(x).rank(ascending=False)


def try_rank_series_equal(x):
    return pd.Series(x).rank()


def try_skewness(x):
    return stats.skew(x)


def try_skewness_equal(x):
    return stats.skew(x, bias=False)


def try_kurtosis(x):
    return stats.kurtosis(x)


def try_kurtosis_equal(x):
    return stats.kurtosis(x, fisher=False)


def try_sem(x):
    return stats.sem(x)


def try_histogram(x):
    counts, _ = np.histogram(x, bins=[0, 1, 2, 3, 4])
    return counts


def try_cut(x):
    codes = pd.cut(x, [0, 1, 2, 3, 4], labels=False)
    return codes


def try_cut_equal(x):
    codes = pd.cut(x, [0, 1, 2, 3, 4], labels=False)
    return codes + 1


def try_table(labels):
    return pd.Series(labels).value_counts()


def try_tabulate(k):
    return np.bincount(k)


def try_tabulate_equal(k):
    return np.bincount(k)[1:]
