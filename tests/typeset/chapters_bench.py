"""A document in four chapters, what its PDF shows, and the passes that set it."""

from pathlib import Path

import pikepdf
import pypdf
import pytest

from proofpress.typeset import job, passes

HEAD = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage[pdfusetitle]{hyperref}
\usepackage{bookmark}
\title{All}
\begin{document}
"""
FRONT = "\\tableofcontents See \\ref{beta} on page \\pageref{beta}, \\nameref{gamma}.\n"
ALPHA = "\\section{Alpha}\\label{alpha}\\subsection{Inner}Words\\footnote{Note.}\n\\[a\\]\n"
BETA = "\\section{Beta}\\label{beta}\\begin{equation}b\\label{eq}\\end{equation}To \\ref{alpha}.\n"
GAMMA = "\\section{Gamma}\\label{gamma}See (\\ref{eq}).\\footnote{Again.}\\newpage The end.\n"
TEXTS = {"front": FRONT, "parts/alpha": ALPHA, "parts/beta": BETA, "gamma": GAMMA}
ALL = "\n".join(f"\\include{{{name}}}" for name in TEXTS)


@pytest.fixture
def chapters(bench, tmp_path_factory, monkeypatch: pytest.MonkeyPatch):
    """A bench whose documents have the chapters of `texts`, and that tells which passes ran."""
    bench.store = tmp_path_factory.mktemp("store")  # beside the document it would be a part of it
    bench.pdf = tmp_path_factory.mktemp("out") / "report.pdf"
    bench.texts = dict(TEXTS)
    bench.ran = []

    def seen(desk: passes.Desk, chapter: str | None, *options: bool) -> passes.Pass:
        bench.ran.append(chapter)
        return passes.set_pages(desk, chapter, *options)

    def make(body: str = ALL, head: str = HEAD, **options: object):
        bench.ran.clear()
        for name, text in bench.texts.items():
            path = bench.folder / f"{name}.tex"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return bench.print(body, head, **options)

    monkeypatch.setattr(job, "set_pages", seen)
    bench.make = make
    return bench


def shown(path: Path) -> tuple:
    """Words, targets of links, bookmarks and labels of the pages of a PDF."""
    reader = pypdf.PdfReader(path)
    words = [page.extract_text() for page in reader.pages]
    targets = {
        name: (reader.get_destination_page_number(place), place.get("/Top"))
        for name, place in reader.named_destinations.items()
    }
    links = [
        (number, str(note.get_object()["/A"]["/D"]), [float(x) for x in note.get_object()["/Rect"]])
        for number, page in enumerate(reader.pages)
        for note in page.get("/Annots", ())
    ]
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        marks = [(item.title, [one.title for one in item.children]) for item in outline.root]
    return words, targets, links, marks, list(reader.page_labels), reader.metadata.title
