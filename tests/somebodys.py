"""Pairs of functions that somebody might bring: good ones, differing ones and broken ones."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from compare import ROOT


class Brought(NamedTuple):
    """A Python file, an R file, and what stands in the case file beside their names."""

    python: str
    r: str
    case: str = "[inputs]\nx = [2.5, 3.25, 4.75, 1.5, 9.0]\n"


ONE = ("def f(x): return 1.0\n", "f <- function(x) 1\n")
MEAN = ("def f(x): return x.sum() / len(x)\n", "f <- function(x) mean(x)\n")
CANCELLING = (
    "def f(x): return 1.0 - (1.0 - x[0] * 1e-12)\n",
    "f <- function(x) x[1] * 1e-12\n",
)

HOLDING = {
    "mean": Brought(*MEAN),
    "named": Brought(
        "def f(x): return {'n': 5, 'parts': {'least': x.min(), 'flag': True}, 'who': 'both'}\n",
        "f <- function(x) {\n  list(n = length(x), parts = list(least = min(x), flag = TRUE),"
        " who = 'both')\n}\n",
    ),
    "grid": Brought(
        "def f(x, power): return (x ** power).sum()\n",
        "f <- function(x, power) sum(x^power)\n",
        "[inputs]\nx = [1.5, 2.5]\n[grid]\npower = [1, 2]\n",
    ),
    "declared": Brought(
        "import numpy as np\ndef f(x): return {'sd': np.std(x), 'at': int(x.argmax())}\n",
        "f <- function(x) list(sd = sd(x), at = which.max(x))\n",
        "[inputs]\nx = [2.5, 3.25, 4.75, 1.5, 9.0]\n"
        "[outputs.sd]\n"
        "known_difference = { factor = 1.118033988749895, reason = 'R divides by n - 1' }\n"
        "[outputs.at]\nindex_base = { python = 0, r = 1 }\n",
    ),
    "cancels": Brought(
        *CANCELLING,
        "[inputs]\nx = [0.3]\n[outputs.value]\nundetermined = 'cancels, as it is meant to'\n",
    ),
    "missing": Brought(
        "def f(x): return [1.0, None]\n", "f <- function(x) c(1, NA)\n", "[inputs]\nx = 1\n"
    ),
    "warning": Brought(
        "import warnings\ndef f(x):\n    warnings.warn('careful')\n    return 1.0\n", ONE[1]
    ),
    "printing": Brought(
        "def f(x):\n    for i in range(100_000): print('line', i)\n    return 1.0\n",
        "f <- function(x) {\n  cat('from R\\n')\n  1\n}\n",
    ),
    "printed": Brought(
        *MEAN,
        "[inputs]\nx = [2.5, 3.25, 4.75, 1.5, 9.0]\n[[printed]]\nvalues = ['4.20']\n"
        "place = 'table 1'\n",
    ),
    "random": Brought(
        "import numpy as np\ndef f(n): return np.sort(np.arange(n, 0, -1.0))\n",
        "f <- function(n) sort(n:1 + 0 * runif(n))\n",
        "seed = 3\n[inputs]\nn = 4\n",
    ),
}
NETWORK_IN_PYTHON = """import numpy as np
def train(x, y, w0, w1, alpha, epochs, arithmetic):
    error = []
    for _ in range(epochs):
        l1 = arithmetic.sigmoid(arithmetic.matmul(x, w0))
        l2 = arithmetic.sigmoid(arithmetic.matmul(l1, w1))
        e2 = l2 - y
        error.append(arithmetic.mean(np.abs(e2)))
        d2 = e2 * (l2 * (1 - l2))
        d1 = arithmetic.matmul(d2, w1.mT) * (l1 * (1 - l1))
        w1 = w1 - alpha * arithmetic.matmul(l1.mT, d2)
        w0 = w0 - alpha * arithmetic.matmul(x.T, d1)
    return {"error": np.array(error), "w0": w0, "w1": w1}
"""
NETWORK_IN_R = """train <- function(x, y, w0, w1, alpha, epochs, arithmetic) {
  error <- numeric(epochs)
  for (i in seq_len(epochs)) {
    l1 <- arithmetic$sigmoid(arithmetic$matmul(x, w0))
    l2 <- arithmetic$sigmoid(arithmetic$matmul(l1, w1))
    e2 <- l2 - y
    error[i] <- arithmetic$mean(abs(e2))
    d2 <- e2 * (l2 * (1 - l2))
    d1 <- arithmetic$matmul(d2, t(w1)) * (l1 * (1 - l1))
    w1 <- w1 - alpha * arithmetic$matmul(t(l1), d2)
    w0 <- w0 - alpha * arithmetic$matmul(t(x), d1)
  }
  list(error = error, w0 = w0, w1 = w1)
}
"""
NETWORK_CASE = """iterations = "epochs"
arithmetic = true
batches = ["w0", "w1"]
balls = true
[inputs]
x = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y = [[0], [1], [1], [0]]
alpha = 1.0
epochs = 40
[starts.numpy]
seed = 1
draws = [{ name = "w0", shape = [3, 2], low = -1.0 }, { name = "w1", shape = [2, 1], low = -1.0 }]
[starts.own]
w0 = [[0.1, -0.2], [0.3, 0.4], [0.5, 0.6]]
w1 = [[0.15], [-0.25]]
[outputs.error]
trajectory = true
[[printed]]
output = "error"
index = [1]
start = "numpy"
values = ["0.5"]
"""
HOLDING["network"] = Brought(
    NETWORK_IN_PYTHON.replace("def train", "def f"),
    NETWORK_IN_R.replace("train <-", "f <-"),
    NETWORK_CASE,
)

DIFFERING = {
    "orders": Brought(
        "def f(x, arithmetic): return arithmetic.mean(x)\n",
        "f <- function(x, arithmetic) rev(x)[1] / 4 + arithmetic$mean(x) - x[1, 3] / 4\n",
        "arithmetic = true\n[inputs]\nx = [[0.1, 1e15, 0.3, 0.7]]\n",
    ),
    "sd": Brought("import numpy as np\ndef f(x): return np.std(x)\n", "f <- function(x) sd(x)\n"),
    "names": Brought(
        "def f(x): return {'a': 1.0, 'b': 2.0}\n", "f <- function(x) list(a = 1, c = 2)\n"
    ),
    "shapes": Brought(
        "import numpy as np\ndef f(x): return np.ones((2, 3))\n",
        "f <- function(x) matrix(1, 3, 2)\n",
    ),
    "nan": Brought("def f(x): return float('nan')\n", ONE[1]),
    "lost": Brought(
        *CANCELLING,
        "[inputs]\nx = [0.3]\n",
    ),
    "moved": Brought(
        *MEAN,
        "[inputs]\nx = [1.5, 2.5]\n[outputs.value]\n"
        "known_difference = { offset = 1, reason = 'it was so once' }\n",
    ),
    "misprint": Brought(
        *MEAN, "[inputs]\nx = [1.5, 2.5]\n[[printed]]\nvalues = ['2.01']\nlanguage = 'r'\n"
    ),
}
BROKEN = {
    "shorter": Brought(
        "import numpy as np\ndef f(n): return {'e': np.full(n - 1, 0.5)}\n",
        "f <- function(n) list(e = rep(0.5, n - 1))\n",
        "iterations = 'n'\n[inputs]\nn = 4\n[outputs.e]\ntrajectory = true\n",
    ),
    "raises": Brought("def f(x):\n    raise ValueError('bad thing')\n", ONE[1]),
    "stops": Brought(ONE[0], "f <- function(x) {\n  stop('no good')\n}\n"),
    "syntax-python": Brought("def f(x:\n", ONE[1]),
    "syntax-r": Brought(ONE[0], "f <- function(x {\n"),
    "hangs": Brought("def f(x):\n    while True: pass\n", ONE[1]),
    "hangs-in-r": Brought(ONE[0], "f <- function(x) repeat {}\n"),
    "quits": Brought(ONE[0], "f <- function(x) quit(status = 0)\n"),
    "exits": Brought("import os\ndef f(x): os._exit(0)\n", ONE[1]),
    "crashes": Brought("import ctypes\ndef f(x): ctypes.string_at(0)\n", ONE[1]),
    "greedy": Brought("import numpy as np\ndef f(x): return np.ones(10**10).sum()\n", ONE[1]),
    "greedy-in-r": Brought(ONE[0], "f <- function(x) sum(numeric(1.4e9))\n"),
    "package": Brought(ONE[0], "library(nowhere)\nf <- function(x) 1\n"),
    "object": Brought(
        ONE[0], "setClass('P', representation(a = 'numeric'))\nf <- function(x) new('P', a = 1)\n"
    ),
    "unsteady": Brought(
        "import numpy as np\ndef f(x): return np.random.default_rng().random()\n",
        "f <- function(x) 0.5\n",
    ),
    "contract": Brought(*ONE, "[inputs]\nx = 1\n[outputs.beta]\ncompare = 'exact'\n"),
}


BROUGHT = {
    "holding": HOLDING,
    "differing": DIFFERING,
    "broken": BROKEN | {"mean": HOLDING["mean"]},
}


def bring(folder: Path, brought: dict[str, Brought]) -> Path:
    """Write each pair into a folder of its own."""
    for name, pair in brought.items():
        here = folder / name
        here.mkdir(parents=True)
        (here / "pair.py").write_text(pair.python)
        (here / "pair.R").write_text(pair.r)
        # tables come last in TOML, and names of functions first
        (here / "case.toml").write_text(f'python = "pair.py:f"\nr = "pair.R:f"\n{pair.case}')
    return folder


class Verified(NamedTuple):
    """What ``verify`` left and said."""

    report: Path
    code: int
    output: str
    errors: str

    @property
    def said(self) -> str:
        return self.output + self.errors


def run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the project in reach, as a user does in a folder outside of it."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"COLUMNS": "80", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def command_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the project there; its own warnings are errors."""
    return run_in(folder, "-W", "error", "-m", "compare", *arguments)


def verify_in(folder: Path, *arguments: str) -> Verified:
    """Verify there."""
    done = command_in(folder, "verify", *arguments)
    return Verified(folder / "report", done.returncode, done.stdout, done.stderr)
