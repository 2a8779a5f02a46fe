"""Distances in representable doubles (ULP), in words."""

READABLE = 10**6
BEYOND_SIZE = 2**62  # more than from 1 to 2^1023: no two doubles of one sign and a common size


def in_ulp(ulp: object) -> str:
    """So many ULP, in full as long as that can be read; empty where it is unknown."""
    text = str(ulp)
    if text in ("", "nan"):
        return ""
    number = int(float(text)) if "." in text or "e" in text else int(text)
    if number >= BEYOND_SIZE:
        return "no digit in common"
    return f"{number:,} ULP" if number < READABLE else f"{number:.1e} ULP"


def between(python: str, r: str, ulp: str) -> str:
    """The distance of two values as a table shows it."""
    if ulp and python.startswith("-") != r.startswith("-") and float(python) and float(r):
        return "opposite signs"
    return in_ulp(ulp).removesuffix(" ULP")
