"""Long double without its additional bits, for as long as something is called."""

import platform

import numpy as np
import pytest

from compare.run.rounding import WITHOUT_LONG_DOUBLE, RoundingError, rounding

SMALL = np.longdouble(2) ** -60  # beside 1 it is beyond a double, and within 64 bits


@pytest.mark.skipif(platform.machine() != "x86_64", reason="long double is another type here")
def test_long_doubles_are_rounded_to_double_during_the_call_and_not_after() -> None:
    one = np.longdouble(1)
    assert one + SMALL != one
    with rounding(WITHOUT_LONG_DOUBLE):
        assert one + SMALL == one
    assert one + SMALL != one
    with pytest.raises(KeyError), rounding(WITHOUT_LONG_DOUBLE):
        raise KeyError
    assert one + SMALL != one


def test_a_processor_without_such_a_precision_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    with pytest.raises(RoundingError, match="no precision to set"), rounding(WITHOUT_LONG_DOUBLE):
        pass
