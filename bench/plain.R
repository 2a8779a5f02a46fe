# The sources' training loops with nothing recorded.
one_layer <- function(X, y, synapse_0, maxiter) {
  for (j in seq_len(maxiter)) {
    layer_1 <- plogis(X %*% synapse_0)
    layer_1_delta <- (y - layer_1) * (layer_1 * (1 - layer_1))
    synapse_0 <- synapse_0 + crossprod(X, layer_1_delta)
  }
  synapse_0
}

two_layer <- function(X, y, synapse_0, synapse_1, alpha, maxiter) {
  for (j in seq_len(maxiter)) {
    layer_1 <- plogis(X %*% synapse_0)
    layer_2 <- plogis(layer_1 %*% synapse_1)
    layer_2_delta <- (y - layer_2) * (layer_2 * (1 - layer_2))
    layer_1_delta <- (layer_2_delta %*% t(synapse_1)) *
      (layer_1 * (1 - layer_1))
    synapse_1 <- synapse_1 + alpha * crossprod(layer_1, layer_2_delta)
    synapse_0 <- synapse_0 + alpha * crossprod(X, layer_1_delta)
  }
  synapse_0
}
