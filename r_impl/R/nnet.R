#' Train a network with biases by nnet, and see every iteration
#'
#' Calls [nnet::nnet()] (logistic units, least squares, BFGS) with limits of 0,
#' 1, 2, ... iterations, so that its weights are seen in full after each, where
#' its own trace prints the value to six decimals at every tenth.
#'
#' `value[1]` belongs to the starting weights and `value[j + 1]` to the weights
#' after `j` iterations. nnet's trace counts from one: its "iter 10" stands in
#' `value[10]`.
#'
#' @param X Numeric matrix, n_obs x n_in: inputs, one observation a row.
#' @param y Numeric matrix, n_obs x n_out: targets in \[0, 1\].
#' @param size Number of hidden units.
#' @param Wts Starting weights, as nnet orders them: for each hidden unit, then
#'   for each output, the bias and the weights of its inputs. `NULL` leaves it to
#'   nnet to draw them, uniform in (-0.7, 0.7), from `random_state`.
#' @param random_state State of R's generator, as [random_numbers_r_state()]
#'   returns it; used where `Wts` is `NULL`.
#' @param maxit Most iterations.
#' @param abstol Stop where the value falls below this.
#' @param reltol Stop where the value changes by less than this fraction.
#' @param arithmetic nnet computes in C: only [arithmetic_native] is possible.
#' @return A list of class [nnmirror_fit][print.nnmirror_fit]: `value` (the sum
#'   of squared errors at the start and after each iteration), `weights` (one
#'   row for each element of `value`), `fitted` (n_obs x n_out), `final_value`,
#'   `coefficients` (named, as nnet does), `n_weights`, `convergence` (0:
#'   converged; 1: stopped by `maxit`).
#' @examples
#' X <- matrix(c(0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1), 4, 3, byrow = TRUE)
#' y <- matrix(c(0, 1, 1, 0))
#' fit <- nnet_train(X, y, 4, random_state = random_numbers_r_state(1, 24))
#' fit$value
#' fit$fitted
#' @export
nnet_train <- function(
  X,
  y,
  size,
  Wts = NULL,
  random_state = NULL,
  maxit = 100,
  abstol = 1e-4,
  reltol = 1e-8,
  arithmetic = arithmetic_native
) {
  check_shape("X", X, nrow(X), ncol(X))
  check_shape("y", y, nrow(X), ncol(y))
  check_positive("size", size)
  check_positive("maxit", maxit)
  if (!identical(arithmetic, arithmetic_native)) {
    stop("nnet has native arithmetic only", call. = FALSE)
  }
  n_weights <- size * (ncol(X) + 1) + ncol(y) * (size + 1)
  if (is.null(Wts)) {
    Wts <- nnet_draws(X, y, size, random_state)
  }
  if (length(Wts) != n_weights) {
    stop(
      sprintf("Wts has length %d, expected %d", length(Wts), n_weights),
      call. = FALSE
    )
  }

  value <- numeric(0)
  weights <- matrix(numeric(0), 0, n_weights)
  for (limit in c(0, seq_len(maxit)[-1])) {
    fit <- nnet::nnet(
      X,
      y,
      size = size,
      Wts = Wts,
      maxit = limit,
      abstol = abstol,
      reltol = reltol,
      MaxNWts = n_weights,
      trace = FALSE
    )
    value <- c(value, fit$value)
    weights <- rbind(weights, fit$wts)
    # a limit of 0 iterations counts as converged in nnet
    if (limit > 0 && fit$convergence == 0) {
      break
    }
  }

  as_fit(list(
    value = value,
    weights = weights,
    fitted = matrix(fit$fitted.values, nrow(X), ncol(y)),
    final_value = fit$value,
    coefficients = stats::coef(fit),
    n_weights = as.double(length(fit$wts)),
    convergence = as.double(fit$convergence)
  ))
}

# The weights that nnet itself draws from a state of R's generator
nnet_draws <- function(X, y, size, random_state) {
  if (is.null(random_state)) {
    stop("nnet_train needs Wts or random_state", call. = FALSE)
  }
  with_r_stream({
    assign(".Random.seed", random_state, envir = globalenv())
    nnet::nnet(X, y, size = size, maxit = 0, MaxNWts = Inf, trace = FALSE)$wts
  })
}
