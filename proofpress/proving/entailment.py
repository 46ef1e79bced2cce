"""Entailments: what follows from what over the integers, also with products of letters.

Place in the chain: definition -> derivation -> **proof**. A floor or ceiling whose divisor is a
letter becomes a letter of its own with the two inequalities that define it, so what is left is a
statement on polynomials.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.expressions import substituted
from proofpress.terms.walk import fresh_name


@dataclass(frozen=True)
class Entailment:
    """For all integers: the hypotheses together imply the conclusion."""

    name: str
    hypotheses: Boolean
    conclusion: Boolean

    def __post_init__(self) -> None:
        """Take conditions of an author's tree as well, in SymPy's form."""
        object.__setattr__(self, "hypotheses", sp.sympify(self.hypotheses))
        object.__setattr__(self, "conclusion", sp.sympify(self.conclusion))

    @property
    def letters(self) -> tuple[sp.Symbol, ...]:
        """Return the letters of both sides, in the order of their names."""
        found = self.hypotheses.free_symbols | self.conclusion.free_symbols
        return tuple(sorted(found, key=str))

    def plain(self) -> Entailment:
        """Return the same entailment with floors, ceilings and Mods as letters.

        The divisor is taken to be positive: where it is not, the defining inequalities contradict
        each other and the entailment is about nothing. `divisors` says what makes that harmless.

        >>> n, w = sp.symbols("n w", integer=True)
        >>> step = Entailment("floor", w >= 1, w * sp.floor(n / w) <= n).plain()
        >>> len(step.letters)
        3
        """
        hypotheses, conclusion = self.hypotheses, self.conclusion
        # By name, not by symbol: a method may tell letters apart by their names alone.
        taken = {letter.name for letter in self.letters}
        for number in count(1):
            bent = sorted(
                _bent(hypotheses) | _bent(conclusion), key=lambda e: (sp.count_ops(e), str(e))
            )
            if not bent:
                return Entailment(self.name, hypotheses, conclusion)
            name = fresh_name(f"q_{number}", taken)
            taken.add(name)
            replacement, meaning = _named(bent[0], name)
            named = {bent[0]: replacement}
            hypotheses = sp.And(substituted(hypotheses, named), *meaning, evaluate=False)
            conclusion = substituted(conclusion, named)
        raise AssertionError("count(1) does not end")

    def divisors(self) -> list[Entailment]:
        """Return that the divisors are positive, by those hypotheses that divide nothing.

        >>> n, w = sp.symbols("n w", integer=True)
        >>> [d.name for d in Entailment("floor", w >= 1, w * sp.floor(n / w) <= n).divisors()]
        ['w is positive']
        """
        found = {_quotient(bent)[1] for bent in _bent(self.hypotheses) | _bent(self.conclusion)}
        known = [part for part in sp.And.make_args(self.hypotheses) if not _bent(part)]
        return [
            Entailment(f"{divisor} is positive", sp.And(*known), sp.Ge(divisor, 1, evaluate=False))
            for divisor in sorted(found, key=str)
            if not divisor.is_Integer or divisor < 1
        ]


def plain_steps(steps: Iterable[Entailment]) -> list[Entailment]:
    """Return what is to be shown for all steps: their plain forms, and that no divisor vanishes."""
    steps = list(steps)
    divisors = dict.fromkeys(one for step in steps for one in step.divisors())
    return [step.plain() for step in (*divisors, *steps)]


def _bent(expression: sp.Basic) -> set[sp.Expr]:
    return expression.atoms(sp.floor, sp.ceiling, sp.Mod)


def _named(bent: sp.Expr, name: str) -> tuple[sp.Expr, Sequence[Boolean]]:
    """Return an expression without the floor, and the inequalities that give its new letter."""
    value, divisor = _quotient(bent)
    if isinstance(bent, sp.Mod):
        # Not evaluated, so that SymPy does not write it as a Mod again.
        quotient = sp.floor(value / divisor, evaluate=False)
        return value - divisor * quotient, ()
    letter = sp.Symbol(name, integer=True)
    if isinstance(bent, sp.floor):
        low, high = divisor * letter, divisor * letter + divisor - 1
    else:
        low, high = divisor * letter - divisor + 1, divisor * letter
    return letter, (sp.Le(low, value, evaluate=False), sp.Le(value, high, evaluate=False))


def _quotient(bent: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return what a floor, ceiling or Mod divides, and by what."""
    if isinstance(bent, sp.Mod):
        return bent.args
    return sp.together(bent.args[0]).as_numer_denom()
