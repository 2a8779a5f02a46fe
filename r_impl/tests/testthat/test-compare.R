needs_the_command <- function() {
  found <- nzchar(Sys.getenv("NNMIRROR", Sys.which("nnmirror")))
  skip_if_not(found, "the command nnmirror is not on the PATH")
}

test_that("values are judged beside those of Python, and what differs is explained", {
  needs_the_command()
  table <- compare_with_python(
    "stats::sd",
    "numpy:std",
    list(x = c(1.5, 2.5, 4))
  )
  expect_equal(table$output, "value")
  expect_identical(table$r, sd(c(1.5, 2.5, 4)))
  expect_equal(table$verdict, "disagree")
  expect_match(attr(table, "explanations")$evidence, "divided by n in Python")
})

test_that("a function goes with what it uses, and every kind of input arrives", {
  needs_the_command()
  factor <- 2
  twice <- function(x) x * factor
  f <- function(m, n, text, yes, words, nested) {
    list(
      m = twice(m),
      n = n,
      text = text,
      yes = yes,
      words = words,
      inner = nested$inner
    )
  }
  folder <- tempfile()
  dir.create(folder)
  writeLines(
    c(
      "def f(m, n, text, yes, words, nested):",
      "    return dict(m=m * 2, n=n, text=text, yes=yes, words=words, inner=nested['inner'])"
    ),
    file.path(folder, "given.py")
  )
  inputs <- list(
    m = matrix(c(1.5, 2.5, 3, 4, 5, 6), 2),
    n = 3L,
    text = "a \"quoted\" \\ text",
    yes = TRUE,
    words = c("b", "c"),
    nested = list(inner = array(1.25, 1))
  )
  table <- compare_with_python(
    f,
    paste0(file.path(folder, "given.py"), ":f"),
    inputs
  )
  expect_equal(unique(table$verdict), "identical")
  expect_equal(nrow(table), 6 + 1 + 1 + 1 + 2 + 1)
})

test_that("a function of a package goes by its name", {
  needs_the_command()
  expect_equal(
    compare_with_python(median, "numpy:median", list(a = c(3, 1, 2)))$r,
    2
  )
  expect_equal(
    compare_with_python(sum, "numpy:sum", list(a = c(3, 1, 2)))$verdict,
    "identical"
  )
})

test_that("what cannot be compared is an error with its reason", {
  one <- list(x = 1)
  expect_error(
    compare_with_python(mean, "numpy:mean", list(1)),
    "inputs have names"
  )
  expect_error(
    compare_with_python(mean, "numpy:mean", list(x = factor("a"))),
    "a factor is of no"
  )
  expect_error(
    compare_with_python(mean, "numpy:mean", list(x = NA)),
    "NA of type logical"
  )
  expect_error(
    compare_with_python(mean, "numpy:mean", list(x = 1i)),
    "complex is of no type"
  )
  expect_error(
    compare_with_python(mean, "numpy:mean", list(x = NA_character_)),
    "a text that is NA"
  )
  needs_the_command()
  expect_error(
    compare_with_python(function(x) stop("no"), "numpy:mean", one),
    "no"
  )
  expect_error(compare_with_python(mean, "numpy:no_such", one), "no_such")
})

test_that("a pair that agrees is a success, and one that does not says why", {
  needs_the_command()
  case <- tempfile(fileext = ".pair.toml")
  lines <- c(
    'python = "numpy:std"',
    'r = "stats::sd"',
    "[inputs]",
    "x = [1.5, 2.5, 4.0]"
  )
  writeLines(lines, case)
  expect_failure(
    expect_pair_agrees(case),
    "divided by n in Python, divided by n - 1 in R"
  )
  writeLines(sub("sd", "median", sub("std", "median", lines)), case)
  expect_success(expect_pair_agrees(case))
  expect_error(
    expect_pair_agrees(file.path(tempdir(), "none.pair.toml")),
    "none.pair.toml"
  )
})
