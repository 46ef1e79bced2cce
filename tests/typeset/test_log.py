import pytest

from proofpress.typeset.log import Problem, read_log

OPEN = "(./report.tex\nLaTeX2e <2023>\n(/tree/article.cls\nDocument Class (1)) (./part.tex [1] "


def test_a_quiet_log_has_no_problem():
    assert read_log(OPEN + ") [2] )\nOutput written on report.pdf (2 pages).") == []


def test_an_error_has_file_line_and_excerpt():
    (problem,) = read_log(
        "./part.tex:12: LaTeX Error: Environment centre undefined.\n\nSee the manual.\n ...\n"
        "                                                  \nl.12 \\begin{centre}\n"
        "                      and more\nWhatever\n"
    )
    assert (problem.kind, problem.file, problem.line) == ("error", "part.tex", 12)
    assert problem.message == "LaTeX Error: Environment centre undefined."
    assert problem.excerpt == "\\begin{centre} and more"


def test_an_unknown_command_is_the_last_of_the_first_context_line():
    (problem,) = read_log(
        "./a.tex:3: Undefined control sequence.\n\\wrong ->\\emph {\\oops \n                  }\n"
        "l.3 \\wrong\n          \n"
    )
    assert problem.message == "Undefined control sequence. \\oops"


def test_a_missing_file_is_placed_where_tex_gave_up():
    (problem,) = read_log(
        "! LaTeX Error: File `x.tex' not found.\n\nType X to quit\nEnter file name: \n"
        "./a.tex:9: Emergency stop.\n<read *> \n         \nl.9 \\input{x}\n              \n"
        "./a.tex:9:  ==> Fatal error occurred, no output PDF file produced!\n"
    )
    assert (problem.file, problem.line) == ("a.tex", 9)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LaTeX Warning: Reference `x' on page 1 undefined on input line 28.",
         Problem("undefined reference", "x", "part.tex", 28)),
        ("LaTeX Warning: Citation `x' on page 1 undefined on input line 2.",
         Problem("undefined citation", "x", "part.tex", 2)),
        ("LaTeX Warning: Label `x' multiply defined.",
         Problem("multiply defined label", "x")),
        ("LaTeX Warning: Label(s) may have changed. Rerun to get cross-references right.",
         Problem("rerun", "Label(s) may have changed. Rerun to get cross-references right.")),
        ("Missing character: There is no ^^@ in font ec-lmr10!",
         Problem("missing character", "^^@ in ec-lmr10", "part.tex")),
        ("Overfull \\hbox (12.5pt too wide) in paragraph at lines 7--9\n[]\\T1/lmr/m/n/10 (Words\n",
         Problem("overfull", "line is 12.5 pt too wide", "part.tex", 7, "(Words", points=12.5)),
        ("Overfull \\vbox (150.0pt too high) has occurred while \\output is active []\n\n",
         Problem("overfull", "page is 150.0 pt too high", "part.tex", points=150.0)),
        ("### simple group (level 1) entered at line 10 ({)",
         Problem("error", "Open simple group", "part.tex", 10)),
        ("Underfull \\hbox (badness 10000) in paragraph at lines 1--2\n (((\n", None),
    ],
)  # fmt: skip
def test_a_complaint_belongs_to_the_file_that_is_open(line, expected):
    problems = read_log(f"{OPEN}\n{line}\n)\n)")
    assert problems == ([expected] if expected else [])


def test_a_box_with_parentheses_does_not_confuse_the_files():
    text = f"{OPEN}\nOverfull \\hbox (9.0pt too wide) in paragraph at lines 1--2\n[] ((( a\n\n) "
    text += "[3]\nOverfull \\hbox (8.0pt too wide) in paragraph at lines 4--5\n[] b\n\n"
    assert [problem.file for problem in read_log(text)] == ["part.tex", "report.tex"]


def test_the_context_of_a_warning_does_not_confuse_the_files():
    text = f"{OPEN}\npdfTeX warning (ext4): destination with the same identifier (name{{e.1}}) has "
    text += (
        "been already used, duplicate ignored\n<to be read again> \n  \\relax \nl.5 ...)}) x\n  \n"
    )
    text += "Overfull \\hbox (9.0pt too wide) detected at line 8\n[] b\n\n"
    twice, wide = read_log(text)
    assert (twice.kind, twice.message) == ("repeated target", "e.1")
    assert not twice.spoils(2.0)
    assert (wide.file, wide.line) == ("part.tex", 8)


def test_which_problems_spoil_a_report():
    narrow, wide = (Problem("overfull", "", points=points) for points in (1.9, 2.1))
    assert not narrow.spoils(2.0) and wide.spoils(2.0)
    assert Problem("undefined reference", "").spoils(2.0)
    assert not Problem("rerun", "").spoils(2.0)


def test_a_problem_reads_what_where_mend():
    problem = Problem("error", "something is wrong", "a.tex", 3, "the words", "mend it")
    assert str(problem) == "something is wrong\n  a.tex:3: the words\n  mend: mend it"
