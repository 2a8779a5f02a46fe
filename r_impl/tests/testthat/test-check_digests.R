test_that("R alone has the bits that are kept", {
  expect_message(
    held <- check_digests(c("descent-bucket", "clark-example-1")),
    "^[0-9]+ digests in 2 cases, all as kept"
  )
  expect_setequal(unique(held$case), c("descent-bucket", "clark-example-1"))
  expect_gte(nrow(held), 10)
  expect_identical(held$found, held$sha256)
  expect_setequal(
    unique(held$start[held$case == "clark-example-1"]),
    c("numpy", "r")
  )
})

test_that("complete runs are held where they are asked for", {
  held <- suppressMessages(check_digests("clark-example-1", full = TRUE))
  expect_identical(max(held$iteration), 10000L)
})

test_that("a digest that differs is an error which names the first", {
  held <- transform(kept_digests(), found = sha256)
  expect_silent(stop_where_differing(held))
  changed <- held$case == "descent-bucket" & held$quantity == "first_x"
  held$found[changed] <- strrep("0", 64)
  expect_error(
    stop_where_differing(held),
    "8 of [0-9]+ digests differ, first descent-bucket .*: first_x at iteration 10"
  )
})

test_that("an unknown case is refused", {
  expect_error(
    check_digests("no-such-case"),
    "unknown case no-such-case, known are clark-example-1"
  )
})

test_that("bytes are those of little-endian doubles, row by row", {
  # by Python: hashlib.sha256(struct.pack("<2d", 1, 2)).hexdigest()
  row <- "dc91ce9a50ddc828740aa26743716897fdb2bb64f1db662fe263a59be56145ae"
  expect_identical(sha256(c(1, 2)), row)
  expect_identical(sha256(matrix(c(1, 2), 1)), row)
  expect_identical(sha256(matrix(c(1, 2, 3, 4), 2)), sha256(c(1, 3, 2, 4)))
  expect_false(sha256(c(0, 1)) == sha256(c(-0, 1)))
})
