#' A deep network with biases
#'
#' The practice page's network: sigmoid units, squared error, and weights that
#' each observation updates. The factor `c` belongs into the derivative of the
#' sigmoid too. The page leaves it out on purpose, for the learning rate to
#' absorb.
#'
#' @param data,new_data Numeric matrix, n_obs x n_in: inputs, one observation a
#'   row.
#' @param y_true,new_y_true Numeric matrix, n_obs x n_out: targets in \[0, 1\].
#' @param layers Number of neurons of each layer, input and output included,
#'   without biases.
#' @param weights Numeric vector: of one layer after the other, (neurons in next
#'   layer) x (neurons in current layer + 1), row by row; the last column is the
#'   bias.
#' @param maxiter How often to go through all observations, at least 1.
#' @param learning_rate Step size.
#' @param c The sigmoid is that of `c` times its argument.
#' @param arithmetic How to multiply and squash: see [arithmetic].
#' @return `dnn_predict()`: the output, n_obs x n_out.
#'   `dnn_train()`: a list of class [nnmirror_fit][print.nnmirror_fit] of
#'   `error`, the sum of squared errors over all observations, each before its
#'   update, of each iteration; `gradients` of the last observation, before the
#'   last update; `weights` after it; `output` (n_obs x n_out) with those
#'   weights.
#'   `dnn_train_and_test()`: another, of `error` and `weights`; `output` for the
#'   new data; `accuracy`, the share of them whose largest output is that of
#'   their class.
#' @examples
#' layers <- c(2, 3, 3, 2)
#' weights <- random_numbers_numpy_uniform(1, 29)
#' data <- matrix(c(0.2, 0.3), 1)
#' y_true <- matrix(c(0.3, 0.67), 1)
#' fit <- dnn_train(data, y_true, layers, weights)
#' rbind(fit$output, y_true)
#' @name dnn
NULL

#' @rdname dnn
#' @export
dnn_predict <- function(
  data,
  layers,
  weights,
  c,
  arithmetic = arithmetic_native
) {
  matrices <- unpacked(layers, weights)
  check_shape("data", data, nrow(data), layers[1])
  output <- matrix(0, nrow(data), layers[length(layers)])
  for (i in seq_len(nrow(data))) {
    x_s <- forward(matrix(data[i, ]), matrices, c, arithmetic)
    output[i, ] <- x_s[[length(x_s)]]
  }
  output
}

#' @rdname dnn
#' @export
dnn_train <- function(
  data,
  y_true,
  layers,
  weights,
  maxiter = 1000,
  learning_rate = 0.01,
  c = 1,
  arithmetic = arithmetic_native
) {
  matrices <- unpacked(layers, weights)
  n_obs <- nrow(data)
  n_matrices <- length(matrices)
  check_shape("data", data, n_obs, layers[1])
  check_shape("y_true", y_true, n_obs, layers[length(layers)])
  check_positive("maxiter", maxiter)

  matmul <- arithmetic$matmul
  error <- numeric(maxiter)

  for (j in seq_len(maxiter)) {
    for (i in seq_len(n_obs)) {
      x_s <- forward(matrix(data[i, ]), matrices, c, arithmetic)
      output <- x_s[[n_matrices + 1]]

      missed <- matrix(y_true[i, ]) - output # n_out x 1
      error[j] <- error[j] + matmul(t(missed), missed)[1, 1]

      psi <- -2 * missed * (output * (1 - output)) # n_out x 1
      gradients <- list(times_row(psi, x_s[[n_matrices]])) # n_out x n_last + 1
      for (layer in rev(seq_len(n_matrices - 1))) {
        w <- without_bias(matrices[[layer + 1]]) # n_next x n_current
        x <- x_s[[layer + 1]][seq_len(ncol(w)), , drop = FALSE] # n_current x 1
        term <- w * as_rows(x, nrow(w)) * as_rows(1 - x, nrow(w)) # n_next x n_current
        psi <- matmul(t(term), psi) # n_current x 1
        gradients <- append(gradients, list(times_row(psi, x_s[[layer]])))
      }

      gradients <- rev(gradients)
      for (layer in seq_len(n_matrices)) {
        matrices[[layer]] <- matrices[[layer]] -
          learning_rate * gradients[[layer]]
      }
    }
  }

  weights <- packed(matrices)
  as_fit(list(
    error = error,
    gradients = packed(gradients),
    weights = weights,
    output = dnn_predict(data, layers, weights, c, arithmetic)
  ))
}

#' @rdname dnn
#' @export
dnn_train_and_test <- function(
  data,
  y_true,
  new_data,
  new_y_true,
  layers,
  weights,
  maxiter,
  learning_rate,
  c,
  arithmetic = arithmetic_native
) {
  check_shape("new_y_true", new_y_true, nrow(new_data), layers[length(layers)])
  fit <- dnn_train(
    data,
    y_true,
    layers,
    weights,
    maxiter,
    learning_rate,
    c,
    arithmetic
  )
  output <- dnn_predict(new_data, layers, fit$weights, c, arithmetic)
  right <- max.col(output, "first") == max.col(new_y_true, "first")
  as_fit(list(
    error = fit$error,
    weights = fit$weights,
    output = output,
    accuracy = mean(right)
  ))
}

# Each layer as a column, all but the last with the bias's 1 below it
forward <- function(x, matrices, c, arithmetic) {
  x_s <- list(x)
  for (layer in seq_along(matrices)) {
    x_s[[layer]] <- rbind(x_s[[layer]], 1)
    z <- arithmetic$matmul(matrices[[layer]], x_s[[layer]]) # n_next x 1
    x_s[[layer + 1]] <- arithmetic$sigmoid(c * z)
  }
  x_s
}

as_rows <- function(x, n) matrix(x, n, length(x), byrow = TRUE)

times_row <- function(psi, x) psi[, 1] * as_rows(x, nrow(psi))

without_bias <- function(w) w[, seq_len(ncol(w) - 1), drop = FALSE]

# The matrix of each layer, n_next x (n_current + 1)
unpacked <- function(layers, weights) {
  n_matrices <- length(layers) - 1
  rows <- layers[-1]
  columns <- layers[seq_len(n_matrices)] + 1
  if (length(weights) != sum(rows * columns)) {
    stop(
      sprintf(
        "weights has length %d, expected %d",
        length(weights),
        sum(rows * columns)
      ),
      call. = FALSE
    )
  }
  last <- cumsum(rows * columns)
  first <- last - rows * columns + 1
  lapply(seq_len(n_matrices), function(i) {
    matrix(weights[first[i]:last[i]], rows[i], columns[i], byrow = TRUE)
  })
}

packed <- function(matrices) {
  unlist(lapply(matrices, function(m) as.vector(t(m))))
}
