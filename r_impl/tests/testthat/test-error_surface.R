X <- matrix(c(0, 0, 1, 1, 1, 1, 0, 0), 4, 2)
y <- matrix(c(0, 0, 1, 1))
start <- matrix(c(-0.5, 0.25))

test_that("the surface is the error of each pair of weights", {
  found <- error_surface_descend(X, y, start, -2, 4, 4, maxiter = 1)$surface
  weights <- c(-2, 0, 2, 4)
  for (i in 1:4) {
    for (k in 1:4) {
      output <- plogis(X %*% c(weights[i], weights[k]))
      expect_identical(found[i, k], mean(abs(y - output)))
    }
  }
})

test_that("the path is that of the network with two weights", {
  down <- error_surface_descend(X, y, start, -1, 1, 2, maxiter = 50)
  fit <- one_layer_train(X, y, start, maxiter = 50)
  expect_identical(down$error, fit$error)
  expect_identical(down$synapse_0, fit$synapse_0)
  expect_identical(c(down$path_0[1], down$path_1[1]), c(-0.5, 0.25))
})

test_that("three weights have no surface", {
  expect_error(
    error_surface_descend(matrix(1, 4, 3), y, start, -1, 1, 3),
    "X is 4 x 3, expected 4 x 2"
  )
})
