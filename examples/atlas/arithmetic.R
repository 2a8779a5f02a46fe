# Arithmetic that looks the same in both languages.

try_round_half <- function(x) round(x)

try_round_decimals <- function(x) {
  round(x, 2)
}

try_round_decimals_equal <- function(x) round(x, 1)

try_signif <- function(x) signif(x, 3)

try_modulo <- function(a, b) a %% b

try_integer_division <- function(a, b) a %/% b

try_cumsum <- function(x) cumsum(x)

try_cumprod <- function(x) cumprod(x)

try_prod <- function(k) prod(k)

try_factorial <- function(n) factorial(n)

try_choose <- function(n, k) choose(n, k)

try_sum_squares <- function(k) sum(k * k)

try_sqrt <- function(x) suppressWarnings(sqrt(x))

try_log <- function(x) log(x)

try_power <- function(x, y) x[1]^y

try_power_equal <- function(x, y) x^y

try_atan2 <- function(y, x) atan2(y, x)

try_ceiling <- function(x) ceiling(x)

try_sequence <- function(n) 0:n

try_seq_length <- function(n) {
  seq(0, 1, length.out = n)
}

try_diff <- function(x) diff(x, differences = 2)

try_gradient_lag <- function(x) diff(x, 2)

try_degrees <- function(x) x * 180 / pi

try_maximum <- function(x) pmax(x, 2)

try_xor <- function(a, b) bitwXor(a, b)
