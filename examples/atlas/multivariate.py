"""Distances, clusters and components."""

import numpy as np
from scipy.cluster import hierarchy, vq
from scipy.spatial import distance


def try_prcomp(m):
    scores = np.linalg.svd(m - m.mean(axis=0), full_matrices=False)
    return (m - m.mean(axis=0)) @ scores[2].T


def try_prcomp_sdev(m):
    s = np.linalg.svd(m - m.mean(axis=0), compute_uv=False)
    return s / np.sqrt(len(m))


def try_prcomp_sdev_equal(m):
    s = np.linalg.svd(m - m.mean(axis=0), compute_uv=False)
    return s / np.sqrt(len(m) - 1)


def try_dist(m):
    return distance.pdist(m)


def try_dist_manhattan(m):
    return distance.pdist(m)


def try_dist_manhattan_equal(m):
    return distance.pdist(m, "cityblock")


def try_mahalanobis(m):
    inverse, mean = np.linalg.inv(np.cov(m.T)), m.mean(axis=0)
    d = np.array([distance.mahalanobis(row, mean, inverse) for row in m])
    return d


def try_mahalanobis_equal(m):
    inverse, mean = np.linalg.inv(np.cov(m.T)), m.mean(axis=0)
    d = np.array([distance.mahalanobis(row, mean, inverse) for row in m])
    return d**2


def try_hclust(m):
    return hierarchy.linkage(m)[:, 2]


def try_hclust_equal(m):
    return hierarchy.linkage(m, "complete")[:, 2]


def try_hclust_ward(m):
    return hierarchy.ward(m)[:, 2]


def try_cutree(m):
    return hierarchy.fcluster(hierarchy.linkage(m, "average"), 2, "maxclust")


def try_kmeans(m, start):
    _, labels = vq.kmeans2(m, start)
    return labels


def try_kmeans_equal(m, start):
    _, labels = vq.kmeans2(m, start)
    return labels + 1


def try_correlation_matrix(m):
    return np.corrcoef(m)


def try_correlation_matrix_equal(m):
    return np.corrcoef(m, rowvar=False)


def try_covariance_matrix(m):
    return np.cov(m, rowvar=False)


def try_scale_matrix(m):
    return (m - m.mean(axis=0)) / m.std(axis=0)


def try_scale_matrix_equal(m):
    return (m - m.mean(axis=0)) / m.std(axis=0, ddof=1)
