X <- matrix(c(0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1), 4, 3, byrow = TRUE)
y <- matrix(c(0, 1, 1, 0))
state <- random_numbers_r_state(1, 24)

test_that("the weights that nnet draws are those of the stream", {
  drawn <- -0.7 + 1.4 * random_numbers_r_uniform_from(state, 21)
  from_state <- nnet_train(X, y, 4, random_state = state)
  expect_identical(from_state$weights[1, ], drawn)
  expect_identical(nnet_train(X, y, 4, Wts = drawn), from_state)
})

test_that("the last iteration is nnet's own fit", {
  fit <- nnet_train(X, y, 4, random_state = state)
  set.seed(1)
  runif(24)
  direct <- nnet::nnet(X, y, size = 4, trace = FALSE)
  expect_identical(fit$final_value, direct$value)
  expect_identical(fit$coefficients, coef(direct))
  expect_identical(fit$weights[length(fit$value), ], direct$wts)
  expect_identical(fit$convergence, 0)
})

test_that("iterations are the ones that nnet's trace shows", {
  fit <- nnet_train(X, y, 4, random_state = state)
  trace <- capture.output(nnet::nnet(X, y, size = 4, Wts = fit$weights[1, ]))
  shown <- as.numeric(sub(".*value ", "", grep("value", trace, value = TRUE)))
  expect_identical(round(fit$value[c(1, 10, 20, length(fit$value))], 6), shown)
})

test_that("a limit of iterations is kept and told", {
  fit <- nnet_train(X, y, 4, random_state = state, maxit = 5)
  expect_identical(fit$convergence, 1)
  expect_length(fit$value, 5)
})

test_that("what cannot be run is refused", {
  expect_error(nnet_train(X, y, 4), "needs Wts or random_state")
  expect_error(nnet_train(X, y, 4, Wts = 1:3), "Wts has length 3, expected 21")
  expect_error(
    nnet_train(X, y, 4, random_state = state, arithmetic = arithmetic_portable),
    "native arithmetic only"
  )
})
