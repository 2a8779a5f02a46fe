"""What is found on pairs that part, and that nothing is on pairs that do not."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from compare.case.pair import load_pair
from compare.explore import search as module
from compare.explore.search import Search, search
from tests.marks import some_slow
from tests.somebodys import Brought, bring


def searched(folder: Path, pair: Brought, n: int = 300, seconds: float = 60) -> Search:
    bring(folder, {"pair": pair})
    path = folder / "pair" / "case.toml"
    told: list[None] = []
    found = search(load_pair(path), n, seconds, 1, 8.0, lambda: told.append(None))
    assert len(told) == found.drawn
    return found


class Planted(NamedTuple):
    """A pair that parts somewhere, and what inputs on which it does look like."""

    pair: Brought
    parts: Any


PLANTED: dict[str, Planted] = {
    "negative": Planted(
        Brought(
            "import numpy as np\ndef f(a, b): return np.fmod(a, b)\n",
            "f <- function(a, b) a %% b\n",
            "[inputs]\na = [7.0, 5.5]\nb = [3.0, 2.0]\n[explore.b]\nmin = 0.5\n",
        ),
        lambda d: (d["a"] < 0).any(),
    ),
    "empty": Planted(
        Brought(
            "def f(x): return float(sum(x))\n",
            "f <- function(x) {\n  s <- 0\n  for (i in 1:length(x)) s <- s + x[i]\n"
            "  if (length(s)) s else NA\n}\n",
            "[inputs]\nx = [1.5, 2.5]\n[explore.x]\nmin = -100\nmax = 100\n",
        ),
        lambda d: len(d["x"]) == 0,
    ),
    "recycled": Planted(
        Brought(
            "def f(m, v): return m - v[:, None]\n",
            "f <- function(m, v) t(t(m) - v)\n",
            "[inputs]\nm = [[1.5, 2.5], [2.5, 1.5]]\nv = [1.0, 1.0]\n",
        ),
        lambda d: True,
    ),
    "square": Planted(
        Brought(
            "def f(m): return m.reshape(-1)[: m.shape[0]]\n",
            "f <- function(m) c(t(m))[seq_len(ncol(m))]\n",
            "[inputs]\nm = [[1.5, 2.5], [3.5, 4.5]]\n",
        ),
        lambda d: d["m"].shape[0] != d["m"].shape[1],
    ),
    "edge": Planted(
        Brought(
            "import numpy as np\ndef f(x): return np.histogram(x, [0, 1, 2, 3])[0]\n",
            "f <- function(x) {\n  x <- x[x >= 0 & x <= 3]\n"
            "  hist(x, 0:3, plot = FALSE)$counts\n}\n",
            "[inputs]\nx = [0.3, 1.7, 2.2]\n[explore.x]\nmin = 0.01\nmax = 2.99\n",
        ),
        lambda d: np.isin(d["x"], [1.0, 2.0]).any(),
    ),
    "ties": Planted(
        Brought(
            "def f(x): return x.argsort(kind='stable')[::-1] + 1\n",
            "f <- function(x) order(x, decreasing = TRUE)\n",
            "[inputs]\nx = [2.5, 1.5, 3.5]\n",
        ),
        lambda d: len(np.unique(d["x"])) < len(d["x"]),
    ),
    "large": Planted(
        Brought(
            "def f(n): return n * n\n",
            "f <- function(n) n * n\n",
            "[inputs]\nn = 12\n",
        ),
        lambda d: abs(d["n"]) > 46_340,
    ),
    "halves": Planted(
        Brought(
            "import numpy as np\ndef f(x): return np.round(x)\n",
            "f <- function(x) floor(x + 0.5)\n",
            "[inputs]\nx = [1.2, 2.7]\n",
        ),
        lambda d: (np.abs(d["x"] % 1) == 0.5).any(),
    ),
    "capitals": Planted(
        Brought(
            "def f(words): return sorted(words, key=str.lower)\n",
            "f <- function(words) sort(words, method = 'radix')\n",
            "[inputs]\nwords = ['fig', 'pear', 'apple']\n[explore.words]\nlength = [1, 6]\n",
        ),
        lambda d: any(word != word.lower() for word in d["words"]),
    ),
}


@pytest.mark.parametrize("name", some_slow(PLANTED, "halves", "recycled"))
def test_the_input_on_which_two_part_is_found(tmp_path: Path, name: str) -> None:
    planted = PLANTED[name]
    result = searched(tmp_path, planted.pair, 2000)
    assert result.found
    assert any(planted.parts(inputs.values) for inputs in result.found)
    smallest = min(sum(np.size(v) for v in inputs.values.values()) for inputs in result.found)
    assert smallest <= 16


AGREE = {
    "sd": Brought(
        "import numpy as np\ndef f(x): return np.std(x, ddof=1) if len(x) > 1 else float('nan')\n",
        "f <- function(x) sd(x)\n",
    ),
    "sorted": Brought(
        "import numpy as np\ndef f(x): return np.sort(x)\n", "f <- function(x) sort(x)\n"
    ),
    "product": Brought(
        "def f(a, b): return a @ b\n",
        "f <- function(a, b) a %*% b\n",
        "[inputs]\na = [[1.5, 2.5, 0.5], [0.25, 3.5, 1.0]]\nb = [[1.0], [2.0], [0.75]]\n"
        "[explore.a]\nlength = [1, 5]\n[explore.b]\nlength = [1, 5]\n",
    ),
}


@pytest.mark.parametrize("name", some_slow(AGREE, "sd"))
def test_nothing_is_found_on_pairs_that_agree(tmp_path: Path, name: str) -> None:
    result = searched(tmp_path, AGREE[name])
    assert result.found == []
    assert result.drawn == 300
    assert result.refused < 150


def test_what_both_refuse_is_no_finding_and_counted(tmp_path: Path) -> None:
    both = Brought(
        "def f(x):\n    if len(x) != 2: raise ValueError('two')\n    return x\n",
        "f <- function(x) {\n  if (length(x) != 2) stop('two')\n  x\n}\n",
    )
    result = searched(tmp_path, both)
    assert (result.found, result.lost) == ([], 0)
    assert 0 < result.refused < result.drawn


def test_what_one_language_refuses_is_a_finding(tmp_path: Path) -> None:
    one = Brought(
        "def f(x):\n    if len(x) == 4: raise ValueError('four')\n    return x\n",
        "f <- function(x) x\n",
    )
    (found,) = searched(tmp_path, one).found
    assert len(found.values["x"]) == 4


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    pair = PLANTED["halves"].pair
    one, two = (searched(tmp_path / str(i), pair) for i in range(2))
    assert one.drawn == two.drawn
    assert [repr(i.values) for i in one.found] == [repr(i.values) for i in two.found]


def test_a_search_ends_in_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def second_by_second() -> float:
        asked.append(len(asked))
        return asked[-1]

    monkeypatch.setattr(module, "monotonic", second_by_second)
    result = searched(tmp_path, AGREE["sd"], seconds=10)
    assert (result.found, result.drawn) == ([], 10)
    assert len(asked) == 13  # at the beginning and the end, and for eleven inputs


def test_what_a_grid_or_a_start_gives_is_not_drawn(tmp_path: Path) -> None:
    pair = Brought(
        "def f(x, n, w): return x.sum() * n + w.sum()\n",
        "f <- function(x, n, w) sum(x) * n + sum(w) + (n != 3) + (length(w) != 2)\n",
        "[inputs]\nx = [1.5, 2.5]\n[grid]\nn = [3]\n[starts.a]\nw = [0.5, 0.25]\n",
    )
    assert searched(tmp_path, pair, 100).found == []
