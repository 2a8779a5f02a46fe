# Models, optimisation, quadrature and interpolation.

try_line <- function(x, y) unname(coef(lm(y ~ x)))

try_polynomial <- function(x, y) unname(coef(lm(y ~ x + I(x^2))))

try_nls <- function(x, y) {
  unname(coef(nls(y ~ a * exp(b * x), start = list(a = 1, b = 0.1))))
}

try_isotonic <- function(y) isoreg(y)$yf

try_aic <- function(x, y) AIC(lm(y ~ x))

try_optimize <- function(a) {
  optimize(function(x) (x - a)^2 + x^4, c(-3, 3))$minimum
}

try_optim <- function(a) {
  rosenbrock <- function(p) (a - p[1])^2 + 100 * (p[2] - p[1]^2)^2
  optim(c(-1.2, 1), rosenbrock)$par
}

try_uniroot <- function(a) uniroot(function(x) x^3 - a, c(0, 5))$root

try_polyroot <- function(c) sort(polyroot(c))

try_integrate <- function(a) {
  integrate(function(x) exp(-a * x) * sin(x), 0, Inf)$value
}

try_trapezoid <- function(x, y) {
  n <- length(x)
  sum(diff(x) * (y[-1] + y[-n]) / 2)
}

try_approx <- function(x, y, at) approx(x, y, at)$y

try_splinefun <- function(x, y, at) splinefun(x, y)(at)

try_splinefun_equal <- function(x, y, at) {
  splinefun(x, y, method = "natural")(at)
}

try_ecdf <- function(x, at) ecdf(x)(at)

try_find_interval <- function(x, at) {
  findInterval(at, x)
}

try_convolve <- function(x, y) convolve(x, rev(y), type = "open")

try_fft <- function(x) Mod(fft(x))

try_inverse_fft <- function(x) Re(fft(x, inverse = TRUE))

try_filter <- function(x) c(stats::filter(x, rep(1 / 3, 3)))

try_autocorrelation <- function(x) c(acf(x, lag.max = 2, plot = FALSE)$acf)

try_ewma <- function(x) {
  Reduce(function(m, v) 0.7 * m + 0.3 * v, x, accumulate = TRUE)
}
