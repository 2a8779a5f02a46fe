#' Gradient descent on a curve
#'
#' Balls that step down a curve by `alpha` times its slope, as the second part
#' of Trask's tutorial imagines. `alpha = 1` is its naive gradient descent,
#' `x = x - slope`.
#'
#' @param coefficients Numeric vector: the curve, a polynomial, its highest
#'   power first.
#' @param x Numeric matrix, n_balls x 1: where the balls start.
#' @param alpha Step size.
#' @param maxiter Number of steps, at least 1.
#' @param arithmetic How to average: see [arithmetic].
#' @return A list of class [nnmirror_fit][print.nnmirror_fit]: `first_x` and
#'   `mean_height`, where the first ball is and how high all are, before each
#'   step; `slope` (n_balls x 1) before the last step; `x`, `height` (n_balls x
#'   1) after it.
#' @examples
#' # the curve x^2 from x = 3: converges, bounces for ever, diverges
#' for (alpha in c(0.1, 1, 1.1)) {
#'   print(descent_descend(c(1, 0, 0), matrix(3), alpha, maxiter = 8)$first_x)
#' }
#' @export
descent_descend <- function(
  coefficients,
  x,
  alpha,
  maxiter = 100,
  arithmetic = arithmetic_native
) {
  check_shape("x", x, nrow(x), 1)
  degree <- length(coefficients) - 1
  check_positive("degree", degree)
  check_positive("maxiter", maxiter)

  slope_coefficients <- coefficients[seq_len(degree)] * rev(seq_len(degree))
  first_x <- numeric(maxiter)
  mean_height <- numeric(maxiter)

  for (j in seq_len(maxiter)) {
    first_x[j] <- x[1, 1]
    mean_height[j] <- arithmetic$mean(polynomial(coefficients, x))

    slope <- polynomial(slope_coefficients, x) # n_balls x 1

    x <- x - alpha * slope # n_balls x 1
  }

  as_fit(list(
    first_x = first_x,
    mean_height = mean_height,
    slope = slope,
    x = x,
    height = polynomial(coefficients, x)
  ))
}

polynomial <- function(coefficients, x) {
  value <- matrix(coefficients[1], nrow(x), 1)
  for (coefficient in coefficients[-1]) {
    value <- value * x + coefficient
  }
  value
}
