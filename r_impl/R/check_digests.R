#' Check that this machine gives the bits that every machine should
#'
#' Trains the networks of the three tutorials in portable arithmetic, by R alone,
#' and holds the SHA-256 of what comes out to those that are kept with the
#' package. They were made by compiled loops, and Python gives the same.
#'
#' @param cases Names of cases; all where there are none.
#' @param full Whether to train for all iterations, which takes some twenty
#'   minutes, and not for the first 2,000 at most.
#' @return Invisibly, a data frame with a row for each digest: `case`, `variant`,
#'   `start`, `quantity`, `iteration`, `sha256`, and `found`, the one found here.
#'   It is an error where one differs.
#' @examples
#' check_digests("descent-bucket")
#' @export
check_digests <- function(cases = NULL, full = FALSE) {
  kept <- kept_digests()
  calls <- dget(system.file("calls.txt", package = "nnmirror"))
  known <- vapply(calls, function(call) call$case, "")
  unknown <- setdiff(cases, known)
  if (length(unknown) > 0) {
    stop(
      "unknown case ",
      unknown[1],
      ", known are ",
      toString(known),
      call. = FALSE
    )
  }
  chosen <- calls[is.null(cases) | known %in% cases]
  held <- do.call(rbind, lapply(chosen, hold_digests, kept = kept, full = full))
  stop_where_differing(held)
  message(sprintf(
    "%d digests in %d cases, all as kept",
    nrow(held),
    length(chosen)
  ))
  invisible(held)
}

stop_where_differing <- function(held) {
  differing <- held[held$found != held$sha256, ]
  if (nrow(differing) == 0) {
    return(invisible())
  }
  first <- differing[which.min(differing$iteration), ]
  stop(
    sprintf(
      "%d of %d digests differ, first %s %s, start %s: %s at iteration %d",
      nrow(differing),
      nrow(held),
      first$case,
      first$variant,
      first$start,
      first$quantity,
      first$iteration
    ),
    call. = FALSE
  )
}

kept_digests <- function() {
  columns <- c("case", "variant", "start", "quantity", "iteration", "sha256")
  utils::read.table(
    system.file("digests.txt", package = "nnmirror"),
    col.names = columns,
    colClasses = c(rep("character", 4), "integer", "character")
  )
}

# All settings of a case: the rows of `kept` that its runs reach, with what was found.
hold_digests <- function(call, kept, full) {
  held <- list()
  for (variant in names(call$variants)) {
    for (start in names(call$starts)) {
      iterations <- if (full) call$total else call$begin
      given <- c(
        call$inputs,
        call$variants[[variant]],
        drawn(call$starts[[start]], start),
        list(arithmetic = arithmetic_portable)
      )
      given[[call$iterations]] <- iterations
      result <- do.call(call$train, given)
      every <- kept$quantity %in% call$trajectories
      reached <- kept[
        kept$case == call$case &
          kept$variant == variant &
          kept$start == start &
          (kept$iteration == iterations |
            (every & kept$iteration < iterations)),
      ]
      reached$found <- mapply(
        function(quantity, iteration) {
          values <- result[[quantity]]
          sha256(
            if (quantity %in% call$trajectories) {
              values[seq_len(iteration)]
            } else {
              values
            }
          )
        },
        reached$quantity,
        reached$iteration
      )
      held <- c(held, list(reached))
    }
  }
  do.call(rbind, held)
}

# Starting weights by their names; NumPy fills a matrix row by row, R column by column.
drawn <- function(start, generator) {
  sizes <- vapply(start$draws, function(draw) prod(draw$shape), 0)
  kind <- if (start$distribution == "uniform") {
    "random_numbers"
  } else {
    "random_draws"
  }
  draw_numbers <- get(paste(kind, generator, start$distribution, sep = "_"))
  numbers <- draw_numbers(start$seed, sum(sizes))
  ends <- cumsum(sizes)
  weights <- list()
  for (i in seq_along(start$draws)) {
    draw <- start$draws[[i]]
    if (is.null(draw$name)) {
      next
    }
    u <- numbers[seq(ends[i] - sizes[i] + 1, ends[i])]
    values <- if (start$distribution == "uniform") {
      draw$low + (draw$high - draw$low) * u
    } else {
      draw$mean + draw$sd * u
    }
    if (length(draw$shape) == 2) {
      values <- matrix(
        values,
        draw$shape[1],
        draw$shape[2],
        byrow = generator == "numpy"
      )
    }
    weights[[draw$name]] <- values
  }
  weights
}

# Of the bytes of little-endian doubles, row by row.
sha256 <- function(x) {
  if (!is.null(dim(x))) {
    x <- aperm(x)
  }
  bytes <- writeBin(as.vector(x, "double"), raw(), endian = "little")
  of_r <- get0("sha256sum", asNamespace("tools")) # from R 4.5 on
  if (!is.null(of_r)) {
    return(of_r(bytes = bytes))
  }
  if (!requireNamespace("digest", quietly = TRUE)) {
    stop(
      "R before 4.5 needs the package digest (Debian: r-cran-digest)",
      call. = FALSE
    )
  }
  digest::digest(bytes, algo = "sha256", serialize = FALSE)
}
