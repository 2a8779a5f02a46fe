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
