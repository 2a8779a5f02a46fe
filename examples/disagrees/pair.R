# What was ported: NumPy's std() divides by n, and type 6 are SPSS's quartiles.

summary <- function(x) {
  list(
    sd = sd(x),
    quartiles = unname(quantile(x, c(0.25, 0.5, 0.75), type = 6)),
    mean = mean(x)
  )
}
