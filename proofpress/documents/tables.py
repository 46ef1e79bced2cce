"""LaTeX tables made from data, by PyLaTeX.

Place in the chain: ledger and results -> **table** -> document. A report's tables/ holds one
module a table, with `table(facts)`; text in a cell is escaped, what is LaTeX passes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pylatex import LongTable, NoEscape, Tabular
from pylatex.base_classes import LatexObject

from proofpress.documents.facts import ClaimView, Facts
from proofpress.documents.latex import Latex, escape
from proofpress.faults.errors import FROM, PressError
from proofpress.faults.places import called, written
from proofpress.latex.vocabulary import (
    ADDLINESPACE,
    BOTTOMRULE,
    ENTRY,
    FACTLIST,
    LEDGERNAME,
    MIDRULE,
    PAGESOF,
    PRINTEDON,
    TOPRULE,
    WHOLEROW,
)
from proofpress.ledger.reading import opened

Row = Sequence[Any]
# How the ledger writes the domain of a claim without letters.
ALWAYS = r"\text{always}"
_WIDEST_CASE = 25  # signs of a case and its condition in the column of closed forms


def rows(spec: str, head: Row, body: Iterable[Row | None]) -> Tabular:
    """Return a table that stays in one piece. `None` in the body leaves a little space.

    >>> print(rows("lr", ["part", "count"], [["A & B", 78]]).dumps())
    \\begin{tabular}{lr}%
    \\toprule%
    part&count\\\\%
    \\midrule%
    A \\& B&78\\\\%
    \\bottomrule%
    \\end{tabular}
    """
    made = Tabular(NoEscape(spec), width=len(head), booktabs=False)
    _add_head(made, head)
    for row in body:
        _add(made, row)
    made.append(NoEscape(BOTTOMRULE()))
    return made


def long_rows(
    spec: str, head: Row, body: Iterable[Row | None], caption: Latex | None = None
) -> LongTable:
    """Return a table that may break over pages, with its head on each, and leaves no entry alone on
    one.

    `None` in the body leaves a little space, and ends an entry; without any each row is one.
    """
    made = LongTable(NoEscape(spec), width=len(head), booktabs=False)
    if caption is not None:
        made.append(NoEscape(rf"\caption{{{caption}}}\\"))
        _add_head(made, head)
        made.append(NoEscape(r"\endfirsthead"))
    _add_head(made, head)
    # longtable mislays its foot when no other is declared to be the last.
    made.append(NoEscape(rf"\endhead{BOTTOMRULE()}\endfoot{BOTTOMRULE()}\endlastfoot"))
    listed = list(body)
    ends = [k for k, row in enumerate(listed) if row is None] or range(1, len(listed))
    for k, row in enumerate(listed):
        if k in (*ends[:1], *ends[-1:]):
            made.append(NoEscape(r"\noalign{\nobreak}"))
        _add(made, row)
    return made


def claims_table(facts: Facts, *, beside: bool = True) -> LongTable:
    """Return every claim of the ledger: what it says, why it holds, where it stands and is printed.

    An entry has two rows: name, closed form and verdict side by side, and below them over the
    whole width the definition, unless it is the closed form itself, the engines that the evidence
    rests on, the source line and the pages. Between them stands a closed form with a case that is
    too wide for its column, and each one that shall not stand `beside`.
    """
    body: list[Row | None] = []
    for claim in facts.claims():
        scopes: dict[str, dict[str, None]] = {}
        for found in claim.evidence:
            scopes.setdefault(found["scope"], {})[found["method"]] = None
        always = str(claim.domain.latex) == ALWAYS
        domain = f"${claim.domain}$" if always else f"for ${claim.domain}$"
        evidence = [
            Latex(rf"\emph{{{_scope(scope)}:}} {escape(', '.join(methods))}")
            for scope, methods in scopes.items()
        ]
        entry = ENTRY(f"claim.{claim.name}") + LEDGERNAME(breakable(claim.name))
        wide = not beside or has_wide_case(str(claim.formula.latex))
        second = domain if wide else rf"${claim.formula.inline}$\newline {domain}"
        body.append(
            [
                Latex(rf"{entry}\newline {claim.title}"),
                Latex(second),
                Latex(rf"{claim.verdict}\newline " + r"\newline ".join(evidence)),
            ]
        )
        if wide:
            body.append([_below(f"${claim.formula.inline}$")])
        place = escape(f"{claim.source['file']}:{claim.source['line']}")
        origin = f"{LEDGERNAME(place)}; {PRINTEDON(f'claim.{claim.name}')}."
        if engines := engines_of(claim.evidence):
            origin = rf"engines: {escape(engines)}; {origin}"
        body.append([_below(f"{_definition(claim)}{origin}")])
        body.append(None)
    head = ["claim", "closed form and domain" if beside else "domain", "verdict and evidence"]
    return long_rows(_columns(0.3, 0.367, 0.333), head, body[:-1])


def _definition(claim: ClaimView) -> str:
    """Return what a claim counts or asserts; nothing where its closed form is the same."""
    same = str(claim.definition.latex) == str(claim.formula.latex)
    return "" if same else f"${claim.definition.inline}$; "


def _below(text: str) -> Latex:
    """Return a row over the whole width, which stays below the one before it."""
    return Latex(rf"\noalign{{\nobreak}}{WHOLEROW(text)}")


def _columns(*shares: float) -> str:
    """Ragged columns that have these shares of the line's width.

    >>> _columns(0.5, 0.5).count("0.5\\\\linewidth-1\\\\tabcolsep")
    2
    """
    gaps = 2 * (len(shares) - 1)
    width = r"p{\dimexpr %g\linewidth-%g\tabcolsep\relax}"
    ragged = [r">{\raggedright\arraybackslash}" + width % (x, x * gaps) for x in shares]
    return rf"@{{}}{''.join(ragged)}@{{}}"


def engines_of(evidence: Iterable[Mapping[str, Any]]) -> str:
    """Return the engines that a claim's evidence rests on, those of one method joined by a plus.

    >>> shown = {"engines": ["regions", "inequalities"]}, {"engines": ["z3"]}, {"engines": ["z3"]}
    >>> engines_of(shown)
    'regions + inequalities, z3'
    """
    found = dict.fromkeys(" + ".join(one["engines"]) for one in evidence)
    return ", ".join(filter(None, found))


def has_wide_case(formula: str) -> bool:
    """Return whether a case is too wide for the column of closed forms; TeX breaks none of them.

    >>> has_wide_case(r"\\begin{cases} n & \\text{if } n \\le t. \\end{cases}")
    False
    """
    rows = formula.split(r"\\[1.5ex]") if r"\begin{cases}" in formula else []
    plain = (
        re.sub(r"\\(?:[dt]?frac|text|left|right|begin|end|[a-z]?binom)\b", "", r) for r in rows
    )
    signs = (re.sub(r"\\[A-Za-z]+", "mm", row) for row in plain)
    return any(len(re.sub(r"[{}\s\\^_&]|cases", "", row)) > _WIDEST_CASE for row in signs)


def results_table(facts: Facts) -> LongTable:
    """Return every recorded result that a rerun gives again, and the pages that print it."""
    body: list[Row | None] = []
    for result in facts.results():
        unit = rf"\,{escape(result.unit)}" if result.unit else ""
        title = "" if result.title == result.key else result.title
        entry = ENTRY(f"result.{result.key}") + LEDGERNAME(breakable(result.key))
        pages = PAGESOF(f"result.{result.key}", "", "in the notebook")
        body.append([Latex(entry), title, Latex(f"{result}{unit}"), Latex(pages)])
    head = ["result", "what it is", "measured", "pages"]
    return long_rows(_columns(0.36, 0.28, 0.13, 0.23), head, body)


def listed(made: LongTable) -> Latex:
    r"""Return a table of entries as a template prints it: where facts lead, and no printing of its
    own."""
    return Latex(rf"\begin{{{FACTLIST}}}\footnotesize {made.dumps()}\end{{{FACTLIST}}}")


def _scope(scope: str) -> Latex:
    """Return a scope of evidence with its signs as mathematics."""
    return Latex(str(escape(scope)).replace("<=", r"$\le$"))


def breakable(name: str) -> Latex:
    """Return a dotted name that TeX may break after its dots.

    >>> print(breakable("a.b_c"))
    a.\\allowbreak{}b\\_\\allowbreak{}c
    """
    escaped = str(escape(name))
    return Latex(escaped.replace(".", r".\allowbreak{}").replace(r"\_", r"\_\allowbreak{}"))


def write(
    *,
    module: Path,
    ledger: Path,
    results: Path,
    engine: str,
    table: Path,
) -> None:
    """Call `table(facts)` of `module` and write its LaTeX: the step of one table."""
    facts = Facts(opened(ledger), json.loads(results.read_text(encoding="utf-8")), engine)
    made = called(module, "table", facts)
    if not isinstance(made, LatexObject):
        raise PressError(
            f"table() returned {type(made).__name__}, not a PyLaTeX object",
            written(module.as_posix(), "", "table"),
            "return proofpress.documents.tables.rows(...)",
        )
    # What TeX complains of in the table is sought in the module that the comment names.
    table.write_text(f"{FROM}{module.as_posix()}\n{made.dumps()}\n", encoding="utf-8")


def _add_head(made: Tabular, head: Row) -> None:
    made.append(NoEscape(TOPRULE()))
    _add(made, head)
    made.append(NoEscape(MIDRULE()))


def _add(made: Tabular, row: Row | None) -> None:
    if row is None:
        made.append(NoEscape(ADDLINESPACE()))
    else:
        # A row of one cell spans the table.
        made.add_row([NoEscape(escape(cell)) for cell in row], strict=len(row) > 1)
