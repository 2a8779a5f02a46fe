# A result taken apart into plain vectors. `r_leaves.py` reads this file.

# For each axis its names, or NULL.
labels_of <- function(x) {
  given <- if (is.null(dim(x))) list(names(x)) else dimnames(x)
  if (is.null(given)) {
    return(vector("list", length(dim(x))))
  }
  lapply(given, function(one) if (is.null(one)) NULL else as.character(one))
}

leaf <- function(
  kind,
  type,
  family = "",
  values = NULL,
  shape = length(values),
  labels = NULL,
  advice = ""
) {
  list(
    kind = kind,
    type = type,
    family = family,
    values = values,
    shape = as.integer(shape),
    labels = labels,
    advice = advice
  )
}

# Numbers, with 1 where one is NA and 2 where it is NaN.
number_leaf <- function(x, type, family) {
  shape <- if (is.null(dim(x))) length(x) else dim(x)
  labels <- labels_of(x)
  parts <- if (is.complex(x)) list(Re(x), Im(x)) else list(x)
  values <- lapply(parts, function(part) as.double(as.vector(part)))
  result <- leaf("number", type, family, values[[1L]], shape, labels)
  result$imaginary <- if (length(values) > 1L) values[[2L]]
  plain <- as.vector(x)
  if (anyNA(plain)) {
    result$missing <- ifelse(is.nan(plain), 2L, ifelse(is.na(plain), 1L, 0L))
  }
  result
}

text_leaf <- function(x, type, family = "text") {
  shape <- if (is.null(dim(x))) length(x) else dim(x)
  labels <- labels_of(x)
  plain <- enc2utf8(as.vector(x))
  # what is no text in any encoding is shown by its bytes
  unreadable <- Encoding(plain) == "bytes" | !validUTF8(plain)
  plain[unreadable] <- iconv(
    plain[unreadable],
    "UTF-8",
    "UTF-8",
    sub = "byte"
  )
  result <- leaf("text", type, family, plain, shape, labels)
  if (anyNA(plain)) {
    result$missing <- ifelse(is.na(plain), 1L, 0L)
  }
  result
}

other_leaf <- function(x) {
  advice <- if (isS4(x)) {
    "return its numbers: as.matrix(...) of it, or a list of its slots"
  } else if (is.function(x)) {
    "return what it gives, not the function"
  } else if (is.environment(x)) {
    "return as.list(...) of it"
  } else {
    "return as.character(...) of it, or leave it out"
  }
  leaf(
    "other",
    if (isS4(x) || is.object(x)) class(x)[[1L]] else typeof(x),
    advice = advice
  )
}

# A value that has no parts with names.
one_leaf <- function(x) {
  if (is.null(x)) {
    return(leaf("nothing", "NULL"))
  }
  if (isS4(x)) {
    return(other_leaf(x))
  }
  if (inherits(x, c("factor", "Date", "POSIXt", "difftime", "integer64"))) {
    return(of_class(x))
  }
  type <- if (is.object(x)) class(x)[[1L]] else typeof(x)
  plain <- unclass(x)
  switch(
    typeof(plain),
    double = number_leaf(plain, type, "real number"),
    integer = number_leaf(plain, type, "whole number"),
    logical = number_leaf(plain, type, "truth value"),
    complex = number_leaf(plain, type, "complex number"),
    raw = number_leaf(
      array(as.integer(plain), length(plain)),
      type,
      "whole number"
    ),
    character = text_leaf(plain, type),
    other_leaf(x)
  )
}

# Values whose class says what their numbers mean.
of_class <- function(x) {
  if (inherits(x, "factor")) {
    text_leaf(keep_names(as.character(x), x), "factor")
  } else if (inherits(x, "Date")) {
    number_leaf(keep_names(as.double(unclass(x)), x), "Date", "date")
  } else if (inherits(x, "POSIXt")) {
    seconds <- as.double(unclass(as.POSIXct(x)))
    number_leaf(keep_names(seconds, x), class(x)[[1L]], "time")
  } else if (inherits(x, "difftime")) {
    number_leaf(
      keep_names(as.double(x, units = "secs"), x),
      "difftime",
      "duration"
    )
  } else {
    leaf("other", "integer64", advice = "return as.numeric(...) of it")
  }
}

keep_names <- function(x, from) {
  names(x) <- names(from)
  dim(x) <- dim(from)
  x
}

# What a list holds, taken apart: handed over in a list, a piece of code is not run.
held_apart <- function(held) taken_apart(held[[1L]])

# Names of parts, each once, and the number of a part that has none.
names_of_parts <- function(x) {
  given <- if (is.null(names(x))) character(length(x)) else names(x)
  given <- ifelse(
    is.na(given) | !nzchar(given),
    as.character(seq_along(x)),
    given
  )
  so_many <- ave(seq_along(given), given, FUN = seq_along)
  ifelse(so_many > 1L, paste0(given, "#", so_many), given)
}

# A result as a flat list of leaves; `path` of each is the names that lead to it, and those that
# only count have a mark.
taken_apart <- function(x, path = character(), counted = logical()) {
  has_parts <- is.list(x) && !isS4(x) && !inherits(x, "POSIXlt")
  if (!has_parts) {
    return(list(c(one_leaf(x), list(path = path, counted = counted))))
  }
  if (length(x) == 0L) {
    empty <- leaf("number", "list", "real number", double(), 0L, list(NULL))
    return(list(c(empty, list(path = path, counted = counted))))
  }
  if (is.data.frame(x)) {
    return(columns_apart(x, path, counted))
  }
  x <- as.list(unclass(x))
  if (are_scalars(x)) {
    return(taken_apart(unlist(x), path, counted))
  }
  own <- names_of_parts(x)
  parts <- lapply(seq_along(x), function(i) {
    taken_apart(x[[i]], c(path, own[[i]]), c(counted, is.null(names(x))))
  })
  do.call(c, parts)
}

# Whether a list without names holds single plain values of one type: it is a vector, then.
are_scalars <- function(x) {
  is_plain <- function(one) {
    length(one) == 1L && is.atomic(one) && is.null(attributes(one))
  }
  is.null(names(x)) &&
    all(vapply(x, is_plain, TRUE)) &&
    length(unique(vapply(x, typeof, ""))) == 1L
}

# The columns of a data frame, each labelled with the names of the rows.
columns_apart <- function(x, path, counted) {
  rows <- attr(x, "row.names")
  label <- function(one) {
    if (length(one$shape) == 1L && is.character(rows)) {
      one$labels <- list(rows)
    }
    one
  }
  own <- names_of_parts(x)
  columns <- lapply(seq_along(x), function(j) {
    lapply(taken_apart(x[[j]], c(path, own[[j]]), c(counted, FALSE)), label)
  })
  do.call(c, columns)
}
