# Distances, clusters and components.

try_prcomp <- function(m) unname(prcomp(m)$x)

try_prcomp_sdev <- function(m) prcomp(m)$sdev

try_dist <- function(m) c(dist(m))

try_dist_manhattan <- function(m) c(dist(m, "manhattan"))

try_mahalanobis <- function(m) mahalanobis(m, colMeans(m), cov(m))

try_hclust <- function(m) hclust(dist(m))$height

try_hclust_ward <- function(m) hclust(dist(m), "ward.D2")$height

try_cutree <- function(m) cutree(hclust(dist(m), "average"), 2)

try_kmeans <- function(m, start) kmeans(m, start)$cluster

try_correlation_matrix <- function(m) cor(m)

try_covariance_matrix <- function(m) cov(m)

try_scale_matrix <- function(m) matrix(scale(m), nrow(m))
