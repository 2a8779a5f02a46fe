#' Train a network with one hidden layer by gradient descent
#'
#' Sigmoid units, no biases: the network of Examples 2 and 3 of Clark's chapter
#' on neural networks, and of the second part of Trask's tutorial. Example 2 has
#' no step size, which is `alpha = 1`. Example 3 and part of Trask's code write
#' the error as `layer_2 - y` and subtract the update; negation is exact, so all
#' give the same bits.
#'
#' @inheritParams one_layer_train
#' @param synapse_0 Numeric matrix, n_in x hidden_size: starting weights of the
#'   hidden layer.
#' @param synapse_1 Numeric matrix, hidden_size x 1: starting weights of the
#'   output.
#' @param alpha Step size.
#' @param count_direction_changes Count how often each weight's update changed
#'   direction: how often the test `update > 0` came out otherwise than one
#'   iteration before.
#' @return A list of class [nnmirror_fit][print.nnmirror_fit], in the order in
#'   which an iteration makes its elements: `layer_1` (n_obs x hidden_size),
#'   `layer_2`, `layer_2_error` (n_obs x 1), `error` (one mean absolute error
#'   before each update), `layer_2_delta` (n_obs x 1), `layer_1_error`,
#'   `layer_1_delta` (n_obs x hidden_size), all before the last update, and
#'   `synapse_1` (hidden_size x 1), `synapse_0` (n_in x hidden_size) after it;
#'   where asked for, the counts `synapse_1_direction_count` and
#'   `synapse_0_direction_count`, shaped as the weights.
#' @examples
#' X <- matrix(c(0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1), 4, 3, byrow = TRUE)
#' y <- matrix(c(0, 1, 1, 0))
#' weights <- 2 * random_numbers_r_uniform(1, 16) - 1
#' synapse_0 <- matrix(weights[1:12], 3, 4)
#' synapse_1 <- matrix(weights[13:16], 4, 1)
#' fit <- two_layer_train(X, y, synapse_0, synapse_1, maxiter = 5000)
#' plot(fit$error, type = "l", log = "xy", xlab = "iteration", ylab = "error")
#' round(cbind(fit$layer_2, y), 3)
#' @export
two_layer_train <- function(
  X,
  y,
  synapse_0,
  synapse_1,
  alpha = 1,
  maxiter = 30000,
  count_direction_changes = FALSE,
  arithmetic = arithmetic_native
) {
  n_obs <- nrow(X)
  n_in <- ncol(X)
  hidden_size <- ncol(synapse_0)
  check_shape("X", X, n_obs, n_in)
  check_shape("y", y, n_obs, 1)
  check_shape("synapse_0", synapse_0, n_in, hidden_size)
  check_shape("synapse_1", synapse_1, hidden_size, 1)
  check_positive("maxiter", maxiter)

  matmul <- arithmetic$matmul
  sigmoid <- arithmetic$sigmoid
  mean <- arithmetic$mean
  error <- numeric(maxiter)
  prev_synapse_1_update <- NULL
  prev_synapse_0_update <- NULL
  synapse_1_direction_count <- matrix(0, hidden_size, 1)
  synapse_0_direction_count <- matrix(0, n_in, hidden_size)

  for (j in seq_len(maxiter)) {
    layer_1 <- sigmoid(matmul(X, synapse_0)) # n_obs x hidden_size
    layer_2 <- sigmoid(matmul(layer_1, synapse_1)) # n_obs x 1

    layer_2_error <- y - layer_2 # n_obs x 1
    error[j] <- mean(abs(layer_2_error))

    layer_2_delta <- layer_2_error * (layer_2 * (1 - layer_2)) # n_obs x 1
    layer_1_error <- matmul(layer_2_delta, t(synapse_1)) # n_obs x hidden_size
    layer_1_delta <- layer_1_error * (layer_1 * (1 - layer_1)) # n_obs x hidden_size

    synapse_1_update <- matmul(t(layer_1), layer_2_delta) # hidden_size x 1
    synapse_0_update <- matmul(t(X), layer_1_delta) # n_in x hidden_size

    if (count_direction_changes && j > 1) {
      synapse_1_direction_count <- synapse_1_direction_count +
        ((synapse_1_update > 0) != (prev_synapse_1_update > 0))
      synapse_0_direction_count <- synapse_0_direction_count +
        ((synapse_0_update > 0) != (prev_synapse_0_update > 0))
    }
    prev_synapse_1_update <- synapse_1_update
    prev_synapse_0_update <- synapse_0_update

    synapse_1 <- synapse_1 + alpha * synapse_1_update
    synapse_0 <- synapse_0 + alpha * synapse_0_update
  }

  fit <- list(
    layer_1 = layer_1,
    layer_2 = layer_2,
    layer_2_error = layer_2_error,
    error = error,
    layer_2_delta = layer_2_delta,
    layer_1_error = layer_1_error,
    layer_1_delta = layer_1_delta,
    synapse_1 = synapse_1,
    synapse_0 = synapse_0
  )
  if (count_direction_changes) {
    fit$synapse_1_direction_count <- synapse_1_direction_count
    fit$synapse_0_direction_count <- synapse_0_direction_count
  }
  as_fit(fit)
}
