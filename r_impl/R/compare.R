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
