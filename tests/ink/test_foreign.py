"""A report with a class, a preamble and macros of its author's: its ink is read as any other."""

from pathlib import Path

import pytest
from small_report import CAUSAL, STRIDED, Small

from proofpress.faults.errors import PressError
from proofpress.ink.document import Document

pytestmark = pytest.mark.slow

# All classes of the embedded engine in which questions can stand, and those that have none.
CLASSES = ("article", "report", "book", "proc")
LETTERS = {"letter": "", "minimal": "", "moderncv": r"\name{A}{B}"}
# What an author may bring along: other margins and colours, packages, macros, a look of headings.
PREAMBLE = r"""\documentclass[%s]{%s}
\usepackage{amsmath}
\usepackage{titlesec}
\usepackage[table]{xcolor}
\usepackage[colorlinks]{hyperref}
\usepackage{proofpress}
\definecolor{press-accent}{HTML}{7A3B0C}
\newcommand\code[1]{\textsl{#1}}
\newcommand\entries{\section*{Entries}}
\renewcommand\questionpart[1]{\subsection{Part: #1}}
\titleformat{\subsection}{\normalfont\itshape}{\thesubsection}{1em}{}
"""
HEAD = r"""\input{preamble}
\title{Small}\author{A}
\begin{document}
\maketitle
\tableofcontents
"""
BODY = r"""
\BLOCK{set causal = claim("count.causal")}
\question[\given{2} points]{Counting pairs}
\questionpart{All pairs before}
The number is
\closedform[eq:a]{\VAR{causal.formula}}
or $\VAR{causal.formula.inline}$; for $\VAR{causal.at("grid").setting}$ it is
$\VAR{causal.at("grid")}$, or \VAR{causal.related("fraction").at("grid")|percent}
($\VAR{causal.related("fraction").formula.inline}$).
\begin{center}
\factgraphics{\VAR{figure("causal", causal, at="grid")}}
\end{center}
\clearpage
\questionpart{Some pairs before}
\closedform{\VAR{claim("count.strided").formula}}
\figurehere{\VAR{figure("strided", claim("count.strided"), at="grid", within=causal)}}{fig:b}{Them.}
With $\VAR{claim("count.power").formula}$ there are $\VAR{claim("count.power").at("grid")}$; the
loss is \VAR{result("test.loss")}. Perhaps $\VAR{claim("count.guess", assumed=true).formula}$.
"""
ENTRIES = r"""
\clearpage\onecolumn
\entries
\VAR{claims_table()}
\VAR{results_table()}
"""
BARE = r"""\input{preamble}
\begin{document}
There are $\VAR{claim("count.causal").at("grid")}$ of them, or
$\VAR{claim("count.causal").formula}$.

\VAR{claims_table()}
"""
END = "\n\\end{document}\n"
PRINTED = {
    "boxed forms": "2/2",
    "figures": "2/2",
    "formulas": "6/6",
    "numbers": "3/3",
    "questions": "3/3",
    "results": "1/1",
    "settings": "1/1",
    "squares": f"{len(CAUSAL) + len(STRIDED)}/{len(CAUSAL) + len(STRIDED)}",
}
LISTED = {**PRINTED, "claims": "4/4", "entries": "16/16", "results": "2/2"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


def foreign(folder: Path, store: Path, name: str, text: str, options: str = "11pt") -> Small:
    return Small(folder, store, text=text, preamble=PREAMBLE % (options, name))


@pytest.mark.parametrize("name", CLASSES)
def test_any_class_keeps_the_ink_readable(tmp_path: Path, store: Path, name: str) -> None:
    ink = foreign(tmp_path, store, name, HEAD + BODY + ENTRIES + END).ink()
    assert ink.differences == []
    assert ink.summary() == LISTED


@pytest.mark.parametrize("name", LETTERS)
def test_facts_can_stand_in_a_document_without_sections(
    tmp_path: Path, store: Path, name: str
) -> None:
    preamble = rf"\documentclass{{{name}}}\usepackage{{proofpress}}{LETTERS[name]}" + "\n"
    ink = Small(tmp_path, store, text=BARE + END, preamble=preamble).ink()
    assert ink.differences == []
    read = {"claims": "4/4", "entries": "16/16", "formulas": "1/1", "numbers": "1/1"}
    assert ink.summary() == {**read, "boxed forms": "0/0", "questions": "0/0"}


def test_entries_and_contents_may_be_left_out(tmp_path: Path, store: Path) -> None:
    head = HEAD.replace("\\tableofcontents\n", "")
    small = foreign(tmp_path, store, "article", head + BODY + END)
    ink = small.ink()
    assert ink.differences == []
    assert ink.summary() == PRINTED
    assert {fact.target for fact in Document(small.pdf).facts} == {""}
    assert Document(small.pdf).attachment("ledger.json") is not None


def test_contents_that_are_promised_are_asked_for(tmp_path: Path, store: Path) -> None:
    small = foreign(tmp_path, store, "article", HEAD + BODY + END)
    small.slip = lambda text: text.replace("\\tableofcontents", "")
    told = {difference.what for difference in small.ink().differences}
    assert "the question 'Counting pairs': it is not in the contents" in told


def test_an_entry_that_no_source_lists_is_told(tmp_path: Path, store: Path) -> None:
    small = foreign(tmp_path, store, "article", HEAD + BODY + END)
    small.slip = lambda text: text.replace("loss is", "\\entry{result.test.loss}loss is")
    (told,) = small.ink().differences
    assert told.what == "results/test.loss, on page 2, leads to an entry that no source lists"
    assert told.where is not None and told.where.endswith("small.tex.j2:23")


def test_a_document_that_numbers_its_pages_itself(tmp_path: Path, store: Path) -> None:
    text = HEAD.replace("\\maketitle", "\\maketitle\\setcounter{page}{7}") + BODY + END
    assert foreign(tmp_path, store, "report", text).ink().differences == []


UNLOADED = {
    "class in the preamble": (
        "\\documentclass{article}\n",
        "\\input{preamble}\n",
        "preamble.tex:1",
    ),
    "class below a comment": (
        "%\n\\documentclass{article}",
        "\\input{preamble}\n",
        "preamble.tex:2",
    ),
    "class in the document": (
        "\\newcommand\\x{}",
        "%\n\\documentclass{article}\n",
        "small.tex.j2:2",
    ),
    "a comment loads it": (
        "\\documentclass{article}\n% \\usepackage{proofpress}",
        "\\input{preamble}\n",
        "preamble.tex:1",
    ),
}


@pytest.mark.parametrize("kind", UNLOADED)
def test_facts_without_the_package_are_refused(tmp_path: Path, store: Path, kind: str) -> None:
    preamble, head, where = UNLOADED[kind]
    text = f"{head}\\begin{{document}}{BODY}{END}"
    with pytest.raises(PressError) as caught:
        Small(tmp_path, store, text=text, preamble=preamble).built()
    assert caught.value.what == (
        "the templates print facts of the ledger, and the preamble does not load proofpress.sty"
    )
    assert caught.value.where == (tmp_path / where).as_posix()
    assert caught.value.mend == r"write \usepackage{proofpress} below the other packages"
    assert list(caught.value.each()) == [caught.value]
    assert not (tmp_path / "small.pdf").exists()


def test_a_document_without_facts_needs_no_package(tmp_path: Path, store: Path) -> None:
    preamble = "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{lmodern}\n"
    text = "\\input{preamble}\n\\begin{document}\nWords.\n\\end{document}\n"
    assert Small(tmp_path, store, text=text, preamble=preamble).ink().summary() == {
        "boxed forms": "0/0",
        "questions": "0/0",
    }


def test_a_package_of_the_authors_may_load_it(tmp_path: Path, store: Path) -> None:
    (tmp_path / "own.sty").write_text("\\RequirePackage{proofpress}\n")
    (tmp_path / "tex").mkdir()
    (tmp_path / "tex/own.sty").write_text("\\RequirePackage{proofpress}\n")
    preamble = "\\documentclass{article}\n\\usepackage{own}\n"
    small = Small(tmp_path, store, text=HEAD + BODY + END, preamble=preamble)
    assert small.ink().differences == []
