# Principal components by R's prcomp.

components <- function(X) {
  found <- prcomp(X)
  list(
    deviations = found$sdev,
    loadings = unname(found$rotation),
    scores = unname(found$x)
  )
}
