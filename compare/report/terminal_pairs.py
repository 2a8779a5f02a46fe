"""Somebody's pairs in the terminal."""

import pandas as pd
from rich.console import Console

from ..judge.verdicts import MARKS
from ..safety.inert import one_line
from .distance import in_ulp
from .judged_pairs import JudgedPair, judged_pairs
from .page.text import brief

STYLE = {"good": "green", "warn": "yellow", "bad": "red"}
NOTHING = "-"  # in place of an output where there was none
MOST_OUTPUTS, MOST_SAID, WIDTH, WIDEST = 20, 6, 300, 30


def print_pairs(
    console: Console,
    outputs: pd.DataFrame,
    messages: pd.DataFrame,
    explanations: pd.DataFrame,
    published: pd.DataFrame | None = None,
) -> None:
    """Each pair with its outputs, what fails first, and what the languages said meanwhile."""
    for pair in judged_pairs(outputs, messages, explanations, published):
        _print_pair(console, pair)


def _print_pair(console: Console, pair: JudgedPair) -> None:
    style = "red" if pair.fails else STYLE[MARKS[pair.verdict]]
    console.print(f"{one_line(pair.name)}: {pair.verdict}", style=f"bold {style}", soft_wrap=True)
    if list(pair.outputs["output"]) != [NOTHING]:
        _print_outputs(console, pair)
    for who, text in pair.messages[:MOST_SAID]:
        console.print(f"  {who}: {_plain(text)}", soft_wrap=True)
    console.print()


def _print_outputs(console: Console, pair: JudgedPair) -> None:
    shown = pair.outputs.head(MOST_OUTPUTS)
    width = min(WIDEST, max(len(_plain(name)) for name in shown["name"]))
    for _, row in shown.iterrows():
        notes = "; ".join(filter(None, [_plain(row["note"]), _plain(row["declared"])]))
        values = f"{row['n_values']} value{'' if str(row['n_values']) == '1' else 's'}"
        facts = [values] if row["n_values"] else []
        if row["max_ulp"] not in ("", "0"):
            facts.append(in_ulp(row["max_ulp"]))
        console.print(
            f"  {_plain(row['name']):{width}}  {row['verdict']:14}  "
            + "; ".join(filter(None, [", ".join(facts), notes])),
            style=STYLE[MARKS[str(row["verdict"])]],
            soft_wrap=True,
        )
        for sentence in str(row["reason"]).splitlines():
            console.print(f"  {'':{width}}  {one_line(sentence)}", soft_wrap=True)
    if len(pair.outputs) > MOST_OUTPUTS:
        console.print(f"  and {len(pair.outputs) - MOST_OUTPUTS} more outputs, in outputs.csv")


def _plain(text: object) -> str:
    return brief(one_line(text), WIDTH)
