"""Write docs/case-file.md: every key of a case file, from the models that check it.

python -m tools.case_file
"""

import re
from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from compare import ROOT
from compare.case.bounds import Bounds
from compare.case.content import Content
from compare.case.contract import Contract, IndexBase, KnownDifference, Published, Tolerance
from compare.case.schema import Draw, Record, Start

PAGE = ROOT / "docs" / "case-file.md"
TABLES: dict[str, type[Record]] = {
    "": Content,
    "[outputs.NAME]": Contract,
    "[outputs.NAME.tolerance]": Tolerance,
    "[outputs.NAME.known_difference]": KnownDifference,
    "[outputs.NAME.index_base]": IndexBase,
    "[[printed]]": Published,
    "[starts.NAME]": Start,
    "[[starts.NAME.draws]]": Draw,
    "[explore.NAME]": Bounds,
}
HEAD = """\
# The case file, key by key

Made by `python -m tools.case_file` from the models that check each file; [pairs.md](pairs.md) says
what the keys are for, with examples. A key that is not here, or a value of another kind, is an
error that names file, key and reason.
"""
KINDS = {"string": "text", "boolean": "true or false", "integer": "whole number", "object": "table"}


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *("\n".join(_section(*each)) for each in TABLES.items())])


def _section(title: str, model: type[Record]) -> Iterator[str]:
    said = cleandoc(model.__doc__ or "").replace("``", "`")
    yield f"## {f'`{title}`' if title else 'At the top'}\n\n{said.split(chr(10) + chr(10))[0]}\n"
    yield "| key | value | default | meaning |\n|---|---|---|---|"
    schema = model.model_json_schema()
    needed, meanings = schema.get("required", []), _meanings(said)
    for key, asked in schema["properties"].items():
        default = "" if asked.get("default") in (None, [], {}) else f"`{_toml(asked['default'])}`"
        default = "needed" if key in needed else default
        yield f"| `{key}` | {_kind(asked, schema)} | {default} | {meanings[key]} |"
    yield ""


def _meanings(docstring: str) -> dict[str, str]:
    """By key, the sentences under it in the section Attributes."""
    _, _, section = docstring.partition("Attributes\n----------\n")
    found = {}
    for names, text in re.findall(r"^(\S.*)\n((?:    .*\n?)+)", section, re.M):
        for name in names.split(", "):
            found[name] = " ".join(text.split())
    return found


def _kind(asked: dict[str, Any], schema: dict[str, Any]) -> str:
    """The values that a key takes, in words."""
    if "anyOf" in asked:
        kinds = [_kind(one, schema) for one in asked["anyOf"] if one.get("type") != "null"]
        wider = {"whole number": "number"}
        kinds = [kind for kind in kinds if wider.get(kind) not in kinds]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in asked:
        return "table"
    if "enum" in asked:
        return " or ".join(f'`"{one}"`' for one in asked["enum"])
    if asked.get("type") == "array":
        inner = asked.get("items", {})
        return f"list of {'tables' if '$ref' in inner else _many(_kind(inner, schema))}"
    if asked.get("type") == "object" and isinstance(asked.get("additionalProperties"), dict):
        inner = asked["additionalProperties"]
        return f"table, by name: {_kind(inner, schema) if inner else 'any value'}"
    if not asked.get("type"):
        return "any value"
    return KINDS.get(asked["type"], str(asked["type"])) + _bounds(asked)


def _many(kind: str) -> str:
    return re.sub(r"\b(text|number|table)\b", r"\1s", kind)


def _bounds(asked: dict[str, Any]) -> str:
    low, high = asked.get("minimum"), asked.get("maximum")
    if "exclusiveMinimum" in asked:
        return f" above {asked['exclusiveMinimum']}"
    if low is not None and high is not None:
        return f", {low} to {'2^31 - 1' if high == 2**31 - 1 else high}"
    return ""


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
