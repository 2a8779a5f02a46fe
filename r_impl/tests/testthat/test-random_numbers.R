test_that("R's numbers are those of set.seed and runif", {
  for (seed in c(0, 1, 2^31 - 1, -1, -(2^31 - 1), 20150727)) {
    set.seed(seed)
    expect_identical(random_numbers_r_uniform(seed, 700), runif(700))
  }
})

test_that("a state continues the stream", {
  state <- random_numbers_r_state(1, skip = 24)
  expect_identical(
    random_numbers_r_uniform_from(state, 3),
    random_numbers_r_uniform(1, 27)[25:27]
  )
})

test_that("NumPy's numbers are those that NumPy documents for seed 1", {
  # numpy.random.RandomState(1).random_sample(3), as hexadecimal doubles
  expected <- c(
    0x1.ab07d0ffa3c06p-2,
    0x1.70ce5f3baf051p-1,
    0x1.dfb906661c000p-14
  )
  expect_identical(random_numbers_numpy_uniform(1, 3), expected)
})

test_that("drawing leaves R's own stream alone", {
  set.seed(7)
  expected <- runif(2)
  set.seed(7)
  first <- runif(1)
  random_numbers_numpy_uniform(1, 10)
  random_numbers_r_uniform(1, 10)
  expect_identical(c(first, runif(1)), expected)
})

test_that("drawing works, and leaves no trace, where R has no stream yet", {
  kept <- get0(".Random.seed", envir = globalenv(), inherits = FALSE)
  if (!is.null(kept)) {
    on.exit(assign(".Random.seed", kept, envir = globalenv()))
    rm(".Random.seed", envir = globalenv())
  }
  random_numbers_r_uniform(1, 1)
  expect_false(exists(".Random.seed", envir = globalenv(), inherits = FALSE))
})
