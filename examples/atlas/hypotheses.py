"""Statistical tests: each gives its statistic and its p-value."""

import numpy as np
from scipy import stats


def both(result):
    return [float(result.statistic), float(result.pvalue)]


def try_t_test(x, y):
    return both(stats.ttest_ind(x, y))


def try_t_test_equal(x, y):
    return both(stats.ttest_ind(x, y, equal_var=False))


def try_paired_t_test(x, y):
    return both(stats.ttest_ind(x, y, equal_var=False))


def try_paired_t_test_equal(x, y):
    return both(stats.ttest_rel(x, y))


def try_wilcoxon(x, y):
    return both(stats.mannwhitneyu(x, y))


def try_signed_rank(x, y):
    return stats.wilcoxon(x, y).pvalue


def try_fisher(table):
    return stats.fisher_exact(table).pvalue


def try_fisher_odds(table):
    return stats.fisher_exact(table).statistic


def try_chisq(table):
    return both(stats.chi2_contingency(table))


def try_chisq_uniform(counts):
    return both(stats.chisquare(counts))


def try_ks(x, y):
    return both(stats.ks_2samp(x, y))


def try_ks_normal(x):
    return both(stats.kstest(x, "norm"))


def try_shapiro(x):
    return both(stats.shapiro(x))


def try_cor_test(x, y):
    return stats.pearsonr(x, y).pvalue


def try_p_adjust(p):
    return stats.false_discovery_control(p)


def try_bartlett(x, y):
    return both(stats.bartlett(x, y))


def try_kruskal(x, y):
    return both(stats.kruskal(x, y))


def try_oneway(x, y):
    return both(stats.f_oneway(x, y))


def try_oneway_equal(x, y):
    return both(stats.f_oneway(x, y, equal_var=False))


def try_binom(k, n):
    return stats.binomtest(k, n, 0.4).pvalue


def try_fligner(x, y):
    return both(stats.fligner(x, y))


def try_ansari(x, y):
    return both(stats.ansari(x, y))


def try_power_divergence(counts):
    expected = np.full(len(counts), counts.mean())
    return float(stats.power_divergence(counts, expected, lambda_="log-likelihood").statistic)
