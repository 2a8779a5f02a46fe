# Statistics that describe a sample.

try_sd <- function(x) sd(x)

try_var <- function(x) var(x)

try_cov <- function(x, y) cov(x, y)

try_cor <- function(x, y) cor(x, y)

try_spearman <- function(x, y) cor(x, y, method = "spearman")

try_kendall <- function(x, y) cor(x, y, method = "kendall")

try_mad <- function(x) mad(x)

try_median <- function(x) median(x)

try_quantile <- function(x, p) unname(quantile(x, p))

try_quantile_6 <- function(x, p) {
  unname(quantile(x, p, type = 6))
}

try_iqr <- function(x) IQR(x)

try_fivenum <- function(x) fivenum(x)

try_scale <- function(x) c(scale(x))

try_weighted_mean <- function(x, w) weighted.mean(x, w)

try_trimmed_mean <- function(x) mean(x, trim = 0.1)

try_rank <- function(x) rank(x)

try_rank_series <- function(x) rank(x)

try_skewness <- function(x) {
  n <- length(x)
  g <- mean((x - mean(x))^3) / mean((x - mean(x))^2)^1.5
  corrected <- g * sqrt(n * (n - 1)) / (n - 2)
  corrected
}

try_kurtosis <- function(x) {
  b <- mean((x - mean(x))^4) / mean((x - mean(x))^2)^2
  b
}

try_sem <- function(x) sd(x) / sqrt(length(x))

try_histogram <- function(x) hist(x, breaks = 0:4, plot = FALSE)$counts

try_cut <- function(x) as.integer(cut(x, 0:4))

try_table <- function(labels) c(table(labels))

try_tabulate <- function(k) tabulate(k)
