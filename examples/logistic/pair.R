# Logistic regression by R's glm, which is iteratively reweighted least squares too.

logistic <- function(y, X) {
  fit <- glm(
    y ~ X,
    family = binomial(),
    control = glm.control(epsilon = 1e-14, maxit = 50)
  )
  list(
    coefficients = unname(coef(fit)),
    errors = unname(sqrt(diag(vcov(fit)))),
    deviance = deviance(fit)
  )
}
