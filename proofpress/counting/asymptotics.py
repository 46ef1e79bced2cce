"""What a closed form comes to as one letter grows: its leading term and its limit, exactly.

Place in the chain: closed form -> **growth** -> related expressions. A residue or a floor's
fraction is a number between fixed bounds, and is carried along as such; what would depend on it,
or on the sign of a letter that nothing tells, is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofpress.counting.expressions import as_expression
from proofpress.counting.polyhedra import System, feasible
from proofpress.counting.predicates import pieces
from proofpress.counting.spaces import NotAffine, OutOfColumns, Space
from proofpress.faults.errors import PressError
from proofpress.terms.in_sympy import as_symbol

_ACCEPTED = (
    "accepted are quotients of polynomials, with floor, ceiling, Mod, Abs, Min, Max and cases"
)


@dataclass(frozen=True)
class Quotient:
    """top / bottom, polynomials in `letter` whose coefficients hold other letters and `bounded`
    numbers: residues and fractions of which only bounds are known."""

    top: sp.Poly
    bottom: sp.Poly
    bounded: frozenset[sp.Symbol]

    @property
    def degrees(self) -> tuple[int, int]:
        """Return the degrees of top and bottom; that of a top which is zero is -1."""
        return (-1 if self.top.is_zero else self.top.degree()), self.bottom.degree()


class Growth:
    """What is known of expressions as `letter` grows beyond all bounds, the other letters fixed
    and such that `assuming` holds."""

    def __init__(self, letter: object, assuming: object = True) -> None:
        self.letter = as_symbol(letter)
        self.assuming = sp.S.true if assuming is True else as_expression(assuming)
        self._bounded: dict[sp.Expr, sp.Symbol] = {}
        self._refuse_bounded()

    def _refuse_bounded(self) -> None:
        """Raise PressError where the assumption bounds the letter from above."""
        letters = sorted(self.assuming.free_symbols | {self.letter}, key=str)
        space = Space((), letters, 8)
        contexts = self._contexts(space)
        free = {space.column[self.letter], *space.arguments}
        grows = (*space.unit(space.column[self.letter])[:-1], -1)
        for context in contexts:
            # Which way a point can go on for ever, when the other letters stay.
            onwards = [
                (*(entry if k in free else 0 for k, entry in enumerate(row[:-1])), 0)
                for row in context
            ]
            if feasible((*onwards, grows)):
                return
        what = f"{self.letter} cannot grow beyond all bounds where {self.assuming}"
        raise PressError(what, mend="take a letter that the assumption leaves free")

    def quotient(self, expression: sp.Expr) -> Quotient:
        """Return the expression's last case as a quotient.

        Raises PressError for a term that is none, and where the bottom may be zero.
        """
        plain = self._plain(self.eventually(expression))
        top, bottom = _fraction(plain)
        below = self._poly(bottom, expression)
        # Whatever cancels must not have been zero.
        self._refuse_zero(below, f"the denominator {bottom} of {expression}")
        above = self._poly(top, expression)
        common = above.gcd(below)
        return Quotient(above.quo(common), below.quo(common), self._numbers())

    def eventually(self, expression: sp.Expr) -> sp.Expr:
        """Return the expression with the case that holds for all large values of the letter."""
        if isinstance(expression, sp.Piecewise):
            for value, when in expression.args:
                if self.holds(when):
                    return self.eventually(value)
            raise PressError(f"no case of {expression} holds for all large {self.letter}")
        if expression.has(sp.Piecewise):
            return expression.func(*map(self.eventually, expression.args))
        return expression

    def holds(self, condition: Boolean) -> bool:
        """Return whether a condition holds for all large values of the letter, or for none.

        Raises PressError where it is neither, or not known.
        """
        if condition in (sp.true, sp.false):
            return bool(condition)
        if isinstance(condition, sp.And):
            return not self._any(condition.args, False)
        if isinstance(condition, sp.Or):
            return self._any(condition.args, True)
        if isinstance(condition, sp.Not):
            return not self.holds(condition.args[0])
        if not isinstance(condition, Relational):
            raise PressError(f"the case {condition} is no comparison", mend=_ACCEPTED)
        sign = self._sign_of_difference(condition)
        if isinstance(condition, sp.Eq | sp.Ne):
            return (sign == 0) == isinstance(condition, sp.Eq)
        if isinstance(condition, sp.Ge | sp.Gt):
            return sign > 0 or (sign == 0 and isinstance(condition, sp.Ge))
        return sign < 0 or (sign == 0 and isinstance(condition, sp.Le))

    def _any(self, parts: Sequence[Boolean], wanted: bool) -> bool:
        """Return whether one of the conditions has the wanted truth: the others may be open."""
        doubt = None
        for part in parts:
            try:
                if self.holds(part) == wanted:
                    return True
            except PressError as error:
                doubt = doubt or error
        if doubt is not None:
            raise doubt
        return False

    def _sign_of_difference(self, condition: Relational) -> int:
        """Return the sign of left minus right; of one that is not zero, or known not to matter."""
        difference = self._poly(self._plain(condition.lhs - condition.rhs), condition)
        if difference.is_zero:
            return 0
        lead = difference.LC()
        sign = None if lead.free_symbols & self._numbers() else self.sign(lead)
        if sign:
            return sign
        if difference.degree() == 0 and not lead.free_symbols & self._numbers():
            # For integers, not less than zero is more than -1.
            if isinstance(condition, sp.Ge | sp.Lt) and self.sign(lead + _unit(lead)) == 1:
                return 1 if isinstance(condition, sp.Ge) else 0
            if isinstance(condition, sp.Le | sp.Gt) and self.sign(lead - _unit(lead)) == -1:
                return -1 if isinstance(condition, sp.Le) else 0
            what = f"the case {condition} does not depend on {self.letter}"
            raise PressError(what, mend=f"restrict the domain so that it decides {condition}")
        what = f"the case {condition} is not decided by large values of {self.letter}"
        raise PressError(what, mend=self.mend(lead, "leave it to the closed form"))

    def sign(self, expression: sp.Expr) -> int | None:
        """Return 1, -1 or 0 where the expression has that sign wherever `assuming` holds; None
        where that is not known.

        >>> t = sp.Symbol("t", integer=True)
        >>> Growth(sp.Symbol("n"), t >= 0).sign(-(t + 1) * (t + 2))
        -1
        """
        number, factors = sp.factor_list(expression)
        total = int(sp.sign(number))
        for factor, power in factors:
            found = self._sign_of_factor(factor)
            if found is None:
                return None
            total *= found**power
        return total

    def _sign_of_factor(self, factor: sp.Expr) -> int | None:
        letters = sorted(factor.free_symbols | self.assuming.free_symbols, key=str)
        space = Space((), letters, 8)
        contexts = self._contexts(space)
        try:
            row = space.row(factor)
        except (PressError, OutOfColumns):
            return self._sign_of_polynomial(factor, space, contexts)
        below = tuple(-entry for entry in row)
        if not any(feasible((*context, below)) for context in contexts):
            return 1
        return -1 if not any(feasible((*context, row)) for context in contexts) else None

    def _sign_of_polynomial(
        self, factor: sp.Expr, space: Space, contexts: Sequence[System]
    ) -> int | None:
        """Return the sign of a polynomial whose letters are not negative and whose coefficients
        agree, with a constant that is not zero."""
        for letter in factor.free_symbols:
            negative = space.row(-letter - 1)
            if any(feasible((*context, negative)) for context in contexts):
                return None
        try:
            polynomial = sp.Poly(factor, *sorted(factor.free_symbols, key=str))
        except sp.PolynomialError:
            return None
        signs = {int(sp.sign(coefficient)) for coefficient in polynomial.coeffs()}
        constant = polynomial.coeff_monomial(1)
        return signs.pop() if len(signs) == 1 and constant else None

    def _contexts(self, space: Space) -> list[System]:
        """Return what is assumed, without conditions that are not affine: less is then known."""
        parts = self.assuming.args if isinstance(self.assuming, sp.And) else (self.assuming,)
        contexts: list[System] = [()]
        for part in parts:
            if part == sp.true:
                continue
            try:
                contexts = [
                    space.with_floors((*context, *piece))
                    for context in contexts
                    for piece in pieces(part, space)
                ]
            except (NotAffine, OutOfColumns):
                continue
        return contexts

    def _plain(self, expression: sp.Expr) -> sp.Expr:
        """Return the expression with a bounded number in the place of each floor and residue."""
        if not expression.args or self._steady(expression):
            return expression
        arguments = [self._plain(argument) for argument in expression.args]
        if isinstance(expression, sp.Mod):
            if not self._steady(arguments[1]):
                raise self._refused(expression)
            return self._number(expression)
        if isinstance(expression, sp.floor | sp.ceiling):
            return arguments[0] + self._number(expression)
        if isinstance(expression, sp.Min | sp.Max):
            return self._extreme(arguments, isinstance(expression, sp.Max))
        if isinstance(expression, sp.Abs):
            return self._extreme([arguments[0], -arguments[0]], True)
        if expression.is_Pow:
            if arguments[0] == -1:
                return self._number(expression)
            if not (arguments[1].is_Integer):
                raise self._refused(expression)
        elif not (expression.is_Add or expression.is_Mul):
            raise self._refused(expression)
        return expression.func(*arguments)

    def _steady(self, expression: sp.Expr) -> bool:
        return not (expression.free_symbols & (self._numbers() | {self.letter}))

    def _extreme(self, values: Sequence[sp.Expr], largest: bool) -> sp.Expr:
        best = values[0]
        for value in values[1:]:
            if self.holds(sp.Ge(value, best, evaluate=False)) == largest:
                best = value
        return best

    def _number(self, expression: sp.Expr) -> sp.Symbol:
        if expression not in self._bounded:
            self._bounded[expression] = sp.Dummy(f"r{len(self._bounded)}")
        return self._bounded[expression]

    def _numbers(self) -> frozenset[sp.Symbol]:
        return frozenset(self._bounded.values())

    def _poly(self, expression: sp.Expr, whole: sp.Basic) -> sp.Poly:
        try:
            return sp.Poly(expression, self.letter)
        except sp.PolynomialError as error:
            raise self._refused(whole) from error

    def _refused(self, expression: sp.Basic) -> PressError:
        what = f"the term {expression} has no known growth in {self.letter}"
        return PressError(what, mend=_ACCEPTED)

    def _refuse_zero(self, polynomial: sp.Poly, told: str) -> None:
        """Raise PressError where the highest coefficient may be zero."""
        lead = polynomial.LC()
        if polynomial.is_zero or not self.is_known(lead):
            what = f"{told} has the highest coefficient {self.shown(lead)}, which may be zero"
            raise PressError(what, mend=self.mend(lead, f"leave out {told}"))

    def is_known(self, coefficient: sp.Expr) -> bool:
        """Return whether a coefficient has a sign, and is not zero, wherever `assuming` holds."""
        return not coefficient.free_symbols & self._numbers() and bool(self.sign(coefficient))

    def mend(self, lead: sp.Expr, otherwise: str) -> str:
        """Return what an author can do about a coefficient whose sign is not known."""
        letters = sorted(map(str, lead.free_symbols - self._numbers()))
        if not letters or lead.free_symbols & self._numbers():
            return otherwise
        return f"say what is known of {', '.join(letters)}: assuming=..."

    def shown(self, expression: sp.Expr) -> sp.Expr:
        """Return an expression with the floors and residues themselves, for a message."""
        return expression.xreplace({number: bent for bent, number in self._bounded.items()})


def leading(expression: object, letter: object, assuming: object = True) -> sp.Expr:
    """Return the leading term for large values of one letter, the others fixed.

    Where it is zero the whole expression is. Raises PressError for an expression that has none
    (its size goes up and down with a residue, or its case is not decided), and where it would be
    another for some values of the other letters that `assuming` admits.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> leading((t + 1) * (2 * n - t) / 2, n), leading(sp.floor((n + 1) / 2), n)
    (n*(t + 1), n/2)
    >>> leading(t * n**2 + n, n, assuming=t >= 1)
    n**2*t
    """
    growth = Growth(letter, assuming)
    found = growth.quotient(as_expression(expression))
    if found.top.is_zero:
        return sp.Integer(0)
    lead = found.top.LC()
    rest = sp.cancel(lead / content(found.top))
    if not growth.is_known(rest) or lead.free_symbols & found.bounded:
        what = f"the term of {expression} with the highest power of {letter} has the coefficient "
        what += f"{growth.shown(sp.factor(lead))}, which may be zero"
        raise PressError(what, mend=growth.mend(rest, "state the growth of each residue class"))
    power = growth.letter ** (found.degrees[0] - found.degrees[1])
    return sp.factor(sp.factor(lead / found.bottom.LC()) * power)


def limit(expression: object, letter: object, assuming: object = True) -> sp.Expr:
    """Return the limit as one letter grows, the others fixed.

    Raises PressError where there is none, and where it would be another for some values of the
    other letters that `assuming` admits.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> limit((n + 1) / (2 * n), n), limit((t + 1) / n, n), limit(sp.Mod(n, 3) / n, n)
    (1/2, 0, 0)
    >>> limit(n * (t + 1), n, assuming=t >= 0), limit(n / (t * n + 1), n, assuming=t >= 1)
    (oo, 1/t)
    """
    growth = Growth(letter, assuming)
    found = growth.quotient(as_expression(expression))
    above, below = found.degrees
    if above < below:
        return sp.Integer(0)
    lead = found.top.LC()
    if lead.free_symbols & found.bounded:
        what = f"{expression} has no limit: it keeps going up and down with "
        what += f"{growth.shown(sp.factor(lead))}"
        raise PressError(what, mend="state the limit on each residue class")
    if above == below:
        return sp.factor(lead / found.bottom.LC())
    sign = (growth.sign(lead) or 0) * (growth.sign(found.bottom.LC()) or 0)
    if not sign:
        what = f"the limit of {expression} depends on the sign of {sp.factor(lead)}"
        raise PressError(what, mend=growth.mend(lead, "restrict the domain"))
    return sp.oo * sign


def _fraction(expression: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return top and bottom of an expression; nothing that divides is cancelled.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> _fraction((t * n + t) / (t * n))
    (n*t + t, n*t)
    """
    if expression.is_Rational:
        return sp.Integer(expression.p), sp.Integer(expression.q)
    if expression.is_Add:
        parts = [_fraction(part) for part in expression.args]
        bottoms = list(dict.fromkeys(bottom for _, bottom in parts))
        summed = (sp.Mul(top, *(b for b in bottoms if b != bottom)) for top, bottom in parts)
        return sp.Add(*summed), sp.Mul(*bottoms)
    if expression.is_Mul:
        factors = [_fraction(factor) for factor in expression.args]
        return sp.Mul(*(top for top, _ in factors)), sp.Mul(*(bottom for _, bottom in factors))
    if expression.is_Pow and expression.exp.is_Integer:
        top, bottom = _fraction(expression.base)
        power = abs(int(expression.exp))
        if expression.exp > 0:
            return top**power, bottom**power
        return bottom ** (2 * power), (top * bottom) ** power
    return expression, sp.Integer(1)


def _unit(expression: sp.Expr) -> sp.Rational:
    """Return a number of which the values of a polynomial at integers are multiples."""
    return sp.Rational(1, sp.Poly(expression, *expression.free_symbols).clear_denoms()[0])


def content(polynomial: sp.Poly) -> sp.Expr:
    """Return the greatest common factor of a polynomial's coefficients."""
    common = sp.Integer(0)
    for coefficient in polynomial.coeffs():
        common = sp.gcd(common, coefficient)
    return common
