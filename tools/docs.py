"""Make one site of README, docs, API and the R package's help: ``site/index.html``, from disk."""

import re
import shutil
import subprocess
import sys
from html import escape
from pathlib import Path

from compare import ROOT

SITE = ROOT / "site"
HELP = ROOT / "r_impl" / "man"
# a page of R's help asks for scripts that its own server has
ASKED_FOR = re.compile(r"<script\b.*?</script>|<link\b[^>]*>", re.DOTALL)
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; }}</style>
</head><body>{body}</body></html>
"""


def main() -> int:
    """Write every page of the site; 0 where Sphinx found nothing to say."""
    sphinx = ["-m", "sphinx", "-q", "-E", "-a", "-W", "--keep-going", "-c", "docs/site", "."]
    code = subprocess.run([sys.executable, *sphinx, str(SITE)], cwd=ROOT, check=False).returncode
    if code != 0:
        return code
    for picture in (ROOT / "docs").glob("*.png"):  # named in the README in HTML
        shutil.copy(picture, SITE / "docs" / picture.name)
    shutil.copy(SITE / "README.html", SITE / "index.html")
    help_pages(SITE / "r")
    print((SITE / "index.html").relative_to(ROOT))
    return 0


def help_pages(folder: Path) -> None:
    """Each page of the R package's help as HTML that asks for nothing, and a list of them."""
    folder.mkdir(exist_ok=True)
    listed = []
    for source in sorted(HELP.glob("*.Rd")):
        made = subprocess.run(
            ["Rscript", "--vanilla", "-e", f"tools::Rd2HTML('{source}', package = 'nnmirror')"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        inner = re.sub(r".*?<body>|</body>.*", "", ASKED_FOR.sub("", made), flags=re.DOTALL)
        title = re.search(r"<h2[^>]*>(.*?)</h2>", inner, re.DOTALL)
        name = " ".join(title[1].split()) if title else escape(source.stem)
        page = folder / f"{source.stem}.html"
        page.write_text(PAGE.format(title=name, body=inner), encoding="utf-8")
        listed.append(f'<li><a href="{page.name}">{escape(source.stem)}</a>: {name}</li>')
    back = '<p><a href="../index.html">nnmirror</a></p>'
    body = f"<h1>The R package</h1><ul>{''.join(listed)}</ul>{back}"
    (folder / "index.html").write_text(PAGE.format(title="nnmirror in R", body=body))


if __name__ == "__main__":
    sys.exit(main())
