#' Train a sigmoid of a linear predictor by gradient descent
#'
#' The network of Example 1 of Clark's chapter on neural networks.
#'
#' @param X Numeric matrix, n_obs x n_in: inputs, one observation a row.
#' @param y Numeric matrix, n_obs x 1: targets in \[0, 1\].
#' @param synapse_0 Numeric matrix, n_in x 1: starting weights.
#' @param maxiter Number of updates, at least 1.
#' @param arithmetic How to multiply, squash and average: see [arithmetic].
#' @return A list of class [nnmirror_fit][print.nnmirror_fit], in the order in
#'   which an iteration makes its elements: `layer_1`, `layer_1_error` (n_obs x
#'   1), `error` (one mean absolute error before each update), `layer_1_delta`
#'   (n_obs x 1), all before the last update, and `synapse_0` (n_in x 1) after
#'   it.
#' @examples
#' X <- matrix(c(0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1), 4, 3, byrow = TRUE)
#' y <- matrix(c(0, 0, 1, 1))
#' start <- matrix(2 * random_numbers_r_uniform(1, 3) - 1)
#' cbind(one_layer_train(X, y, start)$layer_1, y)
#' @export
one_layer_train <- function(
  X,
  y,
  synapse_0,
  maxiter = 10000,
  arithmetic = arithmetic_native
) {
  n_obs <- nrow(X)
  n_in <- ncol(X)
  check_shape("X", X, n_obs, n_in)
  check_shape("y", y, n_obs, 1)
  check_shape("synapse_0", synapse_0, n_in, 1)
  check_positive("maxiter", maxiter)

  matmul <- arithmetic$matmul
  sigmoid <- arithmetic$sigmoid
  mean <- arithmetic$mean
  error <- numeric(maxiter)

  for (j in seq_len(maxiter)) {
    layer_1 <- sigmoid(matmul(X, synapse_0)) # n_obs x 1

    layer_1_error <- y - layer_1 # n_obs x 1
    error[j] <- mean(abs(layer_1_error))

    layer_1_delta <- layer_1_error * (layer_1 * (1 - layer_1)) # n_obs x 1

    synapse_0 <- synapse_0 + matmul(t(X), layer_1_delta) # n_in x 1
  }

  as_fit(list(
    layer_1 = layer_1,
    layer_1_error = layer_1_error,
    error = error,
    layer_1_delta = layer_1_delta,
    synapse_0 = synapse_0
  ))
}
