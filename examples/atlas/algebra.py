"""Linear algebra."""

import numpy as np
from scipy import linalg


def try_qr(a):
    return np.linalg.qr(a)[1]


def try_svd(a):
    return np.linalg.svd(a)[0]


def try_singular_values(a):
    return np.linalg.svd(a, compute_uv=False)


def try_eigen_symmetric(s):
    return np.linalg.eigh(s)[0]


def try_eigen_symmetric_equal(s):
    return np.linalg.eigh(s)[0][::-1]


def try_eigen_vectors(s):
    return np.linalg.eigh(s)[1][:, ::-1]


def try_solve(s, b):
    return np.linalg.solve(s, b)


def try_inverse(s):
    return np.linalg.inv(s)


def try_chol(s):
    return np.linalg.cholesky(s)


def try_chol_equal(s):
    return linalg.cholesky(s)


def try_det(s):
    return np.linalg.det(s)


def try_logdet(s):
    return np.linalg.slogdet(s)[1]


def try_norm(a):
    return np.linalg.norm(a)


def try_norm_equal(a):
    return np.linalg.norm(a, 1)


def try_kronecker(a, s):
    return np.kron(a, s)


def try_outer(x, y):
    return np.outer(x, y)


def try_crossprod(a):
    return a @ a.T


def try_crossprod_equal(a):
    return a.T @ a


def try_condition(s):
    return np.linalg.cond(s, 1)


def try_condition_equal(s):
    return 1 / np.linalg.cond(s, 1)


def try_matrix(x):
    return np.reshape(x, (3, 4))


def try_matrix_equal(x):
    return np.reshape(x, (3, 4), order="F")


def try_flatten(a):
    return a.ravel()


def try_flatten_equal(a):
    return a.ravel(order="F")


def try_row_means(a):
    return np.mean(a, axis=0)


def try_row_means_equal(a):
    return np.mean(a, axis=1)


def try_apply_max(a):
    return a.max()


def try_apply_max_equal(a):
    return a.max(axis=1)


def try_least_squares(a, y):
    return np.linalg.lstsq(a, y)[0]
