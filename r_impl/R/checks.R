check_shape <- function(name, x, n_rows, n_columns) {
  if (!is.matrix(x) || !is.numeric(x)) {
    stop(name, " must be a numeric matrix", call. = FALSE)
  }
  if (!identical(dim(x), as.integer(c(n_rows, n_columns)))) {
    shape <- paste(dim(x), collapse = " x ")
    stop(
      sprintf("%s is %s, expected %d x %d", name, shape, n_rows, n_columns),
      call. = FALSE
    )
  }
}

check_positive <- function(name, x) {
  if (!isTRUE(x >= 1)) {
    stop(sprintf("%s is %s, expected at least 1", name, x), call. = FALSE)
  }
}
