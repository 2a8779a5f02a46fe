# Rosenbrock's banana, minimised by R's optim.

banana <- function(start) {
  value <- function(x) 100 * (x[2] - x[1]^2)^2 + (1 - x[1])^2
  gradient <- function(x) {
    valley <- x[2] - x[1]^2
    c(-400 * x[1] * valley - 2 * (1 - x[1]), 200 * valley)
  }
  found <- optim(
    start,
    value,
    gradient,
    method = "BFGS",
    control = list(reltol = 1e-25)
  )
  list(place = found$par, value = found$value)
}
