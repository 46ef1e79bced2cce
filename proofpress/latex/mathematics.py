r"""Mathematics from outside, let through only where it is harmless.

Place in the chain: the gate for formulas of a notebook's Markdown and outputs, and of PDFs that
are compared. What stands between dollars goes to TeX as written, so it could read files, define
commands or end the document. Only commands of a known list pass, what is opened must be closed
in order, and nothing may leave mathematics. A refused formula is named before TeX sees it.
"""

from __future__ import annotations

import difflib
import re

from proofpress.faults.errors import PressError
from proofpress.latex.signs import CHARACTERS, FUNCTIONS

ENVIRONMENTS = frozenset(
    ["aligned", "array", "bmatrix", "cases", "gathered", "matrix", "pmatrix", "split", "vmatrix"]
)

# What is no sign and no function: layout, sizes, types and accents.
_OTHERS = """
    frac dfrac tfrac binom sqrt ldots dots bmod pmod mod operatorname quad qquad begin end
    left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr lvert rvert vert lbrace rbrace
    hat bar vec dot ddot tilde widehat widetilde overline underline overbrace underbrace
    mathrm mathbf mathit mathcal mathsf mathtt mathnormal boldsymbol text textbf textit textrm
    texttt limits nolimits displaystyle textstyle scriptstyle
"""
COMMANDS = frozenset([*CHARACTERS, *FUNCTIONS, *_OTHERS.split()])
# Control symbols: spacing, escaped characters, the end of a row, the double bar.
SYMBOLS = frozenset(",;:!> {}|%#&_\\$-")
PAIRS = {"left": ("\\right", True), "right": ("\\right", False)}
TOKEN = re.compile(r"\\([A-Za-z]+\*?|.|$)|([{}&])|(%|#|\$|\^\^)", re.DOTALL)


def checked_mathematics(formula: str, where: str | None = None) -> str:
    r"""Return the same formula. Raises PressError for an unknown command, or for what is not
    closed.

    >>> checked_mathematics(r"\frac{1}{n} \sum_i x_i", "demo")
    '\\frac{1}{n} \\sum_i x_i'
    """
    opened: list[str] = []  # the ends of what is open, innermost last
    for token in TOKEN.finditer(formula):
        command, structure, active = token.groups()
        if active:
            raise _refused(formula, f"{active} may not stand in it", where, f"write \\{active[0]}")
        if command is not None:
            _check_command(command, formula, where)
            pair = PAIRS.get(command)
            if command in ("begin", "end"):
                environment = _environment(formula, token.end(), where)
                pair = (f"\\end{{{environment}}}", command == "begin")
        elif structure == "&":
            if not (opened and opened[-1].startswith("\\end")):
                mend = "write \\&, or put it directly into an environment with columns"
                raise _refused(formula, "& stands outside of columns", where, mend)
            continue
        else:
            pair = ("}", structure == "{")
        if pair is None:
            continue
        end, opens = pair
        if opens:
            opened.append(end)
        elif not opened or opened.pop() != end:
            raise _refused(formula, f"{end} closes nothing", where, "close what it opens, in order")
    if opened:
        raise _refused(formula, f"{opened[-1]} is missing", where, "close what it opens, in order")
    if stray := next((c for c in formula if ord(c) > 126 or (ord(c) < 32 and c not in "\n\t")), ""):
        mend = "write it as a command, such as \\alpha"
        raise _refused(formula, f"{stray!r} (U+{ord(stray):04X}) may not stand in it", where, mend)
    # A blank line would end the paragraph inside the formula.
    return re.sub(r"\n\s*\n", "\n", formula)


def _check_command(command: str, formula: str, where: str | None) -> None:
    if not command[:1].isalpha():
        if command not in SYMBOLS:
            mend = "leave it out, or escape what it stands before"
            raise _refused(formula, f"\\{command} is not known in it", where, mend)
    elif command not in COMMANDS:
        near = difflib.get_close_matches(command, COMMANDS, n=1)
        mend = f"did you mean \\{near[0]}?" if near else "write it with the usual commands"
        raise _refused(formula, f"\\{command} is not known in it", where, mend)


def _environment(formula: str, end: int, where: str | None) -> str:
    """Return the name of the environment in braces behind \\begin or \\end."""
    name = re.match(r"\{([^}]*)\}", formula[end:])
    if name is None or name[1] not in ENVIRONMENTS:
        mend = f"use one of {', '.join(sorted(ENVIRONMENTS))}"
        found = name[1] if name else ""
        raise _refused(formula, f"the environment {found!r} is not known in it", where, mend)
    return name[1]


def _refused(formula: str, why: str, where: str | None, mend: str) -> PressError:
    shown = " ".join(formula.split())
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return PressError(f"the formula ${shown}$ cannot be set: {why}", where=where, mend=mend)
