"""Tables that break over pages, and the table of claims."""

import re
from copy import deepcopy
from pathlib import Path

import pypdf
import pytest
from small_report import CLAIMS, Small

from proofpress.documents.facts import Facts
from proofpress.documents.latex import Latex
from proofpress.documents.tables import claims_table, long_rows
from proofpress.latex import styles
from proofpress.typeset.compile import typeset
from proofpress.typeset.engine import find

HEAD = "\\documentclass{article}\n\\usepackage[look]{proofpress}\n\\begin{document}\n"
END = "\n\\end{document}\n"


def pages(folder: Path, body: str) -> list[str]:
    """The words of each page of a document with the press's look."""
    main = folder / "report.tex"
    styles.beside(main)
    main.write_text(HEAD + body + END, encoding="utf-8")
    made = typeset(main, folder / "report.pdf", engine=find(), store=folder / "store")
    assert made.problems == ()
    return [page.extract_text() for page in pypdf.PdfReader(made.pdf).pages]


@pytest.mark.parametrize("spaced", [False, True])
def test_no_row_is_left_alone_and_each_page_has_the_head(tmp_path: Path, spaced: bool) -> None:
    """So many rows that the last page begins anywhere; longtable by itself loses a head then."""
    tables = []
    for many in range(30, 48):
        body = [[f"row {number} of {many}"] for number in range(1, many + 1)]
        apart = [row for one in body for row in (one, None)][:-1]
        made = long_rows("l", ["HEAD"], apart if spaced else body).dumps()
        # Tables that begin a little lower leave rows over at other places.
        tables += [rf"\newpage\vspace*{{{many % 7}pt}}{made}"]
    for text in pages(tmp_path, "\n".join(tables)):
        rows = re.findall(r"row \d+ of \d+", text)
        assert "HEAD" in text
        assert len(rows) > 1, text


def test_a_long_table_has_its_caption_once(tmp_path: Path) -> None:
    body = [[f"row {number}"] for number in range(60)]
    made = long_rows("l", ["HEAD"], body, Latex(r"What it shows.\label{tab:a}")).dumps()
    first, second = pages(tmp_path, rf"{made} See Table~\ref{{tab:a}}.")
    assert "Table 1. What it shows." in first and "What it shows" not in second
    assert "HEAD" in first and "HEAD" in second
    assert "See Table 1." in second


def repeated() -> dict[str, object]:
    claims = deepcopy(CLAIMS)
    claims["count.power"]["definition"] = claims["count.power"]["formula"]
    return claims


def test_a_definition_that_is_the_closed_form_is_listed_once() -> None:
    made = claims_table(Facts({"claims": repeated()})).dumps()
    assert made.count("count.power/formula?entry=1") == 1
    assert "count.power/definition" not in made
    assert "count.causal/definition?entry=1" in made


def test_the_ink_asks_for_it_once(tmp_path: Path) -> None:
    small = Small(tmp_path, tmp_path / "store", claims=repeated())
    assert small.ink().differences == []
    small.slip = lambda text: text.replace("count.causal/definition?", "count.causal/formula?")
    told = {difference.what for difference in small.ink().differences}
    assert "the appendix does not show the definition of count.causal" in told


def test_a_float_does_not_leave_its_section(tmp_path: Path) -> None:
    floating = r"\begin{figure}[t]\rule{1pt}{.6\textheight}\caption{Floats.}\end{figure}"
    words = r"Words.\par " * 20
    text = pages(tmp_path, rf"\section{{First}}{words}{floating}\section{{Second}}More.")
    assert "Floats." in text[1]
    assert "Second" not in text[0]
    assert text[1].index("Floats.") < text[1].index("Second")
