"""Why an output differs, from its values and the inputs alone."""

from collections.abc import Iterator
from dataclasses import replace

from . import formats, recipes, relations
from .hypothesis import Finding, Hypothesis, Observed, any_values, best, tried


def explain(observed: Observed) -> list[Finding]:
    """The best finding; two where they are as good as each other; none where nothing fits."""
    with any_values():
        streams = filter(None, [formats.stream(observed)])
        return best([*_fitting(observed), *recipes.findings(observed), *streams])


def _fitting(observed: Observed) -> Iterator[Finding]:
    swapped = observed.swapped()
    for hypothesis in (*relations.hypotheses(observed), *formats.hypotheses(observed)):
        if (finding := tried(observed, hypothesis)) is not None:
            yield finding
    for hypothesis in formats.hypotheses(swapped):
        if (finding := tried(swapped, hypothesis)) is not None:
            yield replace(finding, hypothesis=_swapped(hypothesis))


def _swapped(hypothesis: Hypothesis) -> Hypothesis:
    """The same with the languages exchanged."""
    words = {"R": "Python", "Python": "R", "Python's": "R's"}
    fact = " ".join(words.get(word, word) for word in hypothesis.fact.split(" "))
    return replace(hypothesis, fact=fact)
