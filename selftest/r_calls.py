"""What can be made wrong in a call of an R function."""

from collections.abc import Iterator
from itertools import pairwise

from selftest.r_change import Change, one
from selftest.r_tree import Node, Tree


def call_changes(tree: Tree, node: Node) -> Iterator[Change]:
    """Each way to make a call wrong, where the node is the name of what is called."""
    call = tree.grandparent(node)
    if node.token != "SYMBOL_FUNCTION_CALL" or call is None:
        return
    arguments = tree.arguments(call)
    unnamed = [argument[0] for argument in arguments if len(argument) == 1]
    if len(arguments) == len(unnamed) == 1:
        yield one("call dropped", call, f"({tree.text(unnamed[0])})")
    if node.text == "seq_len" and unnamed:
        for new in (f"({tree.text(unnamed[0])}) - 1", f"({tree.text(unnamed[0])}) + 1"):
            yield one("range", unnamed[0], new)
    if node.text == "seq_along":
        yield one("range", call, f"{tree.text(call)}[-1]")
        yield one("range", call, f"seq_len(length({tree.text(unnamed[0])}) + 1)")
    if node.text != "list":
        for i, argument in enumerate(arguments):
            if len(argument) == 3:
                yield _without(tree, call, arguments, i)
    for left, right in pairwise(unnamed):
        if tree.text(left) == tree.text(right):
            continue
        if node.text.endswith("matmul") or (_is_name(tree, left) and _is_name(tree, right)):
            swap = ((left, tree.text(right)), (right, tree.text(left)))
            yield Change("argument order", swap)


def _is_name(tree: Tree, node: Node) -> bool:
    return [n.token for n in tree.children(node)] == ["SYMBOL"]


def _without(tree: Tree, call: Node, arguments: list[list[Node]], i: int) -> Change:
    kept = [
        " ".join(tree.text(n) for n in argument) for k, argument in enumerate(arguments) if k != i
    ]
    function = tree.text(tree.children(call)[0])
    return one("keyword dropped", call, f"{function}({', '.join(kept)})")
