"""The terminal: nothing that is printed there can act by what a text holds."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from ..judge.verdicts import MEANING
from ..run.doctor import Diagnosis
from ..run.pool import Failure
from ..safety.guard import output, say
from ..safety.inert import visible


class InertConsole(Console):
    """A console to which every string is a text: no markup, no control characters, no emoji."""

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(visible(text), **{**options, "markup": False, "emoji": False})

    def print(self, *objects: Any, **options: Any) -> None:
        with output():
            super().print(*objects, **options)

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


out = InertConsole()
err = InertConsole(stderr=True)


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int], Callable[[], None]]]:
    """A bar for each stage on a terminal; nothing in a log."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:

        def begin(title: str, total: int) -> Callable[[], None]:
            task = bar.add_task(visible(title), total=total)
            return lambda: bar.advance(task)

        yield begin


def say_problems(diagnosis: Diagnosis) -> bool:
    """Say what is in the way of a comparison, and what is remarkable; whether anything is."""
    for text in [*map(str, diagnosis.problems), *diagnosis.remarks]:
        say(text)
    if diagnosis.problems:
        err.print(f"exit code 2: {MEANING[2]}", soft_wrap=True)
    return bool(diagnosis.problems)


def say_failures(results: Iterable[tuple[object, object]]) -> bool:
    """Say a line for each task that failed; whether any did."""
    failures = [(what, result) for what, result in results if isinstance(result, Failure)]
    for _, failure in failures:
        failure.raise_if_ours()
    for what, failure in failures:
        say(f"{what}: {failure.reason}")
    return bool(failures)
