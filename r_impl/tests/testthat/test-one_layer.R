X <- matrix(c(0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1), 4, 3, byrow = TRUE)
y <- matrix(c(0, 0, 1, 1))

test_that("the first iteration from zero weights is the one worked by hand", {
  fit <- one_layer_train(X, y, matrix(0, 3, 1), maxiter = 1)
  expect_identical(fit$layer_1, matrix(0.5, 4, 1))
  expect_identical(fit$error, 0.5)
  expect_identical(fit$layer_1_delta, matrix(c(-1, -1, 1, 1) / 8))
  expect_identical(fit$synapse_0, matrix(c(0.25, 0, 0)))
})

test_that("training predicts the first column", {
  start <- matrix(2 * random_numbers_r_uniform(1, 3) - 1)
  fit <- one_layer_train(X, y, start)
  expect_identical(round(fit$layer_1), y)
  expect_length(fit$error, 10000)
})
