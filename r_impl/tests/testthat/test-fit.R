X <- matrix(c(0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1), 4, 3, byrow = TRUE)
y <- matrix(c(0, 0, 1, 1))
fit <- one_layer_train(X, y, matrix(c(-0.2, 0.4, -0.9)), maxiter = 100)

test_that("a fit prints a line for each element, with its extent", {
  lines <- capture.output(print(fit))
  expect_length(lines, length(fit))
  expect_match(lines[1], "^layer_1 +4 x 1 ")
  expect_match(lines[3], "^error +100 .* \\.\\.\\. ")
})

test_that("few values print in full, with as many digits as asked for", {
  line <- capture.output(print(fit, digits = 3))[5]
  expect_equal(
    strsplit(line, " +")[[1]],
    c("synapse_0", "3", "x", "1", trimws(format(fit$synapse_0, digits = 3)))
  )
})

test_that("printing returns the fit, which stays a list", {
  capture.output(returned <- withVisible(print(fit)))
  expect_false(returned$visible)
  expect_identical(returned$value, fit)
  expect_type(fit, "list")
})

test_that("every training function returns a fit", {
  expect_s3_class(fit, "nnmirror_fit")
  expect_s3_class(descent_descend(c(1, 0, 0), matrix(3), 0.1), "nnmirror_fit")
})
