"""A change of an R file's text."""

from dataclasses import dataclass

from selftest.r_tree import Node


@dataclass(frozen=True)
class Change:
    """What is wrong now: nodes, each with the text that takes its place.

    Attributes
    ----------
    equivalent : str
        Why the change cannot change any value; empty where it can.
    """

    kind: str
    replaced: tuple[tuple[Node, str], ...]
    equivalent: str = ""


def one(kind: str, node: Node, new: str) -> Change:
    """The change of a single node."""
    return Change(kind, ((node, new),))
