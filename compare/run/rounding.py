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
WITHOUT_LONG_DOUBLE = "without long double"
# of the control word of x87, on which long double is computed: how many bits are kept
_PRECISION, _OF_DOUBLE = 0x300, 0x200
_ENVIRONMENT = 32  # bytes of an fenv_t; the control word comes first


class RoundingError(ForeseenError):
    """The processor's rounding mode cannot be set here."""


@contextmanager
def rounding(mode: str) -> Iterator[None]:
    """Round all floating-point operations of this thread in one direction.

    Parameters
    ----------
    mode : {"upward", "downward", "towards zero", "without long double"}
        The last rounds to nearest, and long doubles to the 53 bits of a double.

    Raises
    ------
    RoundingError
        The processor is unknown, or the mode does not take effect.
    """
    constants = _CONSTANTS.get(platform.machine().lower())
    if mode == WITHOUT_LONG_DOUBLE:
        with _without_long_double():
            yield
        return
    if constants is None:
        raise RoundingError(f"no rounding modes are known for {platform.machine()}")
    library = ctypes.CDLL(None)
    if library.fesetround(constants[mode]) != 0:
        raise RoundingError(f"the C library does not set rounding {mode}")
    try:
        yield
    finally:
        library.fesetround(NEAREST)


@contextmanager
def _without_long_double() -> Iterator[None]:
    if _CONSTANTS.get(platform.machine().lower()) is not _X86:
        raise RoundingError(f"long double has no precision to set on {platform.machine()}")
    library = ctypes.CDLL(None)
    before, during = (ctypes.create_string_buffer(_ENVIRONMENT) for _ in range(2))
    library.fegetenv(before)
    word = int.from_bytes(before.raw[:2], "little") & ~_PRECISION | _OF_DOUBLE
    during.raw = word.to_bytes(2, "little") + before.raw[2:]
    library.fesetenv(during)
    try:
        yield
    finally:
        library.fesetenv(before)
