"""What an author reads for each common fault: the whole message, from a real run of TeX."""

import pytest

from proofpress.typeset.meaning import stopped
from proofpress.typeset.run import Limits, Run

pytest_plugins = ("typeset_bench",)

# Name, body (it begins on line 8), message.
CASES = (
    ("unknown command", "A \\fracc{1}{2}.", r"""
\fracc is not a command that TeX knows
  report.tex:8: A \fracc{1}{2}.
  mend: write \frac, if that is meant"""),
    ("command of a package", "A $\\dfrac{1}{2}$.", r"""
\dfrac is not a command that TeX knows
  report.tex:8: A $\dfrac{1}{2}$.
  mend: write \usepackage{amsmath} in the preamble"""),
    ("command of the press", "A \\fact{a/formula}{n}.", r"""
\fact is not a command that TeX knows
  report.tex:8: A \fact{a/formula}{n}.
  mend: write \usepackage{proofpress} in the preamble"""),
    ("command of a package that is not held", "A $\\mathbb{Z}$.", r"""
\mathbb is not a command that TeX knows
  report.tex:8: A $\mathbb{Z}$.
  mend: define it: this TeX lacks amssymb; make doctor says how to get it"""),
    ("environment of a package that is not held", "\\begin{proof}\nx\n\\end{proof}", r"""
there is no environment called proof
  report.tex:8: \begin{proof}
  mend: define it: this TeX lacks amsthm, but has \newtheorem, and proofpress derivation"""),
    ("environment of a package", "\\begin{align*}\nx\n\\end{align*}", r"""
there is no environment called align*
  report.tex:8: \begin{align*}
  mend: write \usepackage{amsmath} in the preamble"""),
    ("unknown in mathematics", "A $x + \\alhpa$.", r"""
\alhpa is not a command that TeX knows
  report.tex:8: A $x + \alhpa$.
  mend: write \alpha, if that is meant"""),
    ("unknown inside a macro", "One.\n\\wrong", r"""
\oops is not a command that TeX knows
  report.tex:9: \wrong
  mend: check its spelling, or define it"""),
    ("a letter that no command can have", "Die \\größe.", r"""
\gr is not a command that TeX knows
  report.tex:8: Die \größe.
  mend: take ö (U+00F6) out: the name of a command ends before it, at the last of a to z"""),
    ("conditional left open", "One.\n\\iffalse Two.\n\nThree.", r"""
\iffalse is never ended
  report.tex:9: \iffalse Two.
  mend: add the \fi that ends it"""),
    ("unknown environment", "\\begin{centre}\nx\n\\end{centre}", r"""
there is no environment called centre
  report.tex:8: \begin{centre}
  mend: write center, if that is meant"""),
    ("underscore in text", "One x_1 two.\n\nThree.", r"""
mathematics stands outside of $...$, or a formula is not closed
  report.tex:8: One x_1 two.
  mend: set the formula between $ and $; write \_ and \^{} for the characters themselves"""),
    ("unclosed formula", "One.\nTwo $x three.\nFour.\n\nFive.", r"""
mathematics stands outside of $...$, or a formula is not closed
  report.tex:9: Two $x three.
  mend: set the formula between $ and $; write \_ and \^{} for the characters themselves"""),
    ("environments crossed", "\\begin{itemize}\n\\item a\n\\end{enumerate}", r"""
\begin{itemize} is closed by \end{enumerate}
  report.tex:8: \begin{itemize}
  mend: add \end{itemize} before \end{enumerate}"""),
    ("environment left open", "One.\n\\begin{center}\nTwo.", r"""
\begin{center} is closed by \end{document}
  report.tex:9: \begin{center}
  mend: add \end{center} before \end{document}"""),
    ("environment never opened", "One.\n\\end{center}", r"""
\end{center} closes nothing that is open
  report.tex:9: \end{center}
  mend: add \begin{center} before it, or take it away"""),
    ("brace too many", "One } two.", r"""
a } closes nothing that is open
  report.tex:8: One } two.
  mend: take it away"""),
    ("brace left open", "One.\n\n{Two.\n\nThree.", r"""
a { is never closed
  report.tex:10: {Two.
  mend: add the } that closes it"""),
    ("argument left open", "One.\n\n\\textbf{Two.\n\nThree.", r"""
the argument of \textbf is never closed
  report.tex:10: \textbf{Two.
  mend: add the missing }"""),
    ("argument left open to the end", "One.\n\\mine{Two,\nthree.", r"""
the argument of \mine is never closed
  report.tex:9: \mine{Two,
  mend: add the missing }"""),
    ("missing file", "\\input{nowhere}", r"""
the file nowhere.tex is missing
  report.tex:8: \input{nowhere}
  mend: check its name, which is a path from the folder of report.toml"""),
    ("missing picture", "\\includegraphics{nowhere}", r"""
the file nowhere is missing
  report.tex:8: \includegraphics{nowhere}
  mend: check its name, or let a module figures/nowhere.py define draw(facts)"""),
    ("Chinese", "One 漢 two.", r"""
the report's font has no character 漢 (U+6F22)
  report.tex:8: One 漢 two.
  mend: write it otherwise, or in the preamble: \DeclareUnicodeCharacter{6F22}{...}"""),
    ("glyph", "One {\\usefont{OML}{lmm}{m}{it}\\char200} two.", r"""
the font lmmi10 has no character number C8 (hexadecimal)
  report.tex:8: One {\usefont{OML}{lmm}{m}{it}\char200} two.
  mend: write it otherwise"""),
    ("ampersand", "One & two.", r"""
an & stands where no column can begin
  report.tex:8: One & two.
  mend: write \& for the character itself, or give the table a column for it"""),
    ("hash", "One # two.", r"""
a # stands in the text
  report.tex:8: One # two.
  mend: write \#"""),
    ("double index", "$x_1_2$", r"""
a second subscript follows the first
  report.tex:8: $x_1_2$
  mend: set braces to say which belongs to which"""),
    ("half a pair", "$\\left( x$", r"""
something that was opened is not closed: \right is missing
  report.tex:8: $\left( x$
  mend: close it"""),
    ("list without item", "\\begin{itemize}\nOne\n\\end{itemize}", r"""
text stands in a list before its first \item
  report.tex:10: \end{itemize}
  mend: add \item"""),
    ("defined twice", "\\newcommand\\mine{}", r"""
\mine is defined twice
  report.tex:8: \newcommand\mine{}
  mend: choose another name, or \renewcommand"""),
    ("recursion", "\\def\\x{a\\x b}\\x", r"""
TeX's memory is full: input stack size=10000
  report.tex:8: \def\x{a\x b}\x
  mend: look for a macro that calls itself for ever"""),
    ("reference", "One.\n\nSee \\ref{nowhere}.", r"""
the reference nowhere points to no label
  report.tex:10: See \ref{nowhere}.
  mend: add its \label"""),
    ("citation", "See \\cite{nobody}.", r"""
no list of references has an entry nobody
  report.tex:8: See \cite{nobody}.
  mend: add it to the .bib file that \bibliography names, or as a \bibitem"""),
    ("wide line", "One.\n\n\\noindent\\rule{500pt}{1pt}", r"""
a line is 155.0 pt too wide
  report.tex:10: \noindent\rule{500pt}{1pt}
  mend: reword it, break the formula, or make it smaller"""),
    ("high page", "\\rule{1pt}{700pt}", r"""
a page is 150.0 pt too high
  report.tex
  mend: reword it, break the formula, or make it smaller"""),
    ("nothing", "", r"""
the document has no page
  report.tex
  mend: add text"""),
    ("two faults", "One \\foo.\n\nTwo \\baar.", r"""
\foo is not a command that TeX knows
  report.tex:8: One \foo.
  mend: check its spelling, or define it
\baar is not a command that TeX knows
  report.tex:10: Two \baar.
  mend: write \bar, if that is meant"""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("body", "message"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_fault_says_what_where_and_how_to_mend_it(bench, body, message):
    assert bench.complaint(body) == message.strip("\n")


def test_a_label_set_twice_is_an_error_for_a_reference_would_lead_astray(bench):
    said = bench.complaint("One\\label{x}\n\ntwo\\label{x}, see \\ref{x}")
    assert said.splitlines()[0] == "the label x is set twice"
    assert "two" in said.splitlines()[1] and "One" in said.splitlines()[2]


def test_a_missing_package_is_told_with_where_to_get_it(bench):
    said = bench.complaint("One.", head="\\documentclass{article}\n\\usepackage{siunitx}\n"
                           "\\begin{document}\n")  # fmt: skip
    assert said.splitlines() == [
        "the LaTeX package siunitx.sty is missing",
        "  report.tex:2: \\usepackage{siunitx}",
        "  mend: take it out: this TeX lacks siunitx; make doctor says how to get it",
    ]


# What a preamble holds behind \\documentclass{article}, from line 2 on; message and place.
PREAMBLES = {
    "a list": (
        "\\usepackage{longtable,siunitx}\n\\usepackage{array}",
        "the LaTeX package siunitx.sty is missing",
        "report.tex:2: \\usepackage{longtable,siunitx}",
    ),
    "a list over several lines": (
        "\\usepackage{%\n  array, % {siunitx}\n  siunitx}\n\\usepackage{array}",
        "the LaTeX package siunitx.sty is missing",
        "report.tex:4: siunitx}",
    ),
    "options and a date": (
        "\\RequirePackage[a,\n  b]{siunitx}[2020/01/01]\n\\usepackage{array}",
        "the LaTeX package siunitx.sty is missing",
        "report.tex:3: b]{siunitx}[2020/01/01]",
    ),
    "a name inside of another": (
        "\\usepackage{array}\n\\usepackage{arra}\n\\usepackage{longtable}",
        "the LaTeX package arra.sty is missing",
        "report.tex:3: \\usepackage{arra}",
    ),
    "an option of a package": (
        "\\usepackage{array}\n\\usepackage[%\n  foo]{longtable}\n\n",
        "the package longtable has no option foo",
        "report.tex:4: foo]{longtable}",
    ),
    "a key of a package": (
        "\\usepackage[foo=bar]{geometry}\n\n",
        "there is no option foo",
        "report.tex:2: \\usepackage[foo=bar]{geometry}",
    ),
    "an encoding": (
        "\\usepackage[T7]{fontenc}\n\n",
        "there is no font encoding T7",
        "report.tex:2: \\usepackage[T7]{fontenc}",
    ),
    "fonts that the engine lacks": (
        "\\usepackage{amsmath}\n\n",
        "TeX lacks the font cmex7",
        "report.tex:1: \\documentclass{article}",
    ),
    "what was put off": (
        "\\AtBeginDocument{\\nonsense}\n\n",
        "\\nonsense is not a command that TeX knows",
        "report.tex:2: \\AtBeginDocument{\\nonsense}",
    ),
    "a group that is not closed": (
        "\\begingroup\n\\newcommand\\y{a}\n",
        "a { is never closed",
        "report.tex:2: \\begingroup",
    ),
    "text": ("\nWords.\n", "text stands before \\begin{document}", "report.tex:3: Words."),
    "a redefinition": (
        "\\renewcommand{\\nonsense}[1]{#1}\n",
        "\\nonsense is not defined, so that it cannot be defined anew",
        "report.tex:2: \\renewcommand{\\nonsense}[1]{#1}",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PREAMBLES)
def test_a_fault_in_a_preamble_is_told_at_the_line_that_has_it(bench, name):
    preamble, message, place = PREAMBLES[name]
    fonts = "" if "fonts" in name else "\\usepackage{lmodern}\n"
    head = f"\\documentclass{{article}}\n{preamble}\n{fonts}\\begin{{document}}\n"
    said = bench.complaint("One $n$.", head=head).splitlines()
    assert said[:2] == [message, f"  {place}"]
    assert len(said) == 3 and said[2] != "  mend: mend that line"


def test_no_package_is_named_as_alike_that_only_the_tree_s_list_has(bench):
    head = "\\documentclass{article}\n\\usepackage{amssym}\n\\begin{document}\n"
    assert "is there" not in bench.complaint("One.", head=head)


def test_a_package_that_the_engine_lacks_is_not_taken_for_a_misspelt_one(bench):
    head = "\\documentclass{article}\n\\usepackage{amssymb}\n\\begin{document}\n"
    said = bench.complaint("One.", head=head)
    assert "take it out: this TeX lacks amssymb" in said
    assert "spelling" not in said


def test_a_fault_in_a_package_of_the_author_s_is_placed_there(bench):
    (bench.folder / "mine.sty").write_text("\\RequirePackage{array,\n  siunitx}\n\\def\\a{}\n")
    head = "\\documentclass{article}\n\\usepackage{mine}\n\\begin{document}\n"
    assert "  mine.sty:2: siunitx}" in bench.complaint("One.", head=head)


def test_a_fault_in_an_input_file_is_placed_there(bench):
    (bench.folder / "part.tex").write_text("One.\n\nTwo \\nonsense.\n\n$x\n")
    said = bench.complaint("\\input{part}")
    assert "part.tex:3: Two \\nonsense." in said and "part.tex:5: $x" in said


def test_a_run_that_was_stopped_says_how_far_it_came():
    problem = stopped(Run(-9, True, ""), Limits(seconds=5), "[1] [2] [3", "report.tex")
    assert problem.message == "TeX did not come to an end within 5 s; page 3 was finished"
