r"""LaTeX that a cell shows, as Jupyter shows it: its formulas set, and the words between them.

Place in the chain: output of type text/latex -> **checked formulas** -> page. Whatever is not
between marks of mathematics is plain text, as for MathJax.
"""

from __future__ import annotations

import re

from proofpress.latex.drawn import any_text
from proofpress.latex.mathematics import checked_mathematics

_MARKED = re.compile(
    r"\$\$(?P<double>.+?)\$\$|\\\[(?P<bracket>.+?)\\\]|\\\((?P<inline>.+?)\\\)"
    r"|\\begin\{(?P<name>[A-Za-z]+\*?)\}(?P<body>.+?)\\end\{(?P=name)\}"
    r"|(?<![\\$])\$(?P<single>(?:[^$\\]|\\.)+?)\$",
    re.DOTALL,
)
# Environments that stand by themselves, and what sets the same inside of a formula.
_INNER = {"align": "aligned", "alignat": "aligned", "eqnarray": "aligned", "gather": "gathered"}
_INNER |= {"flalign": "aligned", "multline": "gathered"}


def latex_of(text: str, where: str) -> str:
    r"""Return the LaTeX of an output. Raises PressError for a formula that cannot be set.

    >>> latex_of(r"$\displaystyle x^{2}$", "demo")
    '\\nbFormula{\\displaystyle x^{2}}'
    >>> latex_of("A rate of $r$: 5 %.", "demo")
    'A rate of $r$: 5 \\%.'
    """
    shown, at = "", 0
    alone = _MARKED.fullmatch(text.strip())
    if alone and "$" not in (alone["single"] or ""):
        return rf"\nbFormula{{{_checked(alone, where)}}}"
    for found in _MARKED.finditer(text):
        shown += any_text(text[at : found.start()], where)
        formula = _checked(found, where)
        inline = found["single"] or found["inline"]
        shown += f"${formula}$" if inline else f"\n\\nbFormula{{{formula}}}\n"
        at = found.end()
    shown += any_text(text[at:], where)
    return shown.strip()


def _checked(found: re.Match[str], where: str) -> str:
    name = (found["name"] or "").rstrip("*")
    groups = (found[kind] for kind in ("double", "bracket", "inline", "single"))
    formula = next((inner for inner in groups if inner), "")
    if name in ("equation", "math", "displaymath"):
        formula = found["body"]
    elif name:
        inner = _INNER.get(name, found["name"])
        formula = rf"\begin{{{inner}}}{found['body']}\end{{{inner}}}"
    return checked_mathematics(formula.strip(), where)
