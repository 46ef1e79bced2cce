"""The same counts by barvinok (through islpy), an unrelated algorithm: generating functions.

Needs the test extra islpy-barvinok. Nothing of the engine is used but the definition.
"""

from __future__ import annotations

from collections.abc import Mapping

import islpy as isl
import sympy as sp
from sympy.core.relational import Relational

from proofpress import IntegerSet

_SIGNS = {"==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def text(predicate: sp.Basic) -> str:
    """Return isl's notation of a predicate or affine expression."""
    if predicate in (sp.true, sp.false):
        return "true" if predicate else "false"
    if isinstance(predicate, Relational):
        # isl knows no fractions outside of floors; SymPy may have made some.
        whole = sp.expand((predicate.lhs - predicate.rhs).as_numer_denom()[0])
        return f"{text(whole)} {_SIGNS[predicate.rel_op]} 0"
    parts = [text(argument) for argument in predicate.args]
    if isinstance(predicate, sp.And):
        return " and ".join(f"({part})" for part in parts)
    if isinstance(predicate, sp.Or):
        return " or ".join(f"({part})" for part in parts)
    if isinstance(predicate, sp.Not):
        return f"not ({parts[0]})"
    if isinstance(predicate, sp.floor):
        top, bottom = sp.together(predicate.args[0]).as_numer_denom()
        return f"floor(({text(top)})/{bottom})"
    if isinstance(predicate, sp.Mod):
        return f"(({parts[0]}) mod {parts[1]})"
    if isinstance(predicate, sp.Add | sp.Mul):
        signed = []
        for term in sp.Add.make_args(predicate):
            factor, rest = term.as_coeff_Mul()
            sign = "-" if factor < 0 else "+"
            size = str(abs(factor)) if rest == 1 else f"{abs(factor)}*" if abs(factor) != 1 else ""
            signed.append(f"{sign} {size}{text(rest) if rest != 1 else ''}")
        return f"(0 {' '.join(signed)})"
    return str(predicate)


def without_abs(predicate: sp.Basic) -> sp.Basic:
    """Return the predicate with |e| <= f and |e| > f written as pairs of comparisons."""
    replaced = {}
    for relation in predicate.atoms(Relational):
        if relation.has(sp.Abs):
            turned = relation if relation.lhs.has(sp.Abs) else relation.reversed
            inside = next(iter(turned.atoms(sp.Abs)))
            both = [turned.xreplace({inside: sign * inside.args[0]}) for sign in (1, -1)]
            join = sp.And if turned.rel_op in ("<", "<=") else sp.Or
            replaced[relation] = join(*both)
    return predicate.xreplace(replaced)


def cardinality(counted: IntegerSet) -> isl.PwQPolynomial:
    """Return barvinok's count of a set, as isl's piecewise quasi-polynomial."""
    parameters = ", ".join(map(str, counted.parameters))
    letters = ", ".join(map(str, counted.counted))
    where = text(without_abs(counted.predicate))
    given = text(without_abs(counted.assuming))
    return isl.Set(f"[{parameters}] -> {{ [{letters}] : ({where}) and ({given}) }}").card()


def value(count: isl.PwQPolynomial, values: Mapping[sp.Symbol, int]) -> int:
    """Return the count at given parameters."""
    space = count.get_domain_space()
    point = isl.Point.zero(space)
    for letter, number in values.items():
        position = space.find_dim_by_name(isl.dim_type.param, str(letter))
        if position >= 0:
            point = point.set_coordinate_val(isl.dim_type.param, position, isl.Val(number))
    return int(count.eval(point).to_str())
