a <- matrix(c(0.1, 0.7, -1.3, 1e8, 0.2, -1e8), 2, 3)
b <- matrix(c(3, -0.3, 1e-9, 0.9, 5, 0.11), 3, 2)

test_that("the portable product adds from left to right", {
  by_hand <- matrix(0, 2, 2)
  for (i in 1:2) {
    for (j in 1:2) {
      by_hand[i, j] <- (a[i, 1] * b[1, j] + a[i, 2] * b[2, j]) +
        a[i, 3] * b[3, j]
    }
  }
  expect_identical(arithmetic_portable$matmul(a, b), by_hand)
})

test_that("the portable product is a matrix where the inner dimension is one", {
  column <- matrix(1:3 / 7)
  expect_identical(
    arithmetic_portable$matmul(column, t(column)),
    column %*% t(column)
  )
})

test_that("a sum of zeros with a minus keeps it", {
  zeros <- matrix(-0, 1, 2)
  product <- arithmetic_portable$matmul(zeros, matrix(1, 2, 1))
  expect_identical(1 / product, matrix(-Inf))
})

test_that("the portable mean adds column by column, in doubles", {
  x <- matrix(c(1, 1e-16, 1e-16, 1e-16), 2, 2)
  expect_identical(arithmetic_portable$mean(x), 0.25)
  # R's own mean has more digits than a double inside
  expect_identical(arithmetic_native$mean(x), 0.25 + 2^-54)
})

test_that("native and portable differ by rounding only", {
  difference <- arithmetic_portable$matmul(a, b) -
    arithmetic_native$matmul(a, b)
  expect_true(all(abs(difference) <= 3 * 2^-52 * (abs(a) %*% abs(b))))
})
