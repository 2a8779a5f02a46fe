"""One version everywhere, and a date for it."""

import re
import tomllib

from compare import ROOT


def found(path: str, pattern: str) -> str:
    match = re.search(pattern, (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
    assert match is not None, f"{path} has no {pattern}"
    return match[1]


def test_the_version_is_the_same_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert found("r_impl/DESCRIPTION", r"^Version: (.+)$") == version
    assert found("r_impl/NEWS.md", r"^# nnmirror (.+)$") == version
    assert found("CITATION.cff", r"^version: (.+)$") == version
    assert found("CHANGELOG.md", r"^## \[(\d.*?)\]") == version
    for path in ("docs/ci/github.yml", "docs/ci/gitlab.yml", "docs/library.md"):
        assert found(path, r"nnmirror-(.+?)-py3-none-any\.whl") == version


def test_the_release_has_one_date() -> None:
    date = found("CHANGELOG.md", r"^## \[\d.*?\] - (\d{4}-\d{2}-\d{2})$")
    assert found("CITATION.cff", r'^date-released: "(.+)"$') == date
