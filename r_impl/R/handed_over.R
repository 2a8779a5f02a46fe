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
