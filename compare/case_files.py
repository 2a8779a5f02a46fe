"""Case files as they are read: TOML, and the tables beside it."""

import codecs
import tomllib
from pathlib import Path
from typing import Any

from compare.schema import FromFile, problems

DATA = "data"
MOST_BITS = 63


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file.

    Raises
    ------
    OSError, ValueError
        It cannot be read, or is not TOML.
    """
    content = path.read_bytes()
    if content.startswith(codecs.BOM_UTF8):
        raise ValueError("begins with a byte order mark: save it as UTF-8 without one")
    try:
        found = tomllib.loads(content.decode("utf-8"))
        _refuse_long("", found)
        return found
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"is not UTF-8 (at line {line})") from None
    except RecursionError:
        raise ValueError("is nested too deep") from None


def _refuse_long(key: str, value: Any) -> None:
    """Raises ValueError for a whole number that TOML has no place for."""
    if isinstance(value, dict | list):
        for k, inner in value.items() if isinstance(value, dict) else enumerate(value):
            _refuse_long(f"{key}.{k}" if key else str(k), inner)
    elif isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise ValueError(f"{key}: a whole number beyond 2^{MOST_BITS}")


def read_tables(inputs: Any, folder: Path) -> None:
    """Replace each input that names a file by the matrix that stands there.

    Raises
    ------
    ValueError
        Names the input and the reason.
    """
    for name, given in (inputs if isinstance(inputs, dict) else {}).items():
        if isinstance(given, dict):
            try:
                inputs[name] = FromFile.model_validate(given).matrix(folder / DATA)
            except (OSError, ValueError) as error:
                raise ValueError(f"inputs.{name}: {problems(error)}") from None
