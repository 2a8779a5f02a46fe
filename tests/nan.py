"""Equality of results that hold NaN."""


def same(one: object, other: object) -> bool:
    """Whether two dataclasses have the same fields, NaN where the other has it.

    From Python 3.13 on `==` compares field by field, and NaN is not NaN; before, it was the same
    object.
    """
    return type(one) is type(other) and repr(one) == repr(other)
