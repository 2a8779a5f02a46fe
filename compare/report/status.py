"""A verification's state in a word, and the commands that repeat it."""

import re

STATUS = {0: "holds", 1: "fails", 2: "incomplete", 70: "incomplete"}


def verify_command(facts: dict[str, str], of_somebodys: bool = False) -> list[str]:
    """Lines for a shell, from what a report knows of its making.

    Parameters
    ----------
    of_somebodys : bool
        Whether pairs of somebody's own were compared, whose files no commit of nnmirror holds.
    """
    commit = (facts.get("commit") or "").split(" ")[0]
    command = facts.get("command") or "python -m compare verify"
    if of_somebodys or not re.fullmatch("[0-9a-f]{40}", commit):  # installed, or no git
        return [command]
    return [f"git checkout {commit}", "make setup", f".venv/bin/{command}"]
