"""Formulas of a notebook: what MathJax sets is set, what is missing is named, all fits the page."""

import pypdfium2
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from test_notebook_latex import converted, printed, shown
from test_notebook_markdown import text

from proofpress.faults.errors import PressError
from proofpress.ink.document import Document
from proofpress.kinds.marks import Glyph
from proofpress.latex.mathematics import COMMANDS
from proofpress.notebook.formulas import Equations, displayed
from proofpress.notebook.macros import Macros
from proofpress.notebook.markdown import markdown_latex

USUAL = r"""
\boxed{x=1}
\underset{\theta}{\operatorname{argmin}}\, L
\overset{d}{=} \stackrel{!}{=}
\hspace{1em} x \hskip 2pt y \kern-1pt z \mspace{3mu}
{\rm d}x + {\bf y} + {\cal L} + {\it z}
\mathscr{L}, \mathfrak{g}, \mathcal{N}, \mathbb{R}, \mathbb 1
x \not= 0
\xrightarrow[a]{p}
f\colon A \to B
\bigoplus_i \bigvee_j \bigotimes
\mathop{\mathrm{E}}_x \bm{x}
a \leqslant b \lesssim c \geqslant d \succeq e \nleq f \subsetneq g \ltimes h \boxtimes i
\begin{Bmatrix} a \end{Bmatrix} \begin{smallmatrix} a & b \end{smallmatrix}
\dagger \checkmark \square \blacksquare \varnothing \therefore \lozenge
\color{red}{x} {\color{blue} y} \textcolor{#00AA00}{z}
\sum_{\substack{i \\ j}} \phantom{x}
\overleftarrow{h} \; \overrightarrow{h} \widehat{ab} \mathring{x} \dddot{x}
\underbrace{a+b}_{n} \overbrace{c}^{m}
\left[ \frac{a}{b} \middle| c \right] \Biggl( x \Biggr)
\dfrac12 \tfrac12 \cfrac{1}{2} \binom nk {n \choose k} {a \over b}
\lim\limits_{x} \varlimsup
\text{if $x_1$ or a_1 \mathrm{up} é \% so}
\operatorname*{arg\,max}_x
\iint \iiint \oint
\begin{array}{c|c} a & b \\ \hline c & d \end{array}
\cancel{x} \bcancel{y} \xcancel{z}
\begin{dcases} a & b \\ c & d \end{dcases}
x \lt y \gt z
\require{cancel} a % why
α₁² ∈ ℝ, x′ ≤ β − 1 → ∞, 𝔼[X] ⊥ é ⊸ ½
\begin{align} a &= b \\ c &= d \end{align}
\sideset{_a^b}{_c^d}\sum \prod
\lvert x \rvert \lVert y \rVert \| z \|
\imath \jmath \wp
"""


@pytest.mark.parametrize("mark", ["$", "$$"])
def test_usual_commands_are_set(tmp_path, mark):
    cells = [new_markdown_cell(f"{mark}{line}\n{mark}") for line in USUAL.strip().splitlines()]
    printed(tmp_path, converted(tmp_path, *cells))
    page = pypdfium2.PdfDocument(tmp_path / "doc.pdf")[0].get_textpage().get_text_range()
    assert "ℝ" in page


def test_every_command_of_the_gate_is_known_to_tex(tmp_path):
    """Each is asked for by name; that it takes its arguments the usual commands show."""
    document = "\n".join(
        rf"\ifcsname {name}\endcsname\else\errmessage{{lacks {name}}}\fi"
        for name in sorted(name.rstrip("*") for name in COMMANDS)
    )
    assert printed(tmp_path, document + "\nall")[0].startswith("all")


@pytest.mark.parametrize(
    ("formula", "latex"),
    [
        (r"\mathbb{RP}", r"${\nbSign{211D}\nbSign{2119}}$"),
        (r"\mathrm{d}x % a comment", r"$\mathrm{d}x$"),
        (r"x² + 𝑦₁₀", "$x^{2} + y_{10}$"),
        (r"\begin{align}a&=b\end{align}", r"$\begin{aligned}a&=b\end{aligned}$"),
        (r"\begin{equation} a \end{equation}", "$a$"),
        (r"\begin{split}a&=b\end{split}", r"$\begin{aligned}a&=b\end{aligned}$"),
        (r"\LaTeX", r"$\text{\LaTeX}$"),
        (r"a\ ", "$a\\ $"),
        (r"\color{red}{x} y", r"${\nbColour{FF0000}x} y$"),
    ],
)
def test_a_formula_in_a_line(formula, latex):
    assert Equations().latex(formula, "demo") == latex


@pytest.mark.parametrize(
    ("formula", "latex"),
    [
        (r"a = b \tag{1}", r"\nbTagged{(1)}{a = b}"),
        (r"a = b \tag*{A*}", r"\nbTagged{A*}{a = b}"),
        (r"a \\ b", "\\nbRows{\\begin{gathered}\na\\\\\nb\n\\end{gathered}}"
                    "{\\begin{gather*}\na\\\\\nb\n\\end{gather*}}"),
        (r"\begin{eqnarray} a &=& b \end{eqnarray}",
         "\\nbRows{\\begin{aligned}\na &={} b\n\\end{aligned}}"
         "{\\begin{align*}\na &={} b\n\\end{align*}}"),
    ],
)  # fmt: skip
def test_a_displayed_formula(formula, latex):
    assert displayed(formula, "demo") == latex


def test_own_commands_are_put_in_and_those_without_an_end_are_named():
    macros = Macros()
    macros.expanded(r"\newcommand{\R}{\mathbb{R}}\def\norm#1{\left\lVert#1\right\rVert}", "demo")
    macros.expanded(
        r"\DeclareMathOperator*{\argmin}{arg\,min}\newcommand\p[2][n]{p_{#1}(#2)}", "demo"
    )
    assert macros.expanded(r"\norm{x}\in\R^n, \argmin_x \p{y} \p[k]{z}", "demo") == (
        r"\left\lVert x\right\rVert\in\mathbb{R}^n, \operatorname*{arg\,min}_x p_{n}(y) p_{k}(z)"
    )
    with pytest.raises(PressError, match=r"\\x holds itself"):
        macros.expanded(r"\newcommand{\x}{\x\x} \x", "demo")


@pytest.mark.parametrize(
    "body", [r"\input{x}", r"\write18{ls}", r"\csname input\endcsname", r"\end{document}"]
)
def test_an_own_command_cannot_pass_the_gate(body):
    with pytest.raises(PressError):
        markdown_latex(rf"$\newcommand{{\x}}{{{body}}} \x$", "demo")


def test_labels_number_what_is_referred_to_also_in_later_cells(tmp_path):
    found = text(
        tmp_path,
        r"By \eqref{b} and $\ref{a}$, not $\eqref{t}$.",
        "$$\\begin{equation} x = 1 \\label{a} \\end{equation}$$\n\n"
        "\\begin{align} y &= 2 \\label{b} \\\\ z &= 3 \\\\ w &= 4 \\tag{T} \\label{t} \\end{align}",
    )
    assert "By (2) and 1, not (T)." in found
    assert [found.count(number) for number in ("(1)", "(2)", "(T)")] == [1, 2, 2]
    with pytest.raises(PressError, match="no equation has the label 'c'"):
        markdown_latex(r"\eqref{c}", "demo")


LONG = " + ".join(f"{n} x^{{{n}}} y" for n in range(80))
WIDE = [
    f"$$ {LONG} $$",
    f"$ {LONG} $",
    rf"$$ \left({LONG}\right)^2 $$",
    rf"and $\left[{LONG}\right]$ so",
    f"- a\n  - $$ {LONG} $$",
    rf"$$\begin{{pmatrix}} {' & '.join(f'x_{{{n}}}' for n in range(40))} \end{{pmatrix}}$$",
    rf"\begin{{align}} a &= {LONG} \\ b &= c \tag{{1}} \end{{align}}",
    rf"$$ {LONG} \tag{{7}} $$",
    rf"$$ \frac{{{LONG}}}{{2}} $$",
]


@pytest.mark.parametrize("source", WIDE, ids=range(len(WIDE)))
def test_no_formula_is_too_wide(tmp_path, source):
    printed(tmp_path, converted(tmp_path, new_markdown_cell(source)))
    document = Document(tmp_path / "doc.pdf")
    glyphs = [mark for mark in document.marks(0) if isinstance(mark, Glyph)]
    assert max(glyph.end for glyph in glyphs) < (210 + 160) / 2 / 25.4 * 72 + 3


def test_a_sum_is_broken_in_its_own_size(tmp_path):
    cell = new_code_cell("1", outputs=[shown(text__latex=rf"$\displaystyle {LONG}$")])
    page = printed(tmp_path, converted(tmp_path, cell))[0]
    assert len(page.splitlines()) > 5
    assert page.splitlines()[1].startswith("0x0y")


@pytest.mark.parametrize("name", ["align", "gather", "multline", "split", "eqnarray*", "flalign"])
@pytest.mark.parametrize(
    "wrap", ["{}", "$${}$$", "${}$", "$$\\begin{{equation}}{}\\end{{equation}}$$"]
)
def test_environments_of_equations_stand_with_and_without_dollars(tmp_path, name, wrap):
    rows = "a &= b \\\\ c &= d" if name not in ("gather", "multline") else "a = b \\\\ c = d"
    body = converted(
        tmp_path, new_markdown_cell(wrap.format(f"\\begin{{{name}}} {rows} \\end{{{name}}}"))
    )
    assert " ".join(printed(tmp_path, body)[0].split()).startswith("a = b c = d")
