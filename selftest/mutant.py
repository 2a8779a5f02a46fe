"""A mutant: a file of the networks with one thing wrong in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """A file with one thing wrong in it.

    Attributes
    ----------
    language : str
        ``python`` or ``r``.
    kind : str
        What sort of thing is wrong.
    stem : str
        The file: ``python_impl/STEM.py`` or ``r_impl/R/STEM.R``.
    what : str
        The line, and what became of it.
    source : str
        The whole file with the mutant.
    equivalent : str
        Why the mutant cannot change any value; empty where it can.
    explained : str
        Why no run shows it, although it could; empty where one should.
    """

    language: str
    kind: str
    stem: str
    what: str
    source: str
    equivalent: str = ""
    explained: str = ""
