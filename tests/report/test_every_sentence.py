"""No sentence of the page, and no words of a picture, has a number that is not made again."""

import re
from html.parser import HTMLParser
from pathlib import Path

from compare.evidence.spread import MEMBERS
from tests.report.remade import Files, names, of_cases, of_everything, of_folds
from tests.report.remade_pictures import of_final_values, of_runs, of_the_first_picture
from tests.report.test_sentences import Texts

BLOCKS = {"p", "h1", "h2", "h3", "li", "summary", "figcaption", "caption", "dd"}


class Blocks(HTMLParser):
    """The own text of each block outside tables' cells, and what pictures say."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._open: list[tuple[str, list[str] | None]] = []
        self.said: set[str] = set()
        self.feed(re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "data-chart" in dict(attrs):
            self.said.add(str(dict(attrs)["aria-label"]))
        if tag not in Texts.VOID:
            counts = tag in BLOCKS and all(name != "td" for name, _ in self._open)
            self._open.append((tag, [] if counts else None))

    def handle_endtag(self, tag: str) -> None:
        if tag not in Texts.VOID:
            _, texts = self._open.pop()
            self.said.add(" ".join("".join(texts or []).split()))

    def handle_data(self, data: str) -> None:
        blocks = [texts for _, texts in self._open if texts is not None]
        for texts in blocks[-1:]:
            texts.append(data)


CONSTANT = {  # definitions, whose numbers are those of the code
    f"four times the largest deviation that rounding errors, added to {MEMBERS} repeated "
    "trainings, were measured to cause",
    "the largest difference as a share of its tolerance; 1 would be too much",
}


def test_every_sentence_with_a_number_is_made_again_from_the_files(report: Path) -> None:
    files = Files(report)
    said = Blocks((report / "index.html").read_text(encoding="utf-8")).said
    titles = {text for text in of_final_values(files) if "; colours from" in text}
    made = CONSTANT.union(
        of_everything(files),
        of_folds(files),
        of_cases(files),
        of_runs(files),
        of_final_values(files),
        of_the_first_picture(files, said),
    )
    assert len(made) > 150
    assert {text for text in made if re.search(r"\d", text)} <= said
    left = set()
    for text in said - made:
        bare = re.sub(r"^\d\. |log₁₀", "", text)  # a section's number, a function's name
        for name in (*titles, *names(files)):
            bare = bare.replace(name, "")
        if re.search(r"\d", bare):
            left.add(text)
    assert left == set()
