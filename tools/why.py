"""Write docs/why.md: why functions of R and Python differ, each cause with a pair of the atlas.

python -m tools.why
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from compare import ROOT
from compare.case.content import in_file
from compare.case.pair import PairCase, load_pair
from compare.case.schema import LANGUAGES, Language
from compare.explain.catalogue import Cause, causes
from tools.atlas import ATLAS, EQUAL

PAGE = ROOT / "docs" / "why.md"
HEAD = """\
# Why R and Python differ

Made by `python -m tools.why`. Each cause has a pair of [the atlas](atlas.md) that differs by it,
and, where arguments mend it, the same pair with these. `nnmirror verify` names the cause of the
first, and finds that the second agrees. What is looked for, and by what evidence, is in
[explanations.md](explanations.md).
"""


def page() -> str:
    """The whole page."""
    sections = ("\n".join(_section(cause)) for cause in causes())
    return "\n".join([HEAD, *sections])


def _section(cause: Cause) -> Iterator[str]:
    yield f"## {cause.title}\n\n{cause.text}\n"
    names = (cause.pair, f"{cause.pair}{EQUAL}")
    differs, equal = (ATLAS / f"{name}.pair.toml" for name in names)
    one = load_pair(differs)
    for language in LANGUAGES:
        yield _block(one, language)
    if equal.exists():
        other = load_pair(equal)
        yield "The same in both:\n"
        for language in LANGUAGES:
            if other.functions[language] != one.functions[language]:
                yield _block(other, language)
    files = [path for path in (differs, equal) if path.exists()]
    paths = " ".join(str(path.relative_to(ROOT)) for path in files)
    yield f"```sh\nnnmirror verify {paths}\n```\n"


def _block(pair: PairCase, language: Language) -> str:
    file, name = in_file(language, pair.functions[language]) or ("", "")
    source = {"python": _python_source, "r": _r_source}[language](pair.folder / file, name)
    return f"```{language}\n{source}\n```\n"


def _python_source(path: Path, name: str) -> str:
    text = path.read_text(encoding="utf-8")
    nodes = [n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef) and n.name == name]
    return ast.get_source_segment(text, nodes[0]) or ""


def _r_source(path: Path, name: str) -> str:
    """A function, up to the next line at the margin that does not end it."""
    text = path.read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(name)} <- .*\n(?:[ }}].*\n|\n(?= ))*", text, re.M)
    return found[0].rstrip() if found else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
