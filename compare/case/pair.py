"""A pair: two functions that know nothing of this program, and what is asked of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..safety.errors import CaseError
from .bounds import Bounds
from .content import Content
from .contract import Contract, Published
from .files import read_toml
from .input_sets import Inputs, input_sets
from .schema import LANGUAGES, Language, one_line, problems

OF_PAIRS, BY_FOLDER = "*.pair.toml", "case.toml"


@dataclass(frozen=True)
class PairCase:
    """A case file of somebody's own, read and checked.

    Attributes
    ----------
    folder : Path
        What paths in the file are relative to.
    functions : dict
        By language: a file beside the case or a package, and a function in it.
    inputs : list of Inputs
        One for each combination of example, grid and start.
    iterations : str, optional
        The input that says how many iterations trajectories have.
    arithmetic : bool
        Both functions take an argument ``arithmetic``: matmul, sigmoid and mean.
    batches : list of str
        Inputs of the Python function that may have a leading axis of noisy members.
    balls : bool
        The Python function takes arrays of balls in place of doubles.
    explore : dict
        By input, within what it may be drawn.
    varied : set of str
        The inputs that a grid or starts give.
    outputs : dict
        By dotted name, what an output is held to; others are held to the defaults.
    certified : dict
        By dotted name, the exact values of an output, each to the last digit that is written.
    names : dict
        Labels of one language, and what the other says in their place.
    """

    name: str
    path: Path
    functions: dict[Language, str]
    inputs: list[Inputs]
    title: str = ""
    source: str = ""
    note: str = ""
    seed: int | None = None
    outputs: dict[str, Contract] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    printed: list[Published] = field(default_factory=list)
    certified: dict[str, list[str]] = field(default_factory=dict)
    iterations: str | None = None
    arithmetic: bool = False
    batches: tuple[str, ...] = ()
    balls: bool = False
    explore: dict[str, Bounds] = field(default_factory=dict)
    varied: frozenset[str] = frozenset()

    @property
    def folder(self) -> Path:
        """What paths in the case file are relative to."""
        return self.path.parent


def is_path(text: str) -> bool:
    """Whether an argument of the command line means a file or folder, not a built-in name."""
    return text.endswith(".toml") or "/" in text or text in (".", "..")


def load_pairs(arguments: Sequence[str]) -> list[PairCase]:
    """The cases in files, and in folders with all that is below them; each file once.

    Raises
    ------
    CaseError
        Nothing is there; a file cannot be used; or two have one name.
    """
    paths = list(dict.fromkeys(path for text in arguments for path in _files(Path(text))))
    pairs = [load_pair(path) for path in paths]
    seen: dict[str, Path] = {}
    for pair in pairs:
        other = seen.setdefault(pair.name.casefold(), pair.path)
        if other != pair.path:
            raise CaseError(one_line(f"{other} and {pair.path}: both cases are named {pair.name}"))
    return pairs


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        found = sorted({*path.rglob(OF_PAIRS), *path.rglob(BY_FOLDER)})
        if not found:
            raise CaseError(one_line(f"{path}: no {BY_FOLDER} and no {OF_PAIRS} below it"))
        yield from (each.resolve() for each in found)
    elif path.exists():
        yield path.resolve()
    else:
        raise CaseError(one_line(f"{path}: no such file or folder"))


def name_of(path: Path) -> str:
    """The name of a case, by its file's; by its folder's where the file is ``case.toml``."""
    if path.name == BY_FOLDER:
        return path.parent.name
    return path.name.removesuffix(".toml").removesuffix(".pair")


def load_pair(path: Path) -> PairCase:
    """Read a case file.

    Raises
    ------
    CaseError
        Names the file, the key and the reason.
    """
    try:
        content = Content.model_validate(read_toml(path))
        name = name_of(path)
        if not re.fullmatch(r"[A-Za-z0-9][\w.-]{0,63}", name, re.ASCII):
            raise ValueError(
                f"{one_line(name)!r} is no name for a case: letters, digits, '.', '_', '-' only"
            )
        sets = list(
            input_sets(content.inputs, content.example, content.grid, content.starts, path.parent)
        )
        if content.certified and len(sets) > 1:
            raise ValueError(f"certified: is for one set of inputs, and there are {len(sets)}")
        varied = {*content.grid, *(name for start in content.starts.values() for name in start)}
        named: list[tuple[str, Sequence[str | None]]] = [
            ("iterations", [content.iterations]),
            ("batches", content.batches),
            ("explore", list(content.explore)),
        ]
        for key, names in named:
            _check_inputs(key, names, sets)
        return PairCase(
            name,
            path,
            {k: f for k in LANGUAGES if (f := getattr(content, k)) is not None},
            sets,
            title=content.title or "",
            source=content.source or "",
            note=content.note or "",
            seed=content.seed,
            outputs=content.outputs,
            names=content.names,
            printed=content.printed,
            certified=content.certified,
            iterations=content.iterations,
            arithmetic=content.arithmetic,
            batches=tuple(content.batches),
            balls=content.balls,
            explore=content.explore,
            varied=frozenset(varied),
        )
    except (OSError, ValueError, OverflowError, RecursionError) as error:
        raise CaseError(f"{one_line(str(path))}: {problems(error)}") from None


def _check_inputs(key: str, names: Sequence[str | None], sets: Sequence[Inputs]) -> None:
    """Raises ValueError where a key names what is no input."""
    for name in names:
        if name is not None and any(name not in inputs.names for inputs in sets):
            raise ValueError(f"{key}: {name} is no input")
