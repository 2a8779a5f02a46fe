"""Case files of anybody's making: read, or refused in one sentence."""

import math
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.case.pair import PairCase, load_pair
from compare.safety.errors import CaseError

KEYS = [
    *("python", "r", "title", "seed", "inputs", "example", "grid", "outputs", "names", "printed"),
    *("starts", "iterations", "arithmetic", "batches", "balls"),
]
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.sampled_from(["pair.py:f", "pair.R:f", "numpy:mean", "stats::sd", "exact", "1.5", ""]),
    st.text(max_size=5),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("x", "csv", "npy", "compare", "digits", "reason", "output", "values"),
                    *("name", "numpy", "seed", "draws", "shape", "trajectory", "start"),
                ]
            )
            | st.text(max_size=3),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def as_toml(value: Any) -> str:
    """A value in TOML's inline notation."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(c):08x}" for c in value) + '"'
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{as_toml(k)} = {as_toml(v)}' for k, v in value.items())} }}"
    return repr(value)


@settings(max_examples=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), VALUES, max_size=5),
    st.booleans(),
)
def test_any_file_is_read_or_refused_in_one_sentence(
    tmp_path: Path, content: dict[str, Any], usable: bool
) -> None:
    """Whatever stands in a file: a case, or a `CaseError`, and nothing else is ever raised."""
    if usable:
        content = content | {"python": "pair.py:f", "r": "pair.R:f"}
    lines = [f"{as_toml(key)} = {as_toml(value)}" for key, value in content.items()]
    path = tmp_path / "any.pair.toml"
    path.write_text("\n".join(lines), encoding="utf-8", errors="surrogatepass")
    said = sentence_or_case(path)
    if isinstance(said, str):
        assert said.startswith(str(path))
        assert "\n" not in said
        return
    kinds = (np.ndarray, list, dict, float, int, str)
    assert all(isinstance(v, kinds) for inputs in said.inputs for v in inputs.values.values())


def sentence_or_case(path: Path) -> PairCase | str:
    try:
        return load_pair(path)
    except CaseError as error:
        return str(error)
