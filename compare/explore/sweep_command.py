"""What `nnmirror sweep` prints, and its exit code."""

import argparse

from .. import CASES
from ..case.lock import reviewed_cases
from ..report.console import out, progress_bars
from ..report.terminal_table import print_table
from ..run.cluster import on_cluster
from ..safety.inert import one_line
from .plan import plan
from .sweep_files import PICTURE, SUMMARY, TABLE, gather, open_folder, run_parts


def sweep(options: argparse.Namespace) -> int:
    """Run every network, or what is left of them, and write the tables.

    Returns
    -------
    int
        0 all were run.

    Raises
    ------
    CaseError, SweepError
        What was asked for cannot be understood, the folder holds something else, or a part failed.
    """
    (case,) = reviewed_cases(CASES, [options.case])
    asked = plan(case, options.start, options.seeds, options.set, options.iterations, options.below)
    open_folder(options.out, asked)
    with on_cluster(options.dask), progress_bars() as progress:
        run_parts(options.out, asked, options.jobs, options.timeout, progress)
    by_setting = gather(options.out, asked)
    print_table(
        out,
        by_setting[[*asked.values]].assign(
            learned=[f"{learned:.1%}" for learned in by_setting["learned"]],
            interval=[
                f"{low:.1%} to {high:.1%}"
                for low, high in zip(
                    by_setting["learned_low"], by_setting["learned_high"], strict=True
                )
            ],
            error=by_setting["last_error_median"],
            needed=by_setting["needed_median"],
        ),
    )
    out.print(
        f"learned: seeds of {len(asked.seeds):,} that end below {asked.below:g}, with the 95 % "
        "interval of that share; error at the end and iterations needed: medians",
        soft_wrap=True,
    )
    files = f"{TABLE}.parquet, {TABLE}.csv, {SUMMARY}, {PICTURE}"
    out.print(f"{one_line(str(options.out))}: {files}", soft_wrap=True)
    return 0
