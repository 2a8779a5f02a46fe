"""The large numbers at the top of the page."""

from dataclasses import dataclass

from ...case.schema import NATIVE
from ...judge.verdicts import rank
from .columns import MUTANTS
from .functions import FunctionPage
from .stored import Results, Stored
from .text import listed


@dataclass(frozen=True)
class Tile:
    """One of the large numbers."""

    number: str
    of: str
    label: str
    detail: str


def tiles(stored: Stored) -> list[Tile]:
    """Printed numbers, pairs, digits, mutants."""
    results = stored.results
    printed = results.printed_checks
    tiles = [
        Tile(
            f"{printed.get('reproduced', 0):,}",
            f"of {sum(printed.values()):,}",
            "printed numbers reproduced to the last digit",
            listed(printed, "reproduced") + _in_both(results),
        ),
        *(_of_arithmetic(name, counts, stored) for name, counts in results.pairs.items()),
        Tile(
            f"{results.proved_digits['correct']:,}",
            f"of {results.proved_digits['printed']:,}",
            "printed digits proved correct",
            f"of the {results.proved_numbers} numbers whose exact value is enclosed",
        ),
    ]
    if "selftest" in stored.tables:
        mutants = stored["selftest"][MUTANTS].astype(int).sum()
        tiles.append(
            Tile(
                f"{mutants['killed'] + mutants['killed_by_error']:,}",
                f"of {mutants['mutants']:,}",
                "mutants killed in the last selftest",
                f"{mutants['equivalent']} change no value, {mutants['explained']} explained, "
                f"{mutants['survived']} survived",
            )
        )
    return tiles


def _in_both(results: Results) -> str:
    """How many printed numbers were checked twice, where some were."""
    n = sum(results.printed_checks.values()) - results.printed_numbers
    return f"; {n} of {results.printed_numbers} numbers checked in both languages" if n > 0 else ""


def _of_arithmetic(name: str, counts: dict[str, int], stored: Stored) -> Tile:
    """How many quantities of pairs of runs agree, natively in six digits, else to the bit."""
    total = f"of {sum(counts.values()):,}"
    if name == NATIVE:
        agree = counts["identical"] + counts["agree"]
        label = "quantities agree in six digits or more, in native arithmetic"
        return Tile(f"{agree:,}", total, label, listed(counts))
    iterations = stored["agreement"].loc[stored["agreement"]["arithmetic"] == name, "iterations"]
    whole = int((iterations == "all").sum())
    label = f"quantities have the same bits, in {name} arithmetic"
    detail = f"{whole:,} over all iterations, {len(iterations) - whole:,} over the first ones"
    return Tile(f"{counts['identical']:,}", total, label, detail)


def function_tiles(stored: Stored, functions: list[FunctionPage]) -> list[Tile]:
    """Outputs, values and pairs, where there are no others."""
    outputs = stored["outputs"]
    verdicts = outputs["verdict"].value_counts()
    held = sum(not page.fails for page in functions)
    return [
        Tile(
            f"{(outputs['fails'] == 'False').sum():,}",
            f"of {len(outputs):,}",
            "outputs hold in R and Python",
            ", ".join(f"{verdicts[v]} {v}" for v in sorted(verdicts.index, key=rank)),
        ),
        Tile(f"{held:,}", f"of {len(functions):,}", "pairs hold in every output", ""),
        Tile(
            f"{(n := outputs['n_values'].astype(int).sum()):,}",
            "value" if n == 1 else "values",
            "compared, each by its own measured tolerance",
            "",
        ),
    ]
