"""The pictures that a case may have besides those of its trajectories."""

from typing import Annotated, Literal

from pydantic import Field

from .schema import Number, Record, Text


class HeatMaps(Record):
    """Final values of quantities as heat maps, Python's beside R's."""

    kind: Literal["weights", "counts"]
    title: Text
    quantities: Annotated[list[Text], Field(min_length=1)]


class Surface(Record):
    """A matrix as a landscape, and a path of two trajectories over it.

    ``low`` and ``high`` name the inputs between which the rows (the path's first trajectory) and
    the columns (its second) are evenly spaced.
    """

    kind: Literal["surface"]
    title: Text
    quantity: Text
    low: Text
    high: Text
    path: Annotated[list[Text], Field(min_length=2, max_length=2)]


class Curve(Record):
    """A polynomial, its coefficients an input with the highest first, and a ball that rolls on it.

    ``path`` names the trajectory of the ball's place, ``between`` the ends of the picture.
    """

    kind: Literal["curve"]
    title: Text
    polynomial: Text
    path: Text
    between: Annotated[list[Number], Field(min_length=2, max_length=2)]


Figure = Annotated[HeatMaps | Surface | Curve, Field(discriminator="kind")]


def final_values_of(figure: Figure) -> list[str]:
    """The quantities whose final values a figure other than heat maps shows."""
    return [figure.quantity] if isinstance(figure, Surface) else []


def path_of(figure: Figure) -> list[str]:
    """The trajectories that a figure draws as a path."""
    if isinstance(figure, HeatMaps):
        return []
    return [figure.path] if isinstance(figure, Curve) else list(figure.path)
