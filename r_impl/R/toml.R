# Values of R as a case file has them; each error names the input.

toml_inputs <- function(inputs) {
  if (
    length(inputs) > 0 && !all(nzchar(names(inputs)), length(names(inputs)) > 0)
  ) {
    stop("inputs have names: list(x = 1)", call. = FALSE)
  }
  vapply(
    names(inputs),
    function(name) paste(toml_text(name), "=", toml(inputs[[name]], name)),
    ""
  )
}

toml <- function(value, name) {
  if (is.list(value) && !is.data.frame(value)) {
    if (is.null(names(value))) {
      return(toml_list(vapply(value, toml, "", name)))
    }
    inside <- paste(
      vapply(names(value), toml_text, ""),
      "=",
      vapply(value, toml, "", name)
    )
    return(paste("{", paste(inside, collapse = ", "), "}"))
  }
  if (!is.atomic(value) || is.factor(value) || is.null(value)) {
    stop(
      "inputs$",
      name,
      ": a ",
      class(value)[1],
      " is of no type for both",
      call. = FALSE
    )
  }
  one <- switch(
    typeof(value),
    double = toml_double(value),
    integer = ,
    logical = toml_whole(value, name),
    character = vapply(value, toml_text, ""),
    stop(
      "inputs$",
      name,
      ": ",
      typeof(value),
      " is of no type for both",
      call. = FALSE
    )
  )
  if (length(dim(value)) > 1) {
    toml_array(array(one, dim(value)))
  } else {
    toml_vector(one, value)
  }
}

toml_vector <- function(one, value) {
  if (length(value) == 1 && is.null(dim(value))) one[[1]] else toml_list(one)
}

# row by row, whatever the number of axes
toml_array <- function(texts) {
  if (length(dim(texts)) == 1) {
    return(toml_list(texts))
  }
  toml_list(apply(texts, 1, function(part) {
    toml_array(array(part, dim(texts)[-1]))
  }))
}

toml_list <- function(texts) paste0("[", paste(texts, collapse = ", "), "]")

toml_double <- function(value) {
  text <- sprintf("%.17g", value)
  plain <- is.finite(value) & !grepl("[.e]", text)
  text[plain] <- paste0(text[plain], ".0")
  text[is.nan(value) | is.na(value)] <- "nan"
  text[is.infinite(value)] <- ifelse(
    value[is.infinite(value)] > 0,
    "inf",
    "-inf"
  )
  text
}

toml_whole <- function(value, name) {
  if (anyNA(value)) {
    stop(
      "inputs$",
      name,
      ": NA of type ",
      typeof(value),
      " has no type for both",
      call. = FALSE
    )
  }
  tolower(as.character(value))
}

toml_text <- function(text) {
  if (is.na(text)) {
    stop("a text that is NA has no type for both", call. = FALSE)
  }
  text <- gsub("([\\\\\"])", "\\\\\\1", text)
  for (code in c(1:31, 127)) {
    text <- gsub(intToUtf8(code), sprintf("\\u%04X", code), text, fixed = TRUE)
  }
  paste0("\"", text, "\"")
}
