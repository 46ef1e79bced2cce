"""The ledger in short: a paragraph for every claim, with all that it says and where it stands."""

from pylatex.base_classes import LatexObject

from proofpress.documents.facts import ClaimView, Facts
from proofpress.documents.latex import Latex, escape
from proofpress.documents.printed import Formula
from proofpress.documents.tables import breakable, long_rows


def table(facts: Facts) -> LatexObject:
    """Return one row a claim, in the ledger's order."""
    body = [[_entry(claim)] for claim in facts.claims()]
    return long_rows("@{}L{160mm}@{}", ["claim"], body)


def _entry(claim: ClaimView) -> Latex:
    """Verdict, name, title, domain, definition, closed form, line and pages of a claim."""
    file = claim.source["file"].removeprefix("derivations/")
    place = escape(f"{file}:{claim.source['line']}")
    always = str(claim.domain.latex) == r"\text{always}"
    domain = f"${claim.domain}$" if always else f"for ${claim.domain}$"
    return Latex(
        rf"\entry{{claim.{claim.name}}}{claim.verdict}\enspace "
        rf"\ledgername{{{breakable(claim.name)}}}, "
        rf"{claim.title}, {domain}: {_said(claim)}; \ledgername{{{place}}}, "
        rf"\printedon{{claim.{claim.name}}}."
    )


def _said(claim: ClaimView) -> Latex:
    """Return the definition and the closed form, or both in one where they are the same."""
    if str(claim.definition.latex) == str(claim.formula.latex):
        return _set(claim.formula)
    return Latex(rf"{_set(claim.definition)}; \emph{{closed form}} {_set(claim.formula)}")


def _set(formula: Formula) -> Latex:
    """Return a formula in the line; several equations get a line of their own."""
    several = r"\qquad" in str(formula.latex)
    return Latex(rf"\newline ${formula.inline}$" if several else f"${formula.inline}$")
