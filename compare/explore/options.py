"""Options of the commands that search; nothing is loaded for them."""

import argparse
from pathlib import Path

from ..run.options import add_dask, add_memory, add_pool_options, positive


def add_explore(parser: argparse.ArgumentParser) -> None:
    """What `nnmirror explore` takes."""
    parser.add_argument("case", metavar="CASE", help="a case file, or the folder of one")
    for name, default, text in (
        ("inputs", 2000, "most inputs to draw"),
        ("seconds", 60, "most seconds to search"),
        ("seed", 1, "seed of the drawing"),
    ):
        parser.add_argument(
            f"--{name}", type=positive, default=default, metavar="N", help=f"{text} ({default})"
        )
    parser.add_argument(
        "--keep", action="store_true", help="add what is found to the case file, as examples"
    )
    add_memory(parser)


def add_sweep(parser: argparse.ArgumentParser) -> None:
    """What `nnmirror sweep` takes."""
    parser.add_argument("case", metavar="CASE", help="a built-in case of one or two layers")
    parser.add_argument(
        "--seeds", default="1:100", metavar="SEEDS", help="such as 1:10000 or 1,5,7 (1:100)"
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUES",
        help="such as alpha=0.1,1,10 or hidden_size=2:64 (default: the case's grid)",
    )
    parser.add_argument("--start", help="whose generator draws the weights, numpy or r")
    parser.add_argument("--iterations", type=positive, metavar="N", help="(default: the case's)")
    parser.add_argument(
        "--below",
        type=float,
        default=0.01,
        metavar="ERROR",
        help="mean absolute error below which a network has learned (0.01)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("sweep"),
        metavar="DIR",
        help="folder of the tables; the same command goes on where it was stopped (sweep)",
    )
    add_pool_options(parser, timeout=3600)
    add_dask(parser)
