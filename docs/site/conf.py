"""How Sphinx makes one site of the README, the docs and the API: `make docs`."""

import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

project = "nnmirror"
author = "nnmirror authors"
release = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "README"
include_patterns = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/**"]
exclude_patterns = ["docs/site/conf.py"]
html_theme = "furo"
html_title = f"nnmirror {release}"
html_copy_source = False
html_show_search_summary = False  # a page from disk may not read another
highlight_language = "none"
autodoc_member_order = "bysource"
autodoc_typehints = "description"
myst_heading_anchors = 3
# links to what is not a page: folders and files of the repository
suppress_warnings = ["myst.xref_missing"]
CONTENTS = """

```{toctree}
:hidden:
:caption: Use

docs/first-pair
docs/pairs
docs/case-file
docs/examples
docs/explanations
docs/why
docs/atlas
docs/tolerance
docs/explore
docs/replay
docs/library
docs/ci
docs/sweep
docs/cluster
```

```{toctree}
:hidden:
:caption: Reference

docs/site/api
docs/rounding
docs/nist
docs/speed
CONTRIBUTING
CHANGELOG
```

```{toctree}
:hidden:
:glob:
:caption: Decisions

docs/decisions/*
```
"""


def _with_contents(_: object, name: str, source: list[str]) -> None:
    """The README is the first page; what it leads to stands beside it, and not in it."""
    if name == root_doc:
        source[0] += CONTENTS


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _with_contents)
