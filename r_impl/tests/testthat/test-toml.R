test_that("every input has a name, and a name with a dot is one name", {
  expect_error(
    compare_with_python(mean, "numpy:mean", list(x = 1, 2)),
    "inputs have names"
  )
  expect_error(
    compare_with_python(mean, "numpy:mean", list(x = NULL)),
    "NULL is of no type"
  )
  expect_equal(toml_inputs(list(na.rm = TRUE)), c(na.rm = '"na.rm" = true'))
})

test_that("numbers are written to their last digit", {
  expect_equal(
    toml_double(c(0.1, 1, -0, NaN, -Inf, 1e300))[2:5],
    c("1.0", "-0.0", "nan", "-inf")
  )
  for (x in c(pi / 7, 0.1 + 0.2, 2 / 3, 5e-324)) {
    expect_identical(as.numeric(toml_double(x)), x)
  }
  expect_equal(
    toml(array(1:8, c(2, 2, 2)), "x"),
    "[[[1, 5], [3, 7]], [[2, 6], [4, 8]]]"
  )
})
