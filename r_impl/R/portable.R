#' exp and the sigmoid with the same bits on every machine
#'
#' Made of `+`, `-`, `*`, `/` and rounding to whole numbers: IEEE 754 says what
#' these return, to the last bit. It leaves [exp()] to each C library.
#'
#' `portable_exp` is within 0.65 ULP of the exact value: Cody and Waite's
#' reduction, x = k ln 2 + r, with ln 2 in two parts; a polynomial of degree 12
#' in r, whose last sum is compensated; an exact scaling by 2^k. A subnormal
#' result is rounded once more, to within 1 ULP.
#'
#' @param x Numeric vector or matrix. `NaN` stays `NaN`.
#' @return Shaped as `x`: `portable_exp` e to the power of each element,
#'   `portable_sigmoid` 1 / (1 + exp(-x)).
#' @references W. J. Cody and W. Waite, Software Manual for the Elementary
#'   Functions, 1980, chapter 6.
#' @examples
#' x <- seq(-20, 20, length.out = 1001)
#' max(abs(portable_exp(x) / exp(x) - 1)) / .Machine$double.eps
#' @name portable
NULL

lowest <- -746 # exp is 0 and Inf beyond, for certain
highest <- 710
inv_ln2 <- 0x1.71547652b82fep+0
ln2_high <- 0x1.62e42feep-1 # 32 bits: a whole number below 2^21 times it is exact
ln2_low <- 0x1.a39ef35793c76p-33

# (exp(r) - 1 - r - r^2 / 2) / r^3 for |r| <= ln(2) / 2, interpolated at Chebyshev nodes: the
# coefficients of r^3, r^5 ..., and of r^4, r^6 ..., each with the highest power first
odd_powers <- c(
  0x1.af38a0d2d9620p-26,
  0x1.71de0db21e27fp-19,
  0x1.a01a01a7c327ap-13,
  0x1.11111111109b4p-7,
  0x1.5555555555556p-3
)
even_powers <- c(
  0x1.1f66da6ee7eeap-29,
  0x1.27e4e1f6a6779p-22,
  0x1.a01a01a47a78fp-16,
  0x1.6c16c16c167e2p-10,
  0x1.5555555555555p-5
)

least_power <- -1022
powers_of_two <- c(rev(cumprod(rep(0.5, 1022))), 1, cumprod(rep(2, 1023)))

#' @rdname portable
#' @export
portable_exp <- function(x) {
  usual <- isTRUE(max(0, abs(x)) < 700) # no NaN, and 2^k is a double
  if (!usual) {
    x[x < lowest] <- lowest
    x[x > highest] <- highest
  }
  k <- round(x * inv_ln2)
  high <- x - k * ln2_high # exact
  low <- k * ln2_low
  r <- high - low
  rest <- (high - r) - low # what r leaves out

  square <- r * r
  odd <- odd_powers[1]
  for (coefficient in odd_powers[-1]) {
    odd <- odd * square + coefficient
  }
  even <- even_powers[1]
  for (coefficient in even_powers[-1]) {
    even <- even * square + coefficient
  }
  tail <- square *
    0.5 +
    (square * (r * odd + square * even) + (rest + rest * r))
  s <- 1 + r
  y <- s + (((1 - s) + r) + tail) # (1 - s) + r is what s leaves out, exactly

  if (usual) {
    return(y * power_of_two(k))
  }
  k[is.na(k)] <- 0
  half <- floor(k * 0.5)
  y * power_of_two(half) * power_of_two(k - half)
}

#' @rdname portable
#' @export
portable_sigmoid <- function(x) {
  1 / (1 + portable_exp(-x))
}

power_of_two <- function(k) {
  powers_of_two[k - least_power + 1]
}
