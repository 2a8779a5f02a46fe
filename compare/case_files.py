"""Case files as they are read: TOML, and the tables beside it."""

import codecs
import tomllib
from pathlib import Path
from typing import Any

from compare.schema import FromFile, problems

DATA = "data"


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
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"is not UTF-8 (at line {line})") from None
    except RecursionError:
        raise ValueError("is nested too deep") from None


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
