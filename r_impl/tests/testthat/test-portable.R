test_that("exp is within one ULP of the C library's", {
  x <- c(seq(-700, 700, length.out = 10001), seq(-1, 1, length.out = 10001))
  off <- abs(portable_exp(x) / exp(x) - 1)
  expect_lte(max(off), 2 * .Machine$double.eps)
})

test_that("the ends are defined", {
  expect_identical(
    portable_exp(c(-Inf, -1e308, -746, -745.1332191019412)),
    c(0, 0, 0, 0)
  )
  expect_identical(portable_exp(-745.1332191019411), 2^-1074)
  expect_identical(portable_exp(c(0, -0, 2^-1074, -2^-1074)), c(1, 1, 1, 1))
  expect_identical(
    portable_exp(c(709.7827128933841, 710, 1e308, Inf)),
    rep(Inf, 4)
  )
  expect_true(is.finite(portable_exp(709.782712893384)))
  expect_identical(is.nan(portable_exp(c(NaN, 1))), c(TRUE, FALSE))
  expect_true(all(is.na(portable_exp(c(NA, NaN)))))
  expect_identical(portable_exp(numeric(0)), numeric(0))
})

test_that("an element does not hang on those beside it", {
  usual <- c(-699.9, -37, 0.3, 699.9)
  for (beside in c(-Inf, -745, 709.5, Inf, NaN)) {
    expect_identical(portable_exp(c(usual, beside))[1:4], portable_exp(usual))
  }
})

test_that("a matrix stays one", {
  x <- matrix(c(-1, 0, 1, 2), 2)
  expect_identical(dim(portable_exp(x)), c(2L, 2L))
  expect_identical(dim(portable_sigmoid(x)), c(2L, 2L))
})

test_that("the sigmoid reaches its limits", {
  expect_identical(portable_sigmoid(c(-1e4, 0, 1e4)), c(0, 0.5, 1))
  expect_identical(portable_sigmoid(1.5), 1 / (1 + portable_exp(-1.5)))
})

test_that("powers of two are exact", {
  expect_identical(powers_of_two, 2^(-1022:1023))
})
