#' The error over all pairs of weights, and the way down
#'
#' The error surface that the second part of Trask's tutorial draws for a
#' network of two weights, and the path of its descent.
#'
#' @inheritParams one_layer_train
#' @param X Numeric matrix, n_obs x 2: inputs, one observation a row.
#' @param synapse_0 Numeric matrix, 2 x 1: starting weights.
#' @param low,high Range of both weights.
#' @param n_grid Number of values of each weight, `low` and `high` included, at
#'   least 2.
#' @return A list of class [nnmirror_fit][print.nnmirror_fit]: `surface` (n_grid
#'   x n_grid), the mean absolute error, the first weight down, the second
#'   across; `path_0`, `path_1` and `error`, both weights and their error before
#'   each update; `synapse_0` (2 x 1) after the last one.
#' @examples
#' X <- matrix(c(0, 0, 1, 1, 1, 1, 0, 0), 4, 2)
#' y <- matrix(c(0, 0, 1, 1))
#' down <- error_surface_descend(X, y, matrix(c(-8, 6)), -10, 10, 41, 200)
#' weights <- seq(-10, 10, length.out = 41)
#' contour(weights, weights, down$surface)
#' lines(down$path_0, down$path_1, col = "red")
#' @export
error_surface_descend <- function(
  X,
  y,
  synapse_0,
  low,
  high,
  n_grid,
  maxiter = 10000,
  arithmetic = arithmetic_native
) {
  check_shape("X", X, nrow(X), 2)
  check_shape("y", y, nrow(X), 1)
  check_shape("synapse_0", synapse_0, 2, 1)
  n_steps <- n_grid - 1
  check_positive("n_grid - 1", n_steps)
  check_positive("maxiter", maxiter)

  grid <- low + (high - low) * (seq_len(n_grid) - 1) / n_steps
  surface <- matrix(NA_real_, n_grid, n_grid)
  for (i in seq_len(n_grid)) {
    for (k in seq_len(n_grid)) {
      weights <- matrix(c(grid[i], grid[k]))
      fit <- one_layer_train(
        X,
        y,
        weights,
        maxiter = 1,
        arithmetic = arithmetic
      )
      surface[i, k] <- fit$error
    }
  }

  path_0 <- numeric(maxiter)
  path_1 <- numeric(maxiter)
  error <- numeric(maxiter)

  for (j in seq_len(maxiter)) {
    path_0[j] <- synapse_0[1, 1]
    path_1[j] <- synapse_0[2, 1]

    fit <- one_layer_train(
      X,
      y,
      synapse_0,
      maxiter = 1,
      arithmetic = arithmetic
    )
    error[j] <- fit$error

    synapse_0 <- fit$synapse_0
  }

  as_fit(list(
    surface = surface,
    path_0 = path_0,
    path_1 = path_1,
    error = error,
    synapse_0 = synapse_0
  ))
}
