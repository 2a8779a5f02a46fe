# Maximum likelihood, as R's glm() finds it.
logistic_regression <- function(X, y) {
  fit <- stats::glm.fit(X, y[, 1], family = stats::binomial())
  list(
    coefficients = as.vector(fit$coefficients),
    fitted = as.vector(fit$fitted.values),
    iterations = as.double(fit$iter)
  )
}
