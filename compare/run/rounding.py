"""The processor's rounding mode, for as long as something is called."""

import ctypes
import platform
from collections.abc import Iterator
from contextlib import contextmanager

from ..safety.errors import ForeseenError

# of the C library's fenv.h, by processor
_X86 = {"upward": 0x800, "downward": 0x400, "towards zero": 0xC00}
_ARM = {"upward": 0x400000, "downward": 0x800000, "towards zero": 0xC00000}
_CONSTANTS = {"x86_64": _X86, "amd64": _X86, "aarch64": _ARM, "arm64": _ARM}
MODES = tuple(_X86)
NEAREST = 0


class RoundingError(ForeseenError):
    """The processor's rounding mode cannot be set here."""


@contextmanager
def rounding(mode: str) -> Iterator[None]:
    """Round all floating-point operations of this thread in one direction.

    Parameters
    ----------
    mode : {"upward", "downward", "towards zero"}

    Raises
    ------
    RoundingError
        The processor is unknown, or the mode does not take effect.
    """
    constants = _CONSTANTS.get(platform.machine().lower())
    if constants is None:
        raise RoundingError(f"no rounding modes are known for {platform.machine()}")
    library = ctypes.CDLL(None)
    if library.fesetround(constants[mode]) != 0:
        raise RoundingError(f"the C library does not set rounding {mode}")
    try:
        yield
    finally:
        library.fesetround(NEAREST)
