test_that("normal numbers and samples are those of R, as it is set here", {
  for (seed in c(0, 1, -4711)) {
    set.seed(seed)
    expect_identical(random_draws_r_normal(seed, 5), rnorm(5))
    set.seed(seed)
    expect_identical(random_draws_r_sample(seed, 9, 4), sample(9, 4))
  }
})

test_that("NumPy's normal numbers and permutations are those of its seed 1", {
  # numpy.random.RandomState(1).standard_normal(2), .permutation(5)
  expected <- c(0x1.9fd5190657c50p+0, -0x1.393822fb7d9adp-1)
  expect_identical(random_draws_numpy_normal(1, 2), expected)
  expect_identical(random_draws_numpy_permutation(1, 5), c(2L, 1L, 4L, 0L, 3L))
  expect_length(random_draws_numpy_permutation(1, 0), 0)
  expect_length(random_draws_numpy_normal(1, 0), 0)
})

test_that("drawing leaves the kinds of generators alone", {
  kinds <- RNGkind()
  random_draws_r_sample(1, 9, 4, rounding = TRUE)
  expect_identical(RNGkind(), kinds)
  kept <- get0(".Random.seed", envir = globalenv(), inherits = FALSE)
  on.exit(assign(".Random.seed", kept, envir = globalenv()))
  rm(".Random.seed", envir = globalenv())
  random_draws_r_sample(1, 9, 4, rounding = TRUE)
  expect_false(exists(".Random.seed", envir = globalenv(), inherits = FALSE))
  expect_identical(RNGkind(), kinds)
  expect_length(random_draws_r_sample(1, 9, 0), 0)
  expect_error(random_draws_r_sample(1, 3, 4), "cannot draw 4 of 3")
})
