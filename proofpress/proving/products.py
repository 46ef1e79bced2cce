"""Proof by products of inequalities: a nonlinear entailment made linear, exactly.

Place in the chain: definition -> derivation -> **proof**. If e >= 0 and f >= 0 then e f >= 0. The
hypotheses, the negated conclusion and such products are read as linear inequalities between
monomials; if these contradict each other (Fourier-Motzkin), the entailment holds. The method
never says no: what it cannot derive is undecided. (Source: Handelman, Pacific J. Math. 132, 1988.)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, product
from math import lcm

import sympy as sp
from sympy.core.relational import Equality, Relational, Unequality
from sympy.logic.boolalg import Boolean
from sympy.polys.rings import PolyElement, PolyRing

from proofpress.counting.polyhedra import Row, feasible
from proofpress.faults.errors import PressError
from proofpress.proving.entailment import Entailment


def entailed(step: Entailment) -> bool:
    """Return whether the hypotheses and the negated conclusion contradict, case by case."""
    ring = PolyRing(step.letters or [sp.Dummy()], sp.QQ, "lex")
    known, denied = (
        [[_polynomial(ring, fact) for fact in case] for case in alternatives(side)]
        for side in (step.hypotheses, sp.Not(step.conclusion))
    )
    return all(_contradict([*facts, *denial]) for facts, denial in product(known, denied))


def _polynomial(ring: PolyRing, fact: sp.Expr) -> PolyElement:
    """Return a fact in the ring. Raises PressError, with the term, for what is no polynomial."""
    for term in sp.Add.make_args(sp.expand(fact)):
        if not term.is_polynomial(*ring.symbols):
            raise PressError(
                f"the term {term} is no polynomial in {', '.join(map(str, ring.symbols))}"
            )
    return ring.from_expr(fact)


def alternatives(predicate: Boolean) -> list[list[sp.Expr]]:
    """Return lists of expressions e, meaning e >= 0, one list for each case of the predicate.

    A difference of polynomials is multiplied by its denominators, so that it is an integer
    wherever the letters are, and e > 0 is e - 1 >= 0. Of what is no polynomial e > 0 is read as
    e >= 0, which is weaker, and e != 0 as nothing at all.

    >>> n = sp.Symbol("n", integer=True)
    >>> alternatives(sp.Ne(n, 2)), alternatives(n / 2 > 5)
    ([[n - 3], [1 - n]], [[n - 11]])
    """
    if predicate == sp.true:
        return [[]]
    if predicate == sp.false:
        return []
    if isinstance(predicate, sp.And):
        choices = product(*map(alternatives, predicate.args))
        return [list(chain.from_iterable(choice)) for choice in choices]
    if isinstance(predicate, sp.Or):
        return [case for part in predicate.args for case in alternatives(part)]
    if isinstance(predicate, Relational):
        difference, gap = _whole(sp.expand(predicate.lhs - predicate.rhs))
        if isinstance(predicate, Equality):
            return [[difference, -difference]]
        if isinstance(predicate, Unequality):
            return [[difference - 1], [-difference - 1]] if gap else [[]]
        strict = predicate.rel_op in ("<", ">")
        greater = difference if predicate.rel_op in (">", ">=") else -difference
        return [[greater - gap if strict else greater]]
    nnf = sp.to_nnf(predicate, simplify=False)
    if nnf == predicate:
        raise PressError(f"{predicate} is not a comparison")
    return alternatives(nnf)


def _whole(difference: sp.Expr) -> tuple[sp.Expr, int]:
    """Return a positive multiple that is an integer at integers, and 1; else the same, and 0."""
    letters = tuple(sorted(difference.free_symbols, key=str))
    if not difference.is_polynomial(*letters):
        return difference, 0
    below = (
        lcm(*(int(c.q) for c in sp.Poly(difference, *letters, domain="QQ").coeffs()))
        if letters
        else int(difference.q)
    )
    return sp.expand(below * difference), 1


def _contradict(polynomials: Sequence[PolyElement]) -> bool:
    """Return whether no integers make all polynomials non-negative, as far as products show."""
    if not feasible(_linear(polynomials)):
        return True
    curved = [m for p in polynomials for m in p.itermonoms() if sum(m) > 1]
    in_products = {k for monomial in curved for k, power in enumerate(monomial) if power}
    # A product helps when it makes a monomial that stands in the hypotheses: one factor is an
    # inequality on a single letter that occurs in such a monomial.
    straight = [p for p in polynomials if all(sum(m) <= 1 for m in p.itermonoms())]
    sizes = [p for p in straight if len(used := _columns(p)) == 1 and used <= in_products]
    made = [size * p for size in sizes for p in straight]
    return not feasible(_linear([*polynomials, *made]))


def _columns(polynomial: PolyElement) -> set[int]:
    return {k for m in polynomial.itermonoms() for k, power in enumerate(m) if power}


def _linear(polynomials: Sequence[PolyElement]) -> list[Row]:
    """Return the polynomials as rows, with a column for every monomial."""
    monomials = sorted({m for p in polynomials for m in p.itermonoms() if any(m)})
    rows = []
    for polynomial in polynomials:
        _, cleared = polynomial.clear_denoms()
        constant = int(cleared.coeff(1))
        rows.append((*(int(cleared.get(m, 0)) for m in monomials), constant))
    return rows
