"""What a figure may ask for."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from .figures import Curve, Figure, HeatMaps
from .names import refuse_unknown

Shape = Callable[[str], tuple[int, ...]]


def check_figure(
    key: str,
    figure: Figure,
    inputs: Mapping[str, Any],
    quantities: Collection[str],
    trajectories: Collection[str],
    shape: Shape,
) -> None:
    """Raises ValueError where a figure names what the case lacks, or what cannot be drawn so."""
    if isinstance(figure, HeatMaps):
        refuse_unknown(f"{key}.quantities", figure.quantities, quantities)
        for name in figure.quantities:
            _need_axes(f"{key}.quantities", name, shape, 2)
    elif isinstance(figure, Curve):
        refuse_unknown(f"{key}.polynomial", [figure.polynomial], inputs)
        refuse_unknown(f"{key}.path", [figure.path], trajectories)
        _need_axes(f"{key}.polynomial", figure.polynomial, shape, 1)
        _need_order(f"{key}.between", *figure.between)
    else:
        refuse_unknown(f"{key}.quantity", [figure.quantity], quantities)
        refuse_unknown(f"{key}.path", figure.path, trajectories)
        refuse_unknown(f"{key}.low", [figure.low], inputs)
        refuse_unknown(f"{key}.high", [figure.high], inputs)
        _need_axes(f"{key}.quantity", figure.quantity, shape, 2)
        _need_axes(f"{key}.low", figure.low, shape, 0)
        _need_axes(f"{key}.high", figure.high, shape, 0)
        _need_order(key, inputs[figure.low], inputs[figure.high])


def _need_axes(key: str, name: str, shape: Shape, n_axes: int) -> None:
    if len(shape(name)) != n_axes:
        raise ValueError(f"{key}: {name} has {len(shape(name))} axes, expected {n_axes}")


def _need_order(key: str, low: float, high: float) -> None:
    if not low < high:
        raise ValueError(f"{key}: {low} is not below {high}")
