# What a function of somebody's is called through in R: errors and warnings with their place.
# `in_r.py` reads this file.

# A function in a file, or NULL where there is none. As `source` does, in the global environment:
# classes and methods that the file defines belong there.
load_file <- function(path, name) {
  sys.source(path, envir = globalenv(), chdir = TRUE, keep.source = TRUE)
  get0(name, envir = globalenv(), mode = "function", inherits = FALSE)
}

# Warnings are warnings, and what is drawn goes nowhere: R would leave a file Rplots.pdf.
set_options <- function() {
  options(warn = 0, device = function(...) grDevices::pdf(NULL))
}

# Names of the arguments that a function takes, in order.
argument_names <- function(f) {
  head <- if (is.primitive(f)) args(f) else f
  if (is.null(head)) character() else as.character(names(formals(head)))
}

# Value, warnings, messages and error of a call, with the line where the error arose.
watched <- function(f, arguments) {
  warned <- said <- character()
  failure <- place <- NULL
  value <- tryCatch(
    withCallingHandlers(
      do.call(f, arguments, quote = TRUE),
      error = function(e) place <<- place_of(sys.calls()),
      warning = function(w) {
        warned <<- c(warned, conditionMessage(w))
        tryInvokeRestart("muffleWarning")
      },
      message = function(m) {
        said <<- c(said, conditionMessage(m))
        tryInvokeRestart("muffleMessage")
      }
    ),
    error = function(e) {
      call <- conditionCall(e)
      where <- if (is.null(call) || is.function(call[[1L]])) {
        ""
      } else {
        paste0(" in ", paste(deparse(call, nlines = 1L), collapse = ""))
      }
      failure <<- paste0("Error", where, ": ", conditionMessage(e))
      NULL
    }
  )
  list(
    value = value,
    warned = unique(warned),
    said = said,
    failure = failure,
    place = place
  )
}

# File and line of the last call that is written in a file.
place_of <- function(calls) {
  for (call in rev(calls)) {
    at <- attr(call, "srcref")
    if (!is.null(at)) {
      file <- attr(at, "srcfile")$filename
      if (length(file) == 1L && nzchar(file)) {
        return(paste0(basename(file), ", line ", at[[1L]]))
      }
    }
  }
  NULL
}
