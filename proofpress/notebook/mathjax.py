r"""LaTeX that a cell shows, as Jupyter shows it: its formulas set, and the words between them.

Place in the chain: output of type text/latex -> **checked formulas** -> page. Whatever is not
between marks of mathematics is plain text, as for MathJax.
"""

from __future__ import annotations

import re

from proofpress.latex.drawn import any_text
from proofpress.notebook.formulas import Equations

_MARKED = re.compile(
    r"\$\$(?P<double>.+?)\$\$|\\\[(?P<bracket>.+?)\\\]|\\\((?P<inline>.+?)\\\)"
    r"|\\begin\{(?P<name>[A-Za-z]+\*?)\}(?P<body>.+?)\\end\{(?P=name)\}"
    r"|(?<![\\$])\$(?P<single>(?:[^$\\]|\\.)+?)\$",
    re.DOTALL,
)


def latex_of(text: str, where: str) -> str:
    r"""Return the LaTeX of an output. Raises PressError for a formula that cannot be set.

    >>> latex_of(r"$\displaystyle x^{2}$", "demo")
    '\\nbDisplay{x^{2}}'
    >>> latex_of("A rate of $r$: 5 %.", "demo")
    'A rate of $r$: 5 \\%.'
    """
    equations = Equations()
    equations.number(map(_content, _MARKED.finditer(text)))
    alone = _MARKED.fullmatch(text.strip())
    if alone and "$" not in (alone["single"] or ""):
        content = _content(alone).removeprefix(r"\displaystyle")
        return equations.latex(content, where, displayed=True)
    shown, at = "", 0
    for found in _MARKED.finditer(text):
        shown += any_text(text[at : found.start()], where)
        inline = found["single"] or found["inline"]
        formula = equations.latex(_content(found), where, displayed=not inline)
        shown += formula if inline else f"\n{formula}\n"
        at = found.end()
    shown += any_text(text[at:], where)
    return shown.strip()


def _content(found: re.Match[str]) -> str:
    """Return what stands between the marks of a formula; an environment with its name."""
    groups = (found[kind] for kind in ("double", "bracket", "inline", "single"))
    return next((inner for inner in groups if inner), found[0]).strip()
