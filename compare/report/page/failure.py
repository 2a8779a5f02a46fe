"""One thing that went wrong, as the page shows it."""

from dataclasses import dataclass, field

# of facts that are shown as they were written or printed
AS_WRITTEN = ("Python", "R", "in Python", "in R", "printed", "here", "exactly")


@dataclass(frozen=True)
class Failure:
    """One thing to look at.

    Attributes
    ----------
    facts : list of (str, str)
        Label and value, such as both values.
    cause : str
        What is known of why.
    next : list of str
        Commands.
    rows : int
        How many rows of the tables fail with it.
    """

    verdict: str
    what: str
    case: str
    facts: list[tuple[str, str]]
    cause: str = ""
    next: list[str] = field(default_factory=list)
    rows: int = 1
