"""What a person sees in the terminal."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from ..case.case import Case
from ..case.setting import where
from ..explain.locate import Location
from ..judge.verdicts import MARKS
from ..safety.inert import one_line
from .distance import share
from .files import PAGE
from .left_open import left_open
from .page.failure import Failure
from .summary import (
    VERDICTS,
    accuracy_sentence,
    claim_sentence,
    least_reproduced,
    oracle_sentence,
    proof_sentence,
    summarise,
    window_sentence,
)
from .terminal_failures import print_failures
from .terminal_pairs import print_pairs
from .terminal_table import print_rows, print_table
from .verdict import verdict_sentence
from .verification import Verification, failing, judged

SHOWN_FAILURES = 5
STYLE = {"good": "green", "warn": "yellow", "bad": "red"}


def print_facts(console: Console, facts: dict[str, str]) -> None:
    """Facts of a machine, one line each."""
    table = Table(show_header=False, box=None)
    for name, value in facts.items():
        table.add_row(name, one_line(value))
    console.print(table)


def print_differing_numbers(console: Console, numbers: pd.DataFrame) -> None:
    """Each printed number that not every environment reproduces, in each environment."""
    keys = ["case", "variant", "start", "quantity", "index", "printed"]
    for key, rows in numbers.groupby(keys, sort=False):
        row = dict(zip(keys, key, strict=True))
        name = where(pd.Series(row))
        console.print()
        console.print(one_line(f"{name}[{row['index']}], printed {row['printed']}"), soft_wrap=True)
        shown = pd.DataFrame(
            {
                "environment": rows["environment"],
                "value": [repr(value) for value in rows["value"].tolist()],
                "correct digits": [f"{digits:.1f}" for digits in rows["lre_proved"]],
                "verdict": rows["verdict"],
            }
        )
        print_table(console, shown)


def print_environments(console: Console, table: pd.DataFrame) -> None:
    """What came out in each environment, and why others are not applicable."""
    console.print()
    columns = ["environment", "reproduced", "within rounding", "mismatch", "disagree", "exit code"]
    print_table(console, table.loc[table["not applicable"] == "", columns])
    for _, row in table[table["not applicable"] != ""].iterrows():
        line = f"not applicable: {row['environment']}: {row['not applicable']}"
        console.print(one_line(line), soft_wrap=True)


def print_cases(console: Console, cases: list[Case]) -> None:
    """One line a case."""
    table = Table(box=None, header_style="bold")
    for column in ("case", "printed", "variants", "starts", "title"):
        table.add_column(column, justify="right" if column in ("printed", "variants") else "left")
    for case in cases:
        table.add_row(
            case.name,
            str(case.printed_numbers),
            str(len(case.variants())),
            ", ".join(case.starts),
            one_line(case.title),
        )
    console.print(table)


def print_case(console: Console, case: Case) -> None:
    """What a case runs, what it must return, and every number that was printed."""
    console.print(one_line(case.title), style="bold", soft_wrap=True)
    for text in (case.source, case.note):
        if text:
            console.print(f"{one_line(text)}\n", soft_wrap=True)
    facts = Table(box=None, show_header=False)
    facts.add_row("Python", case.python)
    facts.add_row("R", case.r)
    facts.add_row("arithmetic", ", ".join(case.arithmetics))
    facts.add_row("variants", ", ".join(v.name for v in case.variants()))
    facts.add_row("starts", ", ".join(f"{k} (seed {s.seed})" for k, s in case.starts.items()))
    facts.add_row(
        "returns",
        ", ".join(
            f"{name} {'x'.join(map(str, case.shape(name))) or 'scalar'}" for name in case.quantities
        ),
    )
    console.print(facts)
    console.print(f"{case.printed_numbers} printed numbers", style="bold")
    rows = [
        (
            printed.language,
            printed.variant,
            printed.quantity,
            ",".join(map(str, printed.index)),
            printed.text,
            printed.format.text,
        )
        for printed in case.printed_list()
    ]
    if rows:
        columns = ("language", "variant", "quantity", "index", "printed", "format")
        print_rows(console, columns, rows)


def print_location(console: Console, location: Location) -> None:
    """Where a pair differs: the cause in a sentence, then growth, then the evidence."""
    native = location.first_differences[0]
    console.print(one_line(location.setting), style="bold", soft_wrap=True)
    console.print(one_line(location.cause), soft_wrap=True)
    if native.iteration is not None:
        console.print(
            f"  python {native.python!r} = {native.python.hex()}\n"
            f"  r      {native.r!r} = {native.r.hex()}   ({native.ulps} ULP apart)"
        )
    passed = [f"{level:g} at {i}" for level, i in location.passes.items() if i is not None]
    if passed:
        text = (
            f"The difference of {location.setting.case.trajectories[0]} passes {', '.join(passed)}"
        )
        if location.doubling:
            text += f"; it doubles every {location.doubling:.1f} iterations on the way"
        console.print(text + ".", soft_wrap=True)
    evidence = location.table().drop(columns=["python_hex", "r_hex"]).astype(str)
    print_rows(console, list(evidence.columns), evidence.to_numpy().tolist())
    console.print()


def print_summary(
    console: Console,
    verification: Verification,
    folder: Path | None = None,
    failures: Sequence[Failure] | None = None,
) -> None:
    """The counts, what went wrong and the verdict; where the report is, if it is anywhere.

    Parameters
    ----------
    failures : list of Failure, optional
        As the report shows them; without a report the failing rows are listed.
    """
    counts = summarise(verification)
    if verification.cases:
        _print_built_in(console, verification, counts)
    print_pairs(
        console,
        verification.outputs,
        verification.messages,
        verification.explanations,
        verification.published,
    )
    if failures is None:
        _print_failing_rows(console, verification)
    else:
        print_failures(console, failures)
    for line in left_open(verification):
        console.print(one_line(line), soft_wrap=True)
    console.print()
    console.print(one_line(verdict_sentence(verification)), style="bold", soft_wrap=True)
    if folder is not None:
        console.print(one_line(folder / PAGE), soft_wrap=True)
        console.print(f"exit code {verification.exit_code}: {counts['meaning']}", soft_wrap=True)


def _print_built_in(console: Console, verification: Verification, counts: dict[str, Any]) -> None:
    columns = {"printed numbers": counts["printed_checks"]} | {
        f"{arithmetic} quantities": verdicts for arithmetic, verdicts in counts["pairs"].items()
    }
    table = Table(box=None, header_style="bold")
    table.add_column("")
    for name in columns:
        table.add_column(name, justify="right")
    for verdict in VERDICTS:
        cells = [verdicts.get(verdict) for verdicts in columns.values()]
        style = STYLE[MARKS[verdict]] if any(cells) else "dim"
        table.add_row(verdict, *("" if n is None else str(n) for n in cells), style=style)
    console.print(table)
    checks, printed = len(verification.published), counts["printed_numbers"]
    console.print(
        f"\n{printed} printed numbers, {checks - printed} of them checked in both languages: "
        f"{checks} checks",
        soft_wrap=True,
    )
    worst = counts["worst"]
    if worst["ratio"] is not None:
        console.print(
            f"{counts['values_compared']:,} values compared; largest difference "
            f"{share(worst['ratio'])} of its tolerance ({one_line(worst['where'])})",
            soft_wrap=True,
        )
    for sentence in (window_sentence(verification), accuracy_sentence(verification)):
        if sentence:
            console.print(one_line(sentence), soft_wrap=True)
    if least_reproduced(verification):
        console.print(one_line(least_reproduced(verification)), soft_wrap=True)
    console.print(one_line(proof_sentence(verification)), soft_wrap=True)
    again = ", ".join(f"{n} {verdict}" for verdict, n in counts["references"].items())
    console.print(f"stored references, re-verified: {again}", soft_wrap=True)
    _print_alternatives(console, verification)
    if oracle_sentence(verification):
        console.print(one_line(oracle_sentence(verification)), soft_wrap=True)
    if claim_sentence(verification):
        console.print(one_line(claim_sentence(verification)), soft_wrap=True)


def _print_alternatives(console: Console, verification: Verification) -> None:
    for case in verification.cases:
        pairs = verification.agreement[verification.agreement["case"] == case.name]
        if case.alternative_to and pairs["min_lre"].notna().any():
            console.print(
                f"{one_line(case.name)}: its mirror in Python agrees with it in at least "
                f"{pairs['min_lre'].min():.1f} digits",
                soft_wrap=True,
            )


def _print_failing_rows(console: Console, verification: Verification) -> None:
    lines = [*verification.in_the_way] + [
        f"{row['verdict']}: {where(row)} [{row[unit]}]: {row['reason']}"
        for table, unit in judged(verification)
        if unit != "values"  # of pairs, which are shown whole
        for _, row in failing(table).head(SHOWN_FAILURES).iterrows()
    ]
    if lines:
        console.print()
    for line in lines:
        console.print(one_line(line), style="red", soft_wrap=True)
