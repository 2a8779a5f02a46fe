import numpy as np
import pytest

from python_impl import nnet, one_layer, two_layer

X, y = np.zeros((4, 3)), np.zeros((4, 1))


def test_a_wrong_shape_is_named_with_what_was_expected() -> None:
    with pytest.raises(ValueError, match=r"y has shape \(1, 4\), expected 4 x 1"):
        one_layer.train(X, y.T, np.zeros((3, 1)))
    with pytest.raises(ValueError, match=r"synapse_0 has shape \(2, 1\), expected 3 x 1"):
        one_layer.train(X, y, np.zeros((2, 1)))
    with pytest.raises(ValueError, match=r"synapse_1 has shape \(3, 1\), expected 4 x 1"):
        two_layer.train(X, y, np.zeros((3, 4)), np.zeros((3, 1)))


@pytest.mark.parametrize("maxiter", [0, -1, float("nan")])
def test_there_is_at_least_one_iteration(maxiter: float) -> None:
    with pytest.raises(ValueError, match=r"maxiter is .*, expected at least 1"):
        one_layer.train(X, y, np.zeros((3, 1)), maxiter=maxiter)  # type: ignore[arg-type]


def test_nnet_needs_weights_of_the_right_number() -> None:
    with pytest.raises(ValueError, match="needs Wts or random_state"):
        nnet.train(X, y, 4)
    with pytest.raises(ValueError, match="Wts has length 3, expected 21"):
        nnet.train(X, y, 4, Wts=np.zeros(3))
