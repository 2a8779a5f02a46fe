# Statistical tests: each gives its statistic and its p-value.

both <- function(result) c(unname(result$statistic), result$p.value)

try_t_test <- function(x, y) both(t.test(x, y))

try_paired_t_test <- function(x, y) both(t.test(x, y, paired = TRUE))

try_wilcoxon <- function(x, y) both(wilcox.test(x, y))

try_signed_rank <- function(x, y) wilcox.test(x, y, paired = TRUE)$p.value

try_fisher <- function(table) fisher.test(table)$p.value

try_fisher_odds <- function(table) unname(fisher.test(table)$estimate)

try_chisq <- function(table) both(chisq.test(table))

try_chisq_uniform <- function(counts) both(chisq.test(counts))

try_ks <- function(x, y) both(ks.test(x, y))

try_ks_normal <- function(x) both(ks.test(x, "pnorm"))

try_shapiro <- function(x) both(shapiro.test(x))

try_cor_test <- function(x, y) cor.test(x, y)$p.value

try_p_adjust <- function(p) p.adjust(p)

groups <- function(x, y) {
  data.frame(v = c(x, y), g = factor(rep(1:2, c(length(x), length(y)))))
}

try_bartlett <- function(x, y) both(bartlett.test(v ~ g, groups(x, y)))

try_kruskal <- function(x, y) both(kruskal.test(v ~ g, groups(x, y)))

try_oneway <- function(x, y) both(oneway.test(v ~ g, groups(x, y)))

try_binom <- function(k, n) binom.test(k, n, 0.4)$p.value

try_fligner <- function(x, y) both(fligner.test(v ~ g, groups(x, y)))

try_ansari <- function(x, y) both(ansari.test(x, y))

try_power_divergence <- function(counts) {
  2 * sum(counts * log(counts / mean(counts)))
}
