# Linear algebra.

try_qr <- function(a) qr.R(qr(a))

try_svd <- function(a) svd(a)$u

try_singular_values <- function(a) svd(a)$d

try_eigen_symmetric <- function(s) {
  eigen(s)$values
}

try_eigen_vectors <- function(s) eigen(s)$vectors

try_solve <- function(s, b) solve(s, b)

try_inverse <- function(s) solve(s)

try_chol <- function(s) chol(s)

try_det <- function(s) det(s)

try_logdet <- function(s) c(determinant(s)$modulus)

try_norm <- function(a) norm(a)

try_kronecker <- function(a, s) kronecker(a, s)

try_outer <- function(x, y) outer(x, y)

try_crossprod <- function(a) crossprod(a)

try_condition <- function(s) {
  rcond(s)
}

try_matrix <- function(x) matrix(x, 3, 4)

try_flatten <- function(a) c(a)

try_row_means <- function(a) rowMeans(a)

try_apply_max <- function(a) apply(a, 1, max)

try_least_squares <- function(a, y) unname(lm.fit(a, y)$coefficients)
