"""Do a Python function and an R function agree? Every value is judged, tolerances are measured.

In a checkout the package is ``compare``; where it is installed it is ``nnmirror``, and what stands
beside it in a checkout is inside of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .run.environment import CHECKOUT, pin
from .run.environment import HERE as HERE
from .run.environment import ROOT as ROOT

if TYPE_CHECKING:
    from .library.api import DisagreementError as DisagreementError
    from .library.api import assert_agrees as assert_agrees
    from .library.api import compare as compare
    from .library.outcome import NotComparedError as NotComparedError

CASES = HERE / "cases"
API = ("compare", "assert_agrees", "DisagreementError", "NotComparedError")

if CHECKOUT:
    pin()  # an installed package is also imported by programs that are not ours


def __getattr__(name: str) -> Any:
    """What others call; loaded when it is asked for, since every process imports this module."""
    if name in API:
        return getattr(import_module(".library.api", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
