#' Arithmetics: how a network multiplies, squashes and averages
#'
#' The three operations in which two languages round differently. Everything
#' else in the training loops is elementwise IEEE 754 arithmetic, the same
#' bits everywhere.
#'
#' `arithmetic_native` is R's own: `%*%` with whatever BLAS R uses, [plogis()]
#' and [mean()]. `arithmetic_portable` adds from left to right, takes its
#' sigmoid from [portable_sigmoid()] and gives the same bits on every machine, as
#' its mirror in Python does.
#'
#' @format A list of three functions:
#' \describe{
#'   \item{`matmul`}{Two matrices, n x k and k x m: their product, n x m.}
#'   \item{`sigmoid`}{Elementwise, 1 / (1 + exp(-x)).}
#'   \item{`mean`}{A matrix: the mean of all its elements.}
#' }
#' @examples
#' a <- matrix(c(0.1, 0.2, 0.3, 0.4), 2, 2)
#' arithmetic_portable$matmul(a, a) - arithmetic_native$matmul(a, a)
#' @include portable.R
#' @name arithmetic
NULL

portable_matmul <- function(a, b) {
  n <- nrow(a)
  m <- ncol(b)
  inner <- seq_len(ncol(a))[-1]
  # the sum does not begin with 0, which would turn a sum of -0 into 0
  if (m == 1) {
    # a single factor R recycles itself, and faster
    sum <- a[, 1] * b[1]
    for (k in inner) {
      sum <- sum + a[, k] * b[k]
    }
  } else {
    rows <- rep.int(n, m) # rep.int takes half the time of rep(each = n)
    sum <- a[, 1] * rep.int(b[1, ], rows)
    for (k in inner) {
      sum <- sum + a[, k] * rep.int(b[k, ], rows)
    }
  }
  dim(sum) <- c(n, m)
  sum
}

portable_mean <- function(x) {
  sum <- x[1]
  for (i in seq_along(x)[-1]) {
    sum <- sum + x[i]
  }
  sum / length(x)
}

#' @rdname arithmetic
#' @export
arithmetic_native <- list(
  matmul = function(a, b) a %*% b,
  sigmoid = stats::plogis,
  mean = mean
)

#' @rdname arithmetic
#' @export
arithmetic_portable <- list(
  matmul = portable_matmul,
  sigmoid = portable_sigmoid,
  mean = portable_mean
)
