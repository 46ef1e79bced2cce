"""proofpress.sty: what it defines, who spells its macros, and what TeX makes of them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from proofpress.ink.document import Document
from proofpress.kinds.marks import Glyph
from proofpress.latex import styles, vocabulary
from proofpress.latex.vocabulary import AUTHOR, ENVIRONMENTS, MACROS, Macro
from proofpress.typeset.compile import TypesettingError, typeset
from proofpress.typeset.doctor import packages
from proofpress.typeset.engine import find

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PRESS = ROOT / "proofpress"
STYLE = styles.STYLES["proofpress.sty"].read_text(encoding="utf-8")
_DEFINES = re.compile(
    r"^\\(newcommand|providecommand|DeclareRobustCommand)\\([A-Za-z]+)(?![A-Za-z@])(?:\[(\d)\])?(\[\])?",
    re.M,
)


def test_the_package_defines_the_vocabulary_and_nothing_else() -> None:
    sizes = {"small", "footnotesize"}  # for a class that has none
    defined = {
        name: (int(number or 0), bool(optional), kind == "providecommand")
        for kind, name, number, optional in _DEFINES.findall(STYLE)
        if "press@" not in name and name not in sizes
    }
    assert defined == {
        macro.name: (macro.arguments + macro.optional, macro.optional, macro.replaceable)
        for macro in MACROS
    }
    environments = r"^\\(?:newenvironment|ProvideDocumentEnvironment)\{(\w+)\}"
    assert tuple(re.findall(environments, STYLE, re.M)) == ENVIRONMENTS


def test_the_package_needs_nothing_that_the_embedded_engine_lacks() -> None:
    from proofpress.typeset.doctor import lacking

    asked = {name for path in styles.STYLES.values() for name in packages(path.read_text())}
    asked -= styles.PACKAGES
    assert {"amsmath", "hyperref", "lmodern"} <= asked
    assert lacking(find("embedded"), sorted(asked)) == ()


def texts(tree: ast.Module) -> Iterator[str]:
    """The strings of a module, without what documents it."""
    documents = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documents:
            yield node.value  # type: ignore[attr-defined]


def imported(path: Path) -> Iterator[str]:
    """What a module imports of the vocabulary."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == vocabulary.__name__:
            yield from (name.name for name in node.names)


def test_no_module_spells_a_macro_of_the_press_by_itself() -> None:
    spelled = re.compile(rf"\\({'|'.join(macro.name for macro in MACROS)})(?![A-Za-z@])")
    found = {
        (path.relative_to(PRESS).as_posix(), name)
        for path in PRESS.glob("**/*.py")
        for text in texts(ast.parse(path.read_text(encoding="utf-8")))
        for name in spelled.findall(text)
    }
    assert found == set()


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.name)
def test_who_writes_and_reads_a_macro_is_as_the_vocabulary_says(macro: Macro) -> None:
    constant = next(name for name, value in vars(vocabulary).items() if value is macro)
    users = {
        path.relative_to(PRESS).as_posix()
        for path in PRESS.glob("**/*.py")
        if constant in imported(path)
    }
    told = {*macro.writers, *macro.readers} - {AUTHOR}
    assert users <= told | {"audit/commands.py"}  # which tells an author to write \given
    assert {file for file in told if file != "audit/handwritten.py"} <= users


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.name)
def test_every_macro_is_described(macro: Macro) -> None:
    given = (r"\[\w+\]" if macro.optional else "") + r"\{\w+\}" * macro.arguments
    author = {("the press",): "the press", (AUTHOR,): AUTHOR}
    who = author.get(macro.writers) or ("both" if AUTHOR in macro.writers else "the press")
    described = (ROOT / "docs/latex.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `\\{macro.name}{given}` \| {who} \| .+ \|$", described, re.M)


def test_a_macro_refuses_another_number_of_arguments() -> None:
    with pytest.raises(TypeError, match=r"\\fact takes 2 arguments, not 1"):
        vocabulary.FACT("a/formula")


def printed(folder: Path, text: str) -> str:
    """The words on the pages of a document that loads the package."""
    styles.beside(folder / "report.tex")
    (folder / "report.tex").write_text(text, encoding="utf-8")
    outcome = typeset(
        folder / "report.tex",
        folder / "out/report.pdf",
        engine=find(),
        store=folder.parent / "store",
    )
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(outcome.pdf).pages)


HEAD = "\\documentclass{article}\n\\usepackage{proofpress}\n"
TITLE = "\\title{Title}\\author{A}\n\\begin{document}\n\\maketitle\n"
END = "\\end{document}\n"


@pytest.mark.parametrize(
    ("date", "shown"), [("", ""), ("\\date{31 October}\n", "31 October"), ("\\date{}\n", "")]
)
def test_a_title_has_the_date_that_is_given_or_none(tmp_path: Path, date: str, shown: str) -> None:
    words = printed(tmp_path, HEAD + date + TITLE + "x" + END)
    assert "2000" not in words
    assert shown in words
    before = HEAD.replace("\\usepackage", f"{date}\\usepackage")
    assert shown in printed(tmp_path, before + TITLE + "x" + END)


def test_a_section_is_no_question(tmp_path: Path) -> None:
    words = printed(
        tmp_path, HEAD + "\\begin{document}\n\\section{First}\\question{Second}\n" + END
    )
    assert "1 First" in words and "2 Second" in words and "Question" not in words


@pytest.mark.parametrize("load", ["\\usepackage{proofpress}", "% none"])
def test_formulas_of_the_press_need_amsmath(tmp_path: Path, load: str) -> None:
    head = (
        f"\\documentclass{{article}}\n\\usepackage[T1]{{fontenc}}\\usepackage{{lmodern}}\n{load}\n"
    )
    text = head + "\\begin{document}\n$\\dfrac{n}{2}$\n" + END
    if load.startswith("\\"):
        assert "n" in printed(tmp_path, text)
        return
    with pytest.raises(TypesettingError) as caught:
        printed(tmp_path, text)
    assert r"mend: write \usepackage{amsmath} in the preamble" in str(caught.value)


def test_a_fact_of_a_table_without_the_package_is_told(tmp_path: Path) -> None:
    text = "\\documentclass{article}\n\\usepackage[T1]{fontenc}\\usepackage{lmodern}\n"
    with pytest.raises(TypesettingError) as caught:
        printed(tmp_path, text + "\\begin{document}\n\\fact{a/formula}{x}\n" + END)
    assert r"\fact is not a command that TeX knows" in str(caught.value)
    assert r"mend: write \usepackage{proofpress} in the preamble" in str(caught.value)


def test_what_another_document_left_behind_is_read_without_the_package(tmp_path: Path) -> None:
    facts = "\\begin{document}\n\\fact{a.b/formula}{x}\\entry{claim.a.b}\n" + END
    assert "x" in printed(tmp_path, HEAD + facts)
    plain = HEAD.replace("{proofpress}", "[T1]{fontenc}\\usepackage{lmodern}")
    assert "Words" in printed(tmp_path, plain + "\\begin{document}\nWords.\n" + END)


def test_what_the_author_defines_is_kept(tmp_path: Path) -> None:
    own = (
        "\\documentclass{article}\n\\newenvironment{derivation}{(mine:}{)}\n"
        "\\usepackage{proofpress}\n\\newcolumntype{L}[1]{>{own }p{#1}}\n\\newcommand\\step{pace}\n"
    )
    body = (
        "\\begin{derivation}x\\end{derivation} \\step\n\\begin{tabular}{L{30mm}}y\\end{tabular}\n"
    )
    words = printed(tmp_path, own + "\\begin{document}\n" + body + END)
    assert "(mine:x)" in words.replace(" ", "") and "pace" in words and "own y" in words


def test_a_set_keeps_its_distance_from_a_short_line(tmp_path: Path) -> None:
    """Its small size leaves the lines of the paragraph above alone."""
    shown = []
    for last in ("short", r"\hfill long"):
        text = f"{'words ' * 30}\\par {'words ' * 25} {last}\n\\countedset[\\small]{{X}}{{Y}}\n"
        printed(tmp_path, f"{HEAD}\\begin{{document}}\n{text}{END}")
        marks = Document(tmp_path / "out/report.pdf").marks(0)
        lines = sorted({round(m.y, 1) for m in marks if isinstance(m, Glyph)}, reverse=True)
        *above, formula, _folio = lines
        shown.append((round(above[0] - above[1], 1), round(above[-1] - formula, 1)))
    assert shown[0] == shown[1]
    assert shown[0][0] == pytest.approx(12, abs=0.15)
