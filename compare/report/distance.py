"""Distances in representable doubles (ULP), and shares of a tolerance, in words."""

import math

READABLE = 10**6
LARGE = 1000  # times a tolerance: how many more says nothing
BEYOND_SIZE = 2**62  # more than from 1 to 2^1023: no two doubles of one sign and a common size


def in_ulp(ulp: object) -> str:
    """So many ULP, in full as long as that can be read; empty where it is unknown."""
    text = str(ulp)
    if text in ("", "nan"):
        return ""
    number = int(float(text)) if "." in text or "e" in text else int(text)
    if number >= BEYOND_SIZE:
        return "no digit agrees"
    return f"{number:,} ULP" if number < READABLE else f"{number:.1e} ULP"


def between(python: str, r: str, ulp: str) -> str:
    """The distance of two values as a table shows it."""
    if ulp and python.startswith("-") != r.startswith("-") and float(python) and float(r):
        return "opposite signs"
    return in_ulp(ulp).removesuffix(" ULP")


def share(ratio: float) -> str:
    """A part of a tolerance; one that is not nothing never reads as nothing."""
    if math.isnan(ratio):
        return "-"
    return f"{ratio:.2f}" if 0.005 <= ratio < LARGE else f"{ratio:.2g}"
