layers <- c(2, 3, 2)
data <- matrix(c(0.2, 0.3, 0.9, 0.1), 2, byrow = TRUE)
y_true <- matrix(c(0.3, 0.67, 0.5, 0.1), 2, byrow = TRUE)
weights <- random_numbers_numpy_uniform(1, 17)

test_that("a prediction is the one worked with matrices", {
  hidden <- plogis(cbind(data, 1) %*% matrix(weights[1:9], 3))
  output <- plogis(cbind(hidden, 1) %*% matrix(weights[10:17], 4))
  expect_equal(dnn_predict(data, layers, weights, 1), output, tolerance = 1e-14)
})

test_that("an update goes down by the learning rate times the gradient", {
  one <- data[1, , drop = FALSE]
  fit <- dnn_train(one, y_true[1, , drop = FALSE], layers, weights, 1, 0.5)
  expect_identical(fit$weights, weights - 0.5 * fit$gradients)
})

test_that("many observations are taken one after the other", {
  row <- function(x, i) x[i, , drop = FALSE]
  both <- dnn_train(data, y_true, layers, weights, 1)
  first <- dnn_train(row(data, 1), row(y_true, 1), layers, weights, 1)
  second <- dnn_train(row(data, 2), row(y_true, 2), layers, first$weights, 1)
  expect_identical(both$weights, second$weights)
  expect_identical(both$error, first$error + second$error)
})

test_that("accuracy is the share of new observations that are named right", {
  fit <- dnn_train_and_test(
    data,
    y_true,
    data,
    diag(2),
    layers,
    weights,
    1,
    0.01,
    1
  )
  expect_identical(fit$accuracy, mean(max.col(fit$output) == 1:2))
})

test_that("weights that do not fit the layers are refused", {
  expect_error(
    dnn_predict(data, layers, weights[-1], 1),
    "weights has length 16, expected 17"
  )
})
