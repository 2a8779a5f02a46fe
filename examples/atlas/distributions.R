# Densities, tails and quantiles of distributions.

try_pnorm_tail <- function(x) pnorm(x, lower.tail = FALSE)

try_dnorm <- function(x) dnorm(x, 1.5, 2)

try_qnorm <- function(p) qnorm(p)

try_dexp <- function(x) dexp(x, 2.5)

try_pgamma <- function(x) pgamma(x, 2, 1.7)

try_dgeom <- function(k) dgeom(k, 0.3)

try_dnbinom <- function(k) dnbinom(k, 3, 0.4)

try_dbinom <- function(k) dbinom(k, 12, 0.35)

try_ppois <- function(k) ppois(k, 2.3)

try_dhyper <- function(k) dhyper(k, 10, 7, 8)

try_punif <- function(x) punif(x, 2, 5)

try_dlnorm <- function(x) dlnorm(x, 1.2, 0.5)

try_pweibull <- function(x) pweibull(x, 1.5, 2)

try_pt <- function(x) pt(x, 4.5)

try_qbeta <- function(p) qbeta(p, 2.5, 1.5)

try_pf <- function(x) pf(x, 3, 7)

try_qchisq <- function(p) qchisq(p, 3)

try_plogis <- function(x) plogis(x)

try_uniform <- function(n, seed) {
  set.seed(seed)
  runif(n)
}
