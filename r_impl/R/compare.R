#' Compare an R function with a Python function
#'
#' Both run on the same inputs in processes of their own, by the command
#' `nnmirror`, and every value is judged. The command is the one that the
#' variable `NNMIRROR` names, or the first on the `PATH`; it is installed with
#' pip.
#'
#' @param f A function, or the name of one in a package: `"stats::sd"`. What a
#'   function of your own uses of your workspace goes with it.
#' @param python The Python function: `"numpy:std"`, `"file.py:function"`.
#' @param inputs A named list of vectors, matrices, texts and lists. One value
#'   is a number in Python, and an array where it has dimensions: `array(1, 1)`.
#' @param report A folder for the report; without it there is none.
#' @returns A data frame with a row for each value: the columns of
#'   `values.csv`, among them `output`, `index`, `python`, `r`, `ulp`,
#'   `tolerance` and `verdict`. Its attributes `outputs` and `explanations` are
#'   the tables of these names. A value that differs is no error; a function
#'   that cannot be compared is.
#' @examples
#' if (nzchar(Sys.which("nnmirror"))) {
#'   compare_with_python("stats::sd", "numpy:std", list(x = c(1.5, 2.5, 4)))
#' }
#' @export
compare_with_python <- function(f, python, inputs, report = NULL) {
  folder <- tempfile("nnmirror-")
  dir.create(folder)
  on.exit(unlink(folder, recursive = TRUE))
  case <- file.path(folder, "pair.pair.toml")
  lines <- c(
    paste("python =", toml_text(absolute_reference(python, ".py"))),
    paste("r =", toml_text(r_reference(f, folder))),
    "[inputs]",
    toml_inputs(inputs)
  )
  writeLines(enc2utf8(lines), case, useBytes = TRUE)
  out <- if (is.null(report)) file.path(folder, "report") else report
  ran <- verify_case(case, out)
  tables <- lapply(c("values", "outputs", "explanations"), function(name) {
    path <- file.path(out, paste0(name, ".csv"))
    utils::read.csv(path, colClasses = "character", encoding = "UTF-8")
  })
  if (all(tables[[2]]$verdict == "not compared")) {
    stop(paste(ran$said, collapse = "\n"), call. = FALSE)
  }
  structure(
    as_numbers(tables[[1]]),
    outputs = tables[[2]],
    explanations = tables[[3]]
  )
}

#' Expect that a pair of functions agrees
#'
#' For testthat: succeeds where `nnmirror verify` ends with 0, and fails with
#' what it printed, which names outputs, values and reasons.
#'
#' @param case A case file, or the folder of one.
#' @returns The path, invisibly.
#' @examples
#' if (nzchar(Sys.which("nnmirror")) && requireNamespace("testthat")) {
#'   case <- tempfile(fileext = ".pair.toml")
#'   writeLines(
#'     c('python = "numpy:mean"', 'r = "base::mean"', "[inputs]", "x = [1.5, 2.5]"),
#'     case
#'   )
#'   expect_pair_agrees(case)
#' }
#' @export
expect_pair_agrees <- function(case) {
  out <- tempfile("nnmirror-")
  on.exit(unlink(out, recursive = TRUE))
  ran <- verify_case(case, out)
  said <- c(ran$said, paste("look closer: nnmirror verify", case))
  testthat::expect(ran$code == 0, paste(said, collapse = "\n"))
  invisible(case)
}

# The command's exit code, and what it printed; an error where it left no report.
verify_case <- function(case, out) {
  command <- Sys.getenv("NNMIRROR", Sys.which("nnmirror"))
  if (!nzchar(command)) {
    stop(
      "there is no command nnmirror on the PATH: pip install its wheel",
      call. = FALSE
    )
  }
  arguments <- c("verify", shQuote(case), "--out", shQuote(out))
  libraries <- paste0("LD_LIBRARY_PATH=", shQuote(libraries_before_r()))
  said <- suppressWarnings(
    system2(command, arguments, stdout = TRUE, stderr = TRUE, env = libraries)
  )
  code <- attr(said, "status")
  if (!file.exists(file.path(out, "values.csv"))) {
    stop(paste(said, collapse = "\n"), call. = FALSE)
  }
  list(code = if (is.null(code)) 0L else code, said = as.vector(said))
}

# LD_LIBRARY_PATH as it was before R put its own folders first, once in each R that started another:
# the library of another Python may lie there.
libraries_before_r <- function() {
  r <- file.path(R.home("bin"), "R")
  of_r <- system2(
    r,
    c("CMD", "printenv", "LD_LIBRARY_PATH"),
    TRUE,
    env = "LD_LIBRARY_PATH="
  )
  folders <- Sys.getenv("LD_LIBRARY_PATH")
  while (length(of_r) == 1 && startsWith(folders, of_r)) {
    folders <- sub("^:", "", substring(folders, nchar(of_r) + 1))
  }
  folders
}

as_numbers <- function(values) {
  for (name in c(
    "python",
    "r",
    "ulp",
    "tolerance",
    "python_digits",
    "r_digits"
  )) {
    column <- values[[name]]
    numbers <- suppressWarnings(as.numeric(column))
    if (!anyNA(numbers[nzchar(column) & column != "nan" & column != "NA"])) {
      values[[name]] <- numbers
    }
  }
  values
}

# How a case file names an R function; one that no package has is written beside it.
r_reference <- function(f, folder) {
  if (is.character(f)) {
    return(absolute_reference(f, ".R"))
  }
  stopifnot(is.function(f))
  space <- if (is.primitive(f)) baseenv() else environment(f)
  if (isNamespace(space) || identical(space, baseenv())) {
    return(reference_in(f, space))
  }
  written <- with_what_it_uses(f)
  lines <- unlist(Map(
    function(name, value) {
      c(paste(name, "<-"), deparse(value, control = c("useSource", "exact")))
    },
    sprintf("`%s`", names(written)),
    written
  ))
  writeLines(enc2utf8(lines), file.path(folder, "function.R"), useBytes = TRUE)
  "function.R:f"
}

reference_in <- function(f, space) {
  package <- environmentName(topenv(space))
  for (name in getNamespaceExports(package)) {
    if (identical(get(name, space), f)) {
      return(paste0(package, "::", name))
    }
  }
  stop(
    package,
    " has the function for itself: name one that it exports",
    call. = FALSE
  )
}

# A function, and what it and these use that is in no package, by name.
with_what_it_uses <- function(f) {
  found <- list()
  waiting <- list(f = f)
  while (length(waiting) > 0) {
    name <- names(waiting)[1]
    value <- waiting[[1]]
    waiting <- waiting[-1]
    found[name] <- list(value)
    if (!is.function(value) || is.primitive(value)) {
      next
    }
    used <- unique(c(
      all.names(body(value)),
      unlist(lapply(formals(value), all.names))
    ))
    for (other in setdiff(
      used,
      c(names(found), names(waiting), names(formals(value)))
    )) {
      holder <- holder_of(other, environment(value))
      if (!is.null(holder)) {
        waiting[other] <- list(get(other, holder))
      }
    }
  }
  rev(found)
}

# The environment that has a name, where that is neither a package nor the search path.
holder_of <- function(name, from) {
  while (!identical(from, emptyenv()) && !isNamespace(from)) {
    if (exists(name, from, inherits = FALSE)) {
      return(from)
    }
    if (identical(from, globalenv())) {
      return(NULL)
    }
    from <- parent.env(from)
  }
  NULL
}

absolute_reference <- function(reference, suffix) {
  parts <- regmatches(reference, regexec("^(.*):([^:]*)$", reference))[[1]]
  if (length(parts) == 0 || !endsWith(parts[2], suffix)) {
    return(reference)
  }
  paste0(
    normalizePath(parts[2], winslash = "/", mustWork = FALSE),
    ":",
    parts[3]
  )
}

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
