bucket <- c(1, 0, 0)

test_that("a step goes down by alpha times the slope", {
  x <- matrix(c(-1, 0, 2))
  moved <- descent_descend(c(0.5, -1, 3, 2), x, alpha = 0.1, maxiter = 1)
  expect_identical(moved$slope, matrix(c(6.5, 3, 5)))
  expect_identical(moved$x, x - 0.1 * moved$slope)
  expect_identical(moved$first_x, -1)
})

test_that("a ball in a bucket converges, bounces or leaves", {
  for (found in list(c(0.25, 0.125), c(1, -1), c(1.5, -8))) {
    moved <- descent_descend(bucket, matrix(1), found[1], maxiter = 3)
    expect_identical(moved$x, matrix(found[2]))
  }
})

test_that("a point is no curve", {
  expect_error(
    descent_descend(1, matrix(1), 0.1),
    "degree is 0, expected at least 1"
  )
})
