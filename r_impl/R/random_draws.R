#' Normal numbers, permutations and samples of NumPy's RandomState and of R
#'
#' From the uniform numbers of [random_numbers]. Normal numbers are NumPy's by
#' Marsaglia's polar method, R's by inversion. None of these functions moves R's
#' own stream.
#'
#' @param seed Whole number: from 0 to 2^32 - 1 for NumPy, from -(2^31 - 1) to
#'   2^31 - 1 for R.
#' @param n How many numbers; for `random_draws_r_sample()` the largest of those
#'   that are drawn from.
#' @param size How many are drawn.
#' @param replace Whether a number may come again.
#' @param rounding Whether R's `sample.kind` is rounding, as before R 3.6, and not
#'   rejection.
#' @return `random_draws_numpy_normal()`, `random_draws_numpy_permutation()`: what
#'   `np.random.standard_normal(n)` and `np.random.permutation(n)` return after
#'   `np.random.seed(seed)`, the latter from 0 to n - 1.
#'   `random_draws_r_normal()`, `random_draws_r_sample()`: what `rnorm(n)` and
#'   `sample(n, size, replace)` return after `set.seed(seed)`.
#' @examples
#' random_draws_numpy_normal(1, 3)
#' random_draws_r_sample(1, 9, 3)
#' @name random_draws
NULL

#' @rdname random_draws
#' @export
random_draws_numpy_normal <- function(seed, n) {
  pairs <- ceiling(n / 2)
  drawn <- 2 * pairs + 16
  repeat {
    x <- 2 * matrix(random_numbers_numpy_uniform(seed, 2 * drawn), 2) - 1 # (2, drawn)
    square <- x[1, ] * x[1, ] + x[2, ] * x[2, ]
    inside <- which(square < 1 & square != 0)
    if (length(inside) >= pairs) {
      break
    }
    drawn <- 2 * drawn
  }
  inside <- inside[seq_len(pairs)]
  factor <- sqrt(-2 * log(square[inside]) / square[inside])
  # of each pair the second number comes first
  as.vector(rbind(factor * x[2, inside], factor * x[1, inside]))[seq_len(n)]
}

#' @rdname random_draws
#' @export
random_draws_numpy_permutation <- function(seed, n) {
  outputs <- numpy_outputs(seed, 4 * n)
  used <- 0
  shuffled <- as.integer(seq_len(n) - 1)
  for (i in rev(seq_len(max(n - 1, 0)))) {
    modulus <- 2^floor(log2(i) + 1) # its lowest bits, as many as i has
    repeat {
      used <- used + 1
      if (used > length(outputs)) {
        outputs <- numpy_outputs(seed, 2 * used)
      }
      j <- outputs[used] %% modulus
      if (j <= i) {
        break
      }
    }
    shuffled[c(i, j) + 1] <- shuffled[c(j, i) + 1]
  }
  shuffled
}

#' @rdname random_draws
#' @export
random_draws_r_normal <- function(seed, n) {
  with_seeded_r(seed, stats::rnorm(n))
}

#' @rdname random_draws
#' @export
random_draws_r_sample <- function(
  seed,
  n,
  size,
  replace = FALSE,
  rounding = FALSE
) {
  if (!(n >= 1 && n <= 1e7 && size >= 0 && (size <= n || replace))) {
    stop(sprintf("cannot draw %s of %s numbers", size, n), call. = FALSE)
  }
  with_seeded_r(seed, sample.int(n, size, replace), rounding)
}

# What is drawn after a seed; R's kinds of generators stay as they were
with_seeded_r <- function(seed, draws, rounding = FALSE) {
  with_r_stream({
    kinds <- RNGkind()
    # R warns of rounding, which is not uniform
    suppressWarnings(
      set.seed(
        seed,
        kind = "Mersenne-Twister",
        normal.kind = "Inversion",
        sample.kind = if (rounding) "Rounding" else "Rejection"
      )
    )
    drawn <- draws
    suppressWarnings(RNGkind(kinds[1], kinds[2], kinds[3]))
    drawn
  })
}

# The generator's own 32-bit integers
numpy_outputs <- function(seed, n) {
  floor(
    2^32 *
      with_r_stream({
        assign(".Random.seed", numpy_state(seed), envir = globalenv())
        stats::runif(n)
      })
  )
}
