#' Uniform random numbers of NumPy and of R
#'
#' Both are Mersenne Twisters (Matsumoto and Nishimura 1998). They differ in
#' how a seed becomes the state and in how the generator's 32-bit outputs become
#' a number: NumPy joins two outputs to 53 bits, R takes one output and keeps
#' off 0 and 1. None of these functions moves R's own stream.
#'
#' @param seed Whole number: from 0 to 2^32 - 1 for NumPy, from -(2^31 - 1) to
#'   2^31 - 1 for R.
#' @param n How many numbers.
#' @param skip Number of draws already taken.
#' @param state Integer vector of 626, as `.Random.seed` and as
#'   `random_numbers_r_state()` returns it.
#' @return `random_numbers_numpy_uniform()`: the first `n` numbers of
#'   `np.random.seed(seed); np.random.random(n)`.
#'   `random_numbers_r_uniform()`: the first `n` numbers of
#'   `set.seed(seed); runif(n)`.
#'   `random_numbers_r_uniform_from()`: the next `n` numbers of `runif(n)` where
#'   `.Random.seed` is `state`.
#'   `random_numbers_r_state()`: `.Random.seed` after `set.seed(seed)` and
#'   `skip` uniform draws.
#' @examples
#' random_numbers_numpy_uniform(1, 3)
#' random_numbers_r_uniform(1, 3)
#' @name random_numbers
NULL

#' @rdname random_numbers
#' @export
random_numbers_numpy_uniform <- function(seed, n) {
  outputs <- with_r_stream({
    assign(".Random.seed", numpy_state(seed), envir = globalenv())
    stats::runif(2 * n)
  })
  outputs <- floor(outputs * 2^32) # the generator's own 32-bit integers
  first <- outputs[2 * seq_len(n) - 1]
  second <- outputs[2 * seq_len(n)]
  (floor(first / 2^5) * 2^26 + floor(second / 2^6)) / 2^53
}

#' @rdname random_numbers
#' @export
random_numbers_r_state <- function(seed, skip = 0) {
  with_r_stream({
    set.seed(
      seed,
      kind = "Mersenne-Twister",
      normal.kind = "Inversion",
      sample.kind = "Rejection"
    )
    stats::runif(skip)
    get(".Random.seed", envir = globalenv())
  })
}

#' @rdname random_numbers
#' @export
random_numbers_r_uniform <- function(seed, n) {
  random_numbers_r_uniform_from(random_numbers_r_state(seed), n)
}

#' @rdname random_numbers
#' @export
random_numbers_r_uniform_from <- function(state, n) {
  with_r_stream({
    assign(".Random.seed", state, envir = globalenv())
    stats::runif(n)
  })
}

# Matsumoto and Nishimura's initialisation by one number, in R's doubles
numpy_state <- function(seed) {
  words <- numeric(624)
  words[1] <- seed
  for (i in 1:623) {
    words[i + 1] <- times_1812433253(xor_shift_30(words[i])) + i
    words[i + 1] <- words[i + 1] %% 2^32
  }
  c(10403L, 624L, as_int32(words))
}

# x xor (x >> 30): only the two lowest bits of x change
xor_shift_30 <- function(x) {
  low <- x %% 4
  x - low + bitwXor(low, x %/% 2^30)
}

# The product modulo 2^32 in two halves, since it may have 64 bits and a double holds 53
times_1812433253 <- function(x) {
  high <- (x %/% 2^16 * 1812433253) %% 2^16
  low <- (x %% 2^16) * 1812433253
  (high * 2^16 + low) %% 2^32
}

# R has no unsigned integers; -2^31 is its NA, which is what .Random.seed holds too
as_int32 <- function(x) {
  signed <- ifelse(x >= 2^31, x - 2^32, x)
  signed[signed == -2^31] <- NA
  as.integer(signed)
}

with_r_stream <- function(draws) {
  before <- get0(".Random.seed", envir = globalenv(), inherits = FALSE)
  on.exit(
    if (is.null(before)) {
      rm(".Random.seed", envir = globalenv())
    } else {
      assign(".Random.seed", before, envir = globalenv())
    }
  )
  draws
}
