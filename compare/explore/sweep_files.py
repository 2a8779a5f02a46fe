"""The folder of a sweep: parts while it runs, tables and a picture when it is done."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ..run.pool import Failure, run_all
from ..safety.errors import ForeseenError
from ..safety.whole import written_whole
from .plan import Plan
from .sweep import run_part, summary
from .sweep_picture import picture

PLAN, PARTS = "sweep.json", "parts"
TABLE, SUMMARY, PICTURE = "sweep", "summary.csv", "sweep.svg"


class SweepError(ForeseenError):
    """A folder that holds something else, or a part that could not be run."""


def open_folder(folder: Path, plan: Plan) -> None:
    """Make the folder of a plan, or find it as it was left.

    Raises
    ------
    SweepError
        Something else is there.
    """
    identity = json.dumps(plan.identity(), sort_keys=True)
    kept = folder / PLAN
    try:
        if kept.exists():
            if kept.read_text(encoding="utf-8") != identity:
                raise SweepError(f"{folder} holds another sweep: name another folder with --out")
        elif folder.exists() and any(folder.iterdir()):
            raise SweepError(f"{folder} is not empty, and holds no sweep: name another with --out")
        (folder / PARTS).mkdir(parents=True, exist_ok=True)
        with written_whole(kept) as fresh:
            fresh.write_text(identity, encoding="utf-8")
    except OSError as error:
        raise SweepError(f"{folder}: {error.strerror}") from None


def run_parts(
    folder: Path,
    plan: Plan,
    jobs: int,
    timeout: float,
    progress: Callable[[str, int], Callable[[], None]],
) -> None:
    """Run what is not there yet; each part is kept as soon as it is done.

    Raises
    ------
    SweepError
        A part could not be run; the others are kept.
    """
    parts = plan.parts()
    todo = [i for i in range(len(parts)) if not _of_part(folder, i).exists()]
    done = progress("parts", len(parts))
    for _ in range(len(parts) - len(todo)):
        done()

    def keep(number: int, table: pd.DataFrame | Failure) -> None:
        if not isinstance(table, Failure):
            path = _of_part(folder, todo[number])
            with written_whole(path) as fresh:
                table.to_parquet(fresh, index=False)

    for outcome in run_all(run_part, [parts[i] for i in todo], jobs, timeout, done, keep):
        if isinstance(outcome, Failure):
            outcome.raise_if_ours()
            raise SweepError(f"{outcome.reason}; the same command goes on from here")


def gather(folder: Path, plan: Plan) -> pd.DataFrame:
    """Write the tables and the picture of a sweep whose parts are there; returns its summary."""
    paths = [_of_part(folder, i) for i in range(len(plan.parts()))]
    table = pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True)
    by_setting = summary(table, list(plan.values))
    with written_whole(folder / f"{TABLE}.parquet") as fresh:
        table.to_parquet(fresh, index=False)
    with written_whole(folder / f"{TABLE}.csv") as fresh:
        table.to_csv(fresh, index=False, float_format="%.17g")
    with written_whole(folder / SUMMARY) as fresh:
        by_setting.to_csv(fresh, index=False)
    with written_whole(folder / PICTURE) as fresh:
        fresh.write_text(picture(plan, by_setting), encoding="utf-8")
    return by_setting


def _of_part(folder: Path, number: int) -> Path:
    return folder / PARTS / f"{number:06}.parquet"
