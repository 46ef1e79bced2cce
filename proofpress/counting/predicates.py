"""A predicate as disjoint systems of rows: And, Or, Not of affine comparisons, cut into pieces.

Place in the chain: **definition** -> derivation -> proof. The pieces of a predicate are disjoint,
so the count of the predicate is the sum of the counts of its pieces.
"""

from __future__ import annotations

from typing import TypeAlias

import sympy as sp
from sympy.core.relational import Equality, GreaterThan, LessThan, Relational, StrictLessThan
from sympy.logic.boolalg import Boolean, BooleanFunction

from proofpress.counting.expressions import substituted
from proofpress.counting.polyhedra import System, feasible, negation, opposite
from proofpress.counting.spaces import ACCEPTED, NotAffine, Space
from proofpress.faults.errors import PressError

# Several conditions that hold together; joining them by And would cost more than reading them.
Condition: TypeAlias = Boolean | tuple[Boolean, ...]


def pieces(predicate: Condition, space: Space, context: System = ()) -> list[System]:
    """Return disjoint systems whose union, within the context, is the predicate.

    Pieces without a rational point are left out. Raises PressError that names a term which is
    neither affine nor a floor or Mod by a constant.

    >>> x, = sp.symbols("x", integer=True),
    >>> pieces((x >= 1) & ((x <= 2) | (x <= 3)), Space((x,), ()))
    [((1, -1), (-1, 2)), ((1, -1), (1, -3), (-1, 3))]
    """
    return [whole[len(context) :] for whole in narrowed(predicate, True, space, [context])]


def narrowed(predicate: Condition, truth: bool, space: Space, heads: list[System]) -> list[System]:
    """Return disjoint systems: each head together with the predicate (or with its negation).

    >>> x, = sp.symbols("x", integer=True),
    >>> narrowed(x >= 1, False, Space((x,), ()), [((-1, 5),)])
    [((-1, 5), (-1, 0))]
    """
    if not heads:
        return []
    if isinstance(predicate, tuple):
        for part in predicate:
            heads = narrowed(part, True, space, heads)
        return heads
    if predicate in (sp.true, sp.false):
        return heads if bool(predicate) == truth else []
    if isinstance(predicate, sp.Not):
        return narrowed(predicate.args[0], not truth, space, heads)
    if isinstance(predicate, sp.And | sp.Or):
        parts = sorted(predicate.args, key=lambda a: isinstance(a, BooleanFunction))
        if isinstance(predicate, sp.And) == truth:
            for part in parts:
                heads = narrowed(part, truth, space, heads)
            return heads
        # First those where the first part holds, then those where it fails and the next holds.
        result: list[System] = []
        for part in parts:
            result += narrowed(part, truth, space, heads)
            heads = narrowed(part, not truth, space, heads)
        return result
    if isinstance(predicate, Relational):
        choices = _comparison(predicate, truth, space)
        return [
            whole
            for head in heads
            for rows in choices
            if feasible(space.with_floors(whole := (*head, *rows)))
        ]
    if isinstance(predicate, BooleanFunction):
        return narrowed(sp.to_nnf(predicate, simplify=False), truth, space, heads)
    raise PressError(f"{predicate} is not a comparison", mend=ACCEPTED)


def _comparison(relation: Relational, truth: bool, space: Space) -> list[System]:
    """Return the disjoint systems of one comparison, or of its negation."""
    relation = bare(relation)
    try:
        row = space.difference(relation.lhs, relation.rhs)
    except NotAffine:
        # What is not affine may be cut into cases, or stand on both sides and cancel.
        difference = relation.lhs - relation.rhs
        bent = difference.atoms(sp.Abs, sp.Min, sp.Max)
        if bent:
            return _straightened(relation, min(bent, key=str), truth, space)
        row = space.row(difference)
    if isinstance(relation, Equality | sp.Ne):
        if isinstance(relation, Equality) == truth:
            return [(row, opposite(row))]
        above = (*row[:-1], row[-1] - 1)
        return [(above,), (negation(row),)]
    # Write each as row >= 0; a strict one is the negation of its opposite.
    if isinstance(relation, GreaterThan):
        kept = row
    elif isinstance(relation, LessThan):
        kept = opposite(row)
    elif isinstance(relation, StrictLessThan):
        kept = negation(row)
    else:
        kept = negation(opposite(row))
    # A floor that stands alone is compared without it: floor(j/2) <= 2 is j <= 5.
    return [(space.unfloored(kept if truth else negation(kept)),)]


_TURNED = {sp.Ge: sp.Le, sp.Le: sp.Ge, sp.Gt: sp.Lt, sp.Lt: sp.Gt}
# Of floor(x) and ceiling(x) beside a whole number k: how x is compared with k + more.
_OF_FLOOR = {sp.Ge: (sp.Ge, 0), sp.Gt: (sp.Ge, 1), sp.Le: (sp.Lt, 1), sp.Lt: (sp.Lt, 0)}
_OF_CEILING = {sp.Le: (sp.Le, 0), sp.Lt: (sp.Le, -1), sp.Ge: (sp.Gt, -1), sp.Gt: (sp.Gt, 0)}


def bare(relation: Relational) -> Relational:
    """Return a comparison of a floor or ceiling with a whole number, without the floor.

    floor(x) >= k is x >= k, and floor(x) <= k is x < k + 1: a floor less to keep track of.

    >>> i, t = sp.symbols("i t", integer=True)
    >>> bare(sp.Le(sp.floor(i / 2), t, evaluate=False))
    i/2 < t + 1
    """
    made = relation.func
    if made not in _TURNED:
        return relation
    left, right = relation.args
    if not isinstance(left, sp.floor | sp.ceiling):
        left, right, made = right, left, _TURNED[made]
    if not isinstance(left, sp.floor | sp.ceiling) or not _is_whole(right):
        return relation
    inside = left.args[0]
    if isinstance(left, sp.floor):
        sign, more = _OF_FLOOR[made]
    else:
        sign, more = _OF_CEILING[made]
    return bare(sign(inside, right + more, evaluate=False))


def _is_whole(expression: sp.Expr) -> bool:
    """Return whether an expression is a sum of letters and floors times whole numbers."""
    for term in sp.Add.make_args(expression):
        factor, rest = term.as_coeff_Mul()
        whole = rest == 1 or isinstance(rest, sp.floor | sp.ceiling)
        if not (factor.is_Integer and (whole or (rest.is_Symbol and rest.is_integer))):
            return False
    return True


def _straightened(relation: Relational, bent: sp.Expr, truth: bool, space: Space) -> list[System]:
    """Return the systems of a comparison that holds Abs, Min or Max, case by case."""
    if isinstance(bent, sp.Abs):
        inside = bent.args[0]
        cases = [
            (sp.Ge(inside, 0, evaluate=False), inside),
            (sp.Lt(inside, 0, evaluate=False), -inside),
        ]
    else:
        first, *others = bent.args
        rest = bent.func(*others, evaluate=False) if len(others) > 1 else others[0]
        wins, loses = (sp.Le, sp.Gt) if isinstance(bent, sp.Min) else (sp.Ge, sp.Lt)
        cases = [
            (wins(first, rest, evaluate=False), first),
            (loses(first, rest, evaluate=False), rest),
        ]
    result: list[System] = []
    for condition, value in cases:
        heads = pieces(condition, space)
        result += narrowed(substituted(relation, {bent: value}), truth, space, heads)
    return result
