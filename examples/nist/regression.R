# Least squares by R's lm, with a constant.

coefficients <- function(y, X, tol = 1e-7) {
  list(coefficients = unname(coef(lm(y ~ X, tol = tol))))
}

polynomial <- function(y, x, degree) {
  coefficients(y, outer(x, seq_len(degree), "^"))
}

# The same, where no column counts as made up of the others.
polynomial_tight <- function(y, x, degree) {
  coefficients(y, outer(x, seq_len(degree), "^"), tol = 0)
}
