# Calls of packages' functions in the functions of a file, and one argument of one of them changed.
# `trials_in_r.py` reads this file.

# The expressions of a file that define a function and those that it calls, with their lines.
definitions <- function(path, name) {
  expressions <- parse(path, keep.source = TRUE)
  lines <- vapply(attr(expressions, "srcref"), function(at) at[[1L]], 1L)
  is_function <- vapply(expressions, defines_function, NA)
  expressions <- expressions[is_function]
  lines <- lines[is_function]
  defined <- vapply(expressions, function(e) as.character(e[[2L]]), "")
  uses <- lapply(expressions, function(e) {
    intersect(all.names(e[[3L]]), defined)
  })
  reached <- intersect(name, defined)
  repeat {
    more <- unique(c(reached, unlist(uses[defined %in% reached])))
    if (length(more) == length(reached)) {
      break
    }
    reached <- more
  }
  is_reached <- defined %in% reached
  list(
    expressions = expressions[is_reached],
    lines = lines[is_reached],
    own = defined
  )
}

defines_function <- function(e) {
  is.call(e) &&
    as.character(e[[1L]])[1L] %in% c("<-", "=") &&
    is.symbol(e[[2L]]) &&
    is.call(e[[3L]]) &&
    identical(e[[3L]][[1L]], quote(`function`))
}

# The expression with `change(call, site, line)` in place of each call of a package's function.
through <- function(e, line, change, own, counter) {
  if (!is.call(e)) {
    return(e)
  }
  if (identical(e[[1L]], quote(`function`))) {
    e[[3L]] <- through(e[[3L]], line, change, own, counter)
    return(e)
  }
  lines <- lines_of(e, line)
  for (i in which(!is_empty(e))) {
    part <- through(e[[i]], lines[[i]], change, own, counter)
    if (!is.null(part)) e[[i]] <- part
  }
  if (is.null(called(e, own))) {
    return(e)
  }
  counter$n <- counter$n + 1L
  change(e, counter$n, line)
}

# The line of each part of a call, which only the parts of a block have themselves.
lines_of <- function(e, line) {
  at <- attr(e, "srcref")
  if (!is.list(at)) {
    return(rep(line, length(e)))
  }
  vapply(at, function(part) part[[1L]], 1L)
}

# Which parts of a call are left empty, as the rows are in x[, 1].
is_empty <- function(e) {
  vapply(
    as.list(e),
    function(part) is.symbol(part) && !nzchar(as.character(part)),
    NA
  )
}

# The function of a package that a call calls; NULL where it calls another, or is no plain call.
called <- function(e, own) {
  head <- e[[1L]]
  if (is.symbol(head)) {
    name <- as.character(head)
    f <- if (!name %in% own) get0(name, envir = globalenv(), mode = "function")
  } else if (
    is.call(head) && as.character(head[[1L]])[1L] %in% c("::", ":::")
  ) {
    f <- tryCatch(eval(head, globalenv()), error = function(e) NULL)
  } else {
    f <- NULL
  }
  if (is.function(f) && !is.primitive(f) && isNamespace(environment(f))) f
}

# For each call of a package's function in a function, and those that it calls in its file: the
# text, the line, and what may be tried.
sites_of <- function(path, name) {
  found <- list()
  counter <- new.env()
  counter$n <- 0L
  all <- definitions(path, name)
  own <- all$own
  for (i in seq_along(all$expressions)) {
    through(
      all$expressions[[i]],
      all$lines[[i]],
      function(e, site, line) {
        text <- paste(deparse(e[[1L]]), collapse = "")
        f <- called(e, own)
        matched <- tryCatch(match.call(f, e), error = function(e) NULL)
        choices <- defaults(f, sub("^.*:", "", text), names(matched))
        found[[site]] <<- list(text = text, line = line, choices = choices)
        e
      },
      own,
      counter
    )
  }
  found
}

# Arguments with a default that is a constant, or a choice of words, and which of them a call gives;
# those of an S3 generic's usual methods too.
defaults <- function(f, name, given) {
  arguments <- formals(f)
  if (utils::isS3stdGeneric(f)) {
    for (class in c(
      "default",
      "formula",
      "numeric",
      "character",
      "data.frame",
      "factor"
    )) {
      method <- utils::getS3method(name, class, optional = TRUE)
      if (!is.null(method)) {
        more <- formals(method)
        arguments <- c(arguments, more[setdiff(names(more), names(arguments))])
      }
    }
  }
  found <- lapply(names(arguments), function(argument) {
    tryCatch(
      {
        value <- eval(arguments[[argument]], environment(f))
        plain <- is.null(value) || is.atomic(value) && length(value) %in% 1:20
        if (plain && (length(value) <= 1L || is.character(value))) {
          words <- if (is.character(value)) documented(name, argument)
          list(value = value, given = argument %in% given, words = words)
        }
      },
      error = function(e) NULL
    )
  })
  names(found) <- names(arguments)
  Filter(Negate(is.null), found)
}

# Words in quotes that the help page gives for an argument of a function.
documented <- function(name, argument) {
  page <- utils::help((name))
  if (length(page) == 0L) {
    return(NULL)
  }
  rd <- getFromNamespace(".getHelpFile", "utils")(page)
  is_part <- vapply(
    rd,
    function(part) identical(attr(part, "Rd_tag"), "\\arguments"),
    NA
  )
  for (item in rd[is_part][[1L]]) {
    if (
      identical(attr(item, "Rd_tag"), "\\item") &&
        argument %in% item_names(item[[1L]])
    ) {
      text <- paste(unlist(item[[2L]]), collapse = "")
      return(gsub(
        "\"",
        "",
        regmatches(text, gregexpr("\"[A-Za-z.]+\"", text))[[1L]]
      ))
    }
  }
  NULL
}

item_names <- function(names) {
  trimws(strsplit(paste(unlist(names), collapse = ""), ",")[[1L]])
}

# The function of this name, with arguments of the calls at some sites changed, and what it calls in
# the file; NULL where there is none.
changed_function <- function(path, name, changes) {
  inside <- new.env(parent = globalenv())
  counter <- new.env()
  counter$n <- 0L
  all <- definitions(path, name)
  for (e in all$expressions) {
    eval(
      through(
        e,
        0L,
        function(e, at, line) {
          for (change in changes[vapply(
            changes,
            function(one) one$site == at,
            NA
          )]) {
            e <- with_argument(
              e,
              called(e, all$own),
              change$argument,
              change$value
            )
          }
          e
        },
        all$own,
        counter
      ),
      inside
    )
  }
  get0(name, envir = inside, mode = "function", inherits = FALSE)
}

with_argument <- function(e, f, argument, value) {
  matched <- tryCatch(match.call(f, e), error = function(e) NULL)
  if (!is.null(matched) && argument %in% names(matched)) {
    e <- matched
  }
  e[[argument]] <- value
  e
}
