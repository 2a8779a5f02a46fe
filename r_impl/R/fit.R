# What a training function returns: a list that prints as a table of its elements
as_fit <- function(elements) {
  class(elements) <- "nnmirror_fit"
  elements
}

#' Print a fitted network
#'
#' One line for each element: its name, its extent, and its values, or where
#' they are many the first and the last of them.
#'
#' @param x What a training function of this package returned. It is a list:
#'   `x$error` is all of an element, and [unclass()] prints everything.
#' @param digits Significant digits to print.
#' @param ... Not used.
#' @return `x`, invisibly.
#' @examples
#' X <- matrix(c(0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1), 4, 3, byrow = TRUE)
#' y <- matrix(c(0, 0, 1, 1))
#' start <- matrix(2 * random_numbers_r_uniform(1, 3) - 1)
#' one_layer_train(X, y, start, maxiter = 100)
#' @export
print.nnmirror_fit <- function(
  x,
  digits = max(3L, getOption("digits") - 3L),
  ...
) {
  extents <- vapply(x, extent, "")
  values <- vapply(x, shortened, "", digits = digits)
  cat(paste(format(names(x)), format(extents), values), sep = "\n")
  invisible(x)
}

extent <- function(values) {
  paste(
    if (is.null(dim(values))) length(values) else dim(values),
    collapse = " x "
  )
}

shortened <- function(values, digits, most = 4) {
  text <- format(values[seq_len(min(most, length(values)))], digits = digits)
  if (length(values) > most) {
    last <- format(values[length(values)], digits = digits)
    text <- c(text[1:2], "...", last)
  }
  paste(text, collapse = " ")
}
