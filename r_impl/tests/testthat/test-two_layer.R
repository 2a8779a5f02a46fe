X <- matrix(c(0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1), 4, 3, byrow = TRUE)
y <- matrix(c(0, 1, 1, 1))

test_that("the first iteration from zero weights is the one worked by hand", {
  fit <- two_layer_train(
    X,
    y,
    matrix(0, 3, 2),
    matrix(0, 2, 1),
    alpha = 2,
    maxiter = 1
  )
  expect_identical(fit$layer_2_delta, matrix(c(-1, 1, 1, 1) / 8))
  expect_identical(fit$synapse_1, matrix(0.25, 2, 1))
  expect_identical(fit$synapse_0, matrix(0, 3, 2))
})

test_that("alpha = 1 is the default", {
  weights <- random_numbers_r_uniform(1, 16)
  synapse_0 <- matrix(weights[1:12], 3, 4)
  synapse_1 <- matrix(weights[13:16])
  expect_identical(
    two_layer_train(X, y, synapse_0, synapse_1, maxiter = 10),
    two_layer_train(X, y, synapse_0, synapse_1, alpha = 1, maxiter = 10)
  )
})

test_that("direction changes are counted where the sign test differs from the one before", {
  weights <- random_numbers_r_uniform(1, 16)
  synapse_0 <- matrix(weights[1:12], 3, 4)
  train <- function(maxiter, ...) {
    two_layer_train(X, y, synapse_0, matrix(weights[13:16]), 10, maxiter, ...)
  }
  path <- lapply(1:60, function(maxiter) train(maxiter)$synapse_0)
  rises <- Map(
    function(after, before) after > before,
    path,
    c(list(synapse_0), path[-60])
  )
  changes <- Map(`!=`, rises[-1], rises[-60])
  counted <- train(60, count_direction_changes = TRUE)$synapse_0_direction_count
  expect_identical(counted, Reduce(`+`, changes) + 0)
  expect_gt(sum(counted), 0)
})

test_that("an update of exactly 0 does not rise", {
  fit <- two_layer_train(
    X,
    y,
    matrix(0, 3, 2),
    matrix(0, 2, 1),
    maxiter = 2,
    count_direction_changes = TRUE
  )
  expect_identical(fit$synapse_0_direction_count, matrix(1, 3, 2))
  expect_identical(fit$synapse_1_direction_count, matrix(0, 2, 1))
})
