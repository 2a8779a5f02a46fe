"""A verification's state in a word, and the commands that repeat it."""

import re

STATUS = {0: "holds", 1: "fails", 2: "incomplete", 70: "incomplete"}


def verify_command(facts: dict[str, str]) -> list[str]:
    """Lines for a shell, from what a report knows of its making."""
    commit = (facts.get("commit") or "").split(" ")[0]
    command = facts.get("command") or "python -m compare verify"
    if not re.fullmatch("[0-9a-f]{40}", commit):  # installed, or no git
        return [command]
    return [f"git checkout {commit}", "make setup", f".venv/bin/{command}"]
