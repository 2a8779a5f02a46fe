"""Shape checks: NumPy would broadcast a wrong shape into a wrong answer."""

from python_impl.arithmetic import Array


def check_shape(name: str, x: Array, n_rows: int, n_columns: int) -> None:
    """Raise ValueError unless the last two axes of ``x`` are ``n_rows`` x ``n_columns``."""
    if x.shape[-2:] != (n_rows, n_columns):
        raise ValueError(f"{name} has shape {x.shape}, expected {n_rows} x {n_columns}")


def check_positive(name: str, x: float) -> None:
    """Raise ValueError unless ``x`` is at least 1."""
    if not x >= 1:
        raise ValueError(f"{name} is {x}, expected at least 1")
