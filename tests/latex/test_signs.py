"""The one table of signs: true by Unicode and by TeX, and nobody has another."""

import re
import unicodedata
from pathlib import Path

import pypdf
import pytest
from test_architecture import code_texts

from proofpress.faults.errors import PressError
from proofpress.formulas.letters import is_greek
from proofpress.ink.document import Document
from proofpress.ink.readings import of_ink, of_latex
from proofpress.latex import styles
from proofpress.latex.names import letter_latex
from proofpress.latex.signs import CHARACTERS, FUNCTIONS, GREEK, SIGNS
from proofpress.typeset.compile import typeset
from proofpress.typeset.engine import find

PRESS = Path(styles.__file__).parents[1]
HEAD = r"""\documentclass{article}
\usepackage[T1]{fontenc}\usepackage{amsmath,lmodern,xcolor,presstype}
\pagestyle{empty}
\begin{document}
"""
# What TeX puts together from other signs, and what its fonts call otherwise.
COPIED = {
    "ο": "o", "ℏ": "¯h", "≠": "̸=", "≅": "∼=", "∉": "/∈", "∣": "|", "⟂": "⊥", "∖": "\\", "↦": "|→",
    "⟶": "−→", "⟹": "=⇒", "⟺": "⇐⇒", "∘": "◦", "∙": "•", "⋯": "···", "⋮": "...", "⋱": "...",
    "∬": "∫∫", "∠": "̸", "‖": "∥",
}  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Path]:
    """Every command between two letters, a page each, then every sign as text, and the PDF."""
    texts = [*(f"$x \\{name} y$" for name in (*CHARACTERS, *FUNCTIONS)), *(f"x{s}y" for s in SIGNS)]
    folder = tmp_path_factory.mktemp("signs")
    main, pdf = folder / "report.tex", folder / "report.pdf"
    pages = "\n".join(rf"\noindent {text}\newpage" for text in texts)
    main.write_text(f"{HEAD}{pages}\n\\end{{document}}\n", encoding="utf-8")
    styles.beside(main)
    typeset(main, pdf, engine=find(), store=folder / "store")
    return texts, pdf


def test_a_command_prints_its_character_and_so_does_the_character(printed) -> None:
    _, pdf = printed
    pages = pypdf.PdfReader(pdf).pages
    signs = [*CHARACTERS.values(), *FUNCTIONS, *SIGNS]
    copied = ["".join(page.extract_text().split()) for page in pages]
    assert copied == [f"x{COPIED.get(sign, sign)}y" for sign in signs]


def test_the_ink_of_a_command_is_read_as_the_command_is(printed) -> None:
    texts, pdf = printed
    document, unread = Document(pdf), set()
    for page, text in enumerate(texts[: len(CHARACTERS) + len(FUNCTIONS)]):
        try:
            reading = of_latex(text.strip("$"))
        except PressError:
            unread.add(CHARACTERS[text.split()[1].removeprefix("\\")])
        else:
            assert of_ink(document.marks(page)) == reading, text
    assert unread == COPIED.keys() - {"ο", "≠", "∣", "∬"}


def test_a_letter_has_its_name_in_unicode() -> None:
    for name in GREEK:
        size = "CAPITAL" if name[0].isupper() else "SMALL"
        plain = unicodedata.normalize("NFKC", CHARACTERS[name])  # ϵ and ϕ are shapes of ε and φ
        spelled = name.upper().replace("LAMBDA", "LAMDA")
        assert unicodedata.name(plain) == f"GREEK {size} LETTER {spelled}"


def test_printer_and_reader_know_the_same_letters_each_by_itself() -> None:
    assert {name for name in {*CHARACTERS, *FUNCTIONS} if is_greek(name)} == GREEK
    assert all(letter_latex(name) == f"\\{name}" for name in GREEK)


@pytest.mark.parametrize(
    "path", sorted([*PRESS.glob("**/*.py"), *PRESS.glob("**/*.sty")]), ids=lambda path: path.name
)
def test_nobody_else_has_a_table(path: Path) -> None:
    """Who takes formulas apart or puts them together names the signs that it means, no more."""
    if path.name == "presstype.sty":
        return
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        text = " ".join(text for _, text in code_texts(path))
    words, commands = re.findall("[A-Za-z]+", text), set(re.findall(r"\\([A-Za-z]+)", text))
    assert len(GREEK.intersection(words)) <= 1
    assert len({CHARACTERS[name] for name in GREEK} & set(text)) <= 1
    # The ink's reader lists the signs that no ink gives back; bookmarks have their own for some.
    assert len(SIGNS.keys() & set(text)) <= 28
    assert len(CHARACTERS.keys() & commands) <= 14
    assert len(FUNCTIONS & commands) <= 2
