X <- matrix(0, 4, 3)
y <- matrix(0, 4, 1)

test_that("a wrong shape is named with what was expected", {
  expect_error(
    one_layer_train(X, t(y), matrix(0, 3, 1)),
    "y is 1 x 4, expected 4 x 1"
  )
  expect_error(
    one_layer_train(X, y, matrix(0, 2, 1)),
    "synapse_0 is 2 x 1, expected 3 x 1"
  )
  expect_error(
    two_layer_train(X, y, matrix(0, 3, 4), matrix(0, 3, 1)),
    "synapse_1 is 3 x 1, expected 4 x 1"
  )
})

test_that("what is no numeric matrix is refused", {
  expect_error(
    one_layer_train(X, c(0, 0, 1, 1), matrix(0, 3, 1)),
    "y must be a numeric matrix"
  )
  expect_error(
    one_layer_train(X == 0, y, matrix(0, 3, 1)),
    "X must be a numeric matrix"
  )
})

test_that("there is at least one iteration", {
  expect_error(
    one_layer_train(X, y, matrix(0, 3, 1), maxiter = 0),
    "maxiter is 0"
  )
  expect_error(
    one_layer_train(X, y, matrix(0, 3, 1), maxiter = NA),
    "maxiter is NA"
  )
})
