"""python -m tools.mutants: mutate judge/ and numbers/, and have their tests kill each mutant.

By mutmut. A mutant that survives has to be explained in tests/explained_mutants.toml. Exit codes: 0
all are killed or explained, 1 one is not, 2 mutmut or the tests do not run.
"""

import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from compare import ROOT

EXPLAINED = ROOT / "tests" / "explained_mutants.toml"
FOLDER = ROOT / "mutants"  # mutmut's
KILLED = ("killed", "timeout", "segfault")
MOST_EXPLAINED = 0.05


@dataclass(frozen=True)
class Change:
    """What a mutant is: in which file, which lines of code, and what stands in their place."""

    file: str
    old: str
    new: str


def explained(path: Path = EXPLAINED) -> dict[Change, str]:
    """Why each of these mutants changes nothing that could be told."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    return {Change(e["file"], e["old"], e["new"]): e["why"] for e in entries}


def statuses(results: str) -> dict[str, str]:
    """What ``mutmut results --all true`` says of each mutant."""
    pairs = (line.strip().partition(": ") for line in results.splitlines() if ": " in line)
    return {name: status for name, _, status in pairs}


def change(diff: str) -> Change:
    """What ``mutmut show`` says that a mutant is."""
    lines = diff.splitlines()
    file = next(line.removeprefix("--- ") for line in lines if line.startswith("--- "))
    code = [line for line in lines if not line.startswith(("---", "+++"))]

    def side(sign: str) -> str:
        return "\n".join(line[1:].strip() for line in code if line.startswith(sign))

    return Change(file, side("-"), side("+"))


def report(killed: int, survived: dict[str, Change], known: dict[Change, str]) -> list[str]:
    """What is wrong; empty where every mutant is killed or explained.

    Parameters
    ----------
    killed : int
        How many the tests killed.
    survived : dict
        By mutmut's name, what they are.
    known : dict
        Those that are explained.
    """
    lines = [
        f"{name}: survived in {c.file}\n  - {c.old}\n  + {c.new}"
        for name, c in survived.items()
        if c not in known
    ]
    stale = set(known) - set(survived.values())
    lines += [f"{c.file}: explained, but none such survives: {c.new}" for c in sorted_by(stale)]
    share = len(survived) / max(killed + len(survived), 1)
    if share > MOST_EXPLAINED:
        lines.append(f"{share:.1%} of the mutants survive, more than {MOST_EXPLAINED:.0%}")
    return lines


def sorted_by(changes: Iterable[Change]) -> list[Change]:
    """In the order of their files and lines."""
    return sorted(changes, key=lambda c: (c.file, c.old, c.new))


def mutmut(*arguments: str, show: bool = False) -> str | None:
    """What a mutmut command prints; None where it fails."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, stdout=None if show else subprocess.PIPE, text=True, check=False
    )
    return None if done.returncode else done.stdout or ""


def main() -> int:
    """Make and run all mutants."""
    shutil.rmtree(FOLDER, ignore_errors=True)  # results of other tests would be kept
    if mutmut("run", show=sys.stdout.isatty()) is None:
        print("nnmirror: mutmut does not run: do the tests of judge/ and numbers/ pass?")
        return 2
    results = mutmut("results", "--all", "true")
    if not results:
        print("nnmirror: mutmut made no mutants")
        return 2
    found = statuses(results)
    counts = Counter("killed" if status in KILLED else "survived" for status in found.values())
    survived = {}
    for name, status in found.items():
        if status not in KILLED:
            survived[name] = change(mutmut("show", name) or "")
    lines = report(counts["killed"], survived, explained())
    print(*lines, sep="\n")
    print(
        f"{len(found):,} mutants of judge/ and numbers/: {counts['killed']:,} killed, "
        f"{counts['survived']} survived, {len(explained())} explained"
    )
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
