from compare.case import Case
from compare.code_hash import normalised, reference_hash


def test_comments_docstrings_and_layout_do_not_count() -> None:
    plain = "def f(x):\n    return x + 1\n"
    dressed = (
        '"""Module."""\n\n# why\ndef f(x):\n    """Doc."""\n    return (x  # here\n        + 1)\n'
    )
    assert normalised(plain) == normalised(dressed)


def test_an_operator_counts() -> None:
    assert normalised("def f(x):\n    return x + 1") != normalised("def f(x):\n    return x - 1")


def test_the_hash_follows_the_cases_numbers_but_not_what_was_printed(
    cases: dict[str, Case],
) -> None:
    case = cases["clark-example-1"]
    known = reference_hash(case)
    assert reference_hash(case.model_copy(update={"printed": [], "title": "x"})) == known
    fewer = case.inputs | {"maxiter": 10}
    assert reference_hash(case.model_copy(update={"inputs": fewer})) != known
    other = case.model_copy(update={"python": "python_impl.two_layer:train"})
    assert reference_hash(other) != known
