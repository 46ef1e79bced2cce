"""Proof by a solver that SymPy's form of a condition is the condition that was written.

Place in the chain: definition -> derivation -> **proof**. The author's tree becomes the solver's
formula here, without SymPy; SymPy's form becomes one in `proving.smt`. That the two are equal for
all integers ties what the solver says of SymPy's form to what the author wrote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import lcm
from types import ModuleType
from typing import Any

from sympy.logic.boolalg import Boolean

from proofpress.counting.sets import IntegerSet
from proofpress.faults.errors import PressError
from proofpress.ledger.claims import Verdict
from proofpress.proving import smt
from proofpress.proving.method import Finding
from proofpress.terms import normal, reading
from proofpress.terms.in_sympy import symbol
from proofpress.terms.tree import (
    Apply,
    Cases,
    Condition,
    Gate,
    Letter,
    Number,
    Relation,
    Term,
    Truth,
)
from proofpress.terms.value import RELATIONS
from proofpress.terms.walk import letters_of


def by_forms(counted: IntegerSet) -> Finding | None:
    """Return None if normal forms show that the engine's conditions are those that were written."""
    for written, form in _pairs(counted):
        if not reading.same(written, form):
            what = f"it is open whether SymPy's {form} is {written}"
            return Finding(Verdict.UNDECIDED, "all", what)
    return None


def by_solver(counted: IntegerSet, solver: ModuleType | None = None) -> Finding | None:
    """Return None if the solver shows that SymPy's conditions are those that were written."""
    module = solver or smt.default_solver()
    for written, form in _pairs(counted):
        letters = {symbol(Letter(name)) for name in letters_of(written)} | form.free_symbols
        translation = smt.Translation(module, letters)
        constants = {str(letter): term for letter, term in translation.constants.items()}
        mine = Formula(module, constants).condition(written)
        answer = translation.differ(mine, form)
        if answer != "unsat":
            what = f"it is open whether SymPy's {form} is {written} ({answer})"
            return Finding(Verdict.UNDECIDED, "all", what)
    return None


def _pairs(counted: IntegerSet) -> Sequence[tuple[Condition, Boolean]]:
    return (counted.written, counted.predicate), (counted.assumed, counted.assuming)


class Formula:
    """The solver's formulas of an author's terms and conditions.

    A term is a pair of the solver's integer and a positive whole number; their quotient is meant.
    Raises PressError for a division by letters and for functions that the solver does not know.
    """

    def __init__(self, module: ModuleType, constants: Mapping[str, Any]) -> None:
        self.module = module
        self.constants = constants

    def condition(self, given: Condition) -> Any:
        """Return the solver's form of a condition."""
        match given:
            case Truth():
                return self.module.BoolVal(given.value)
            case Relation():
                (left, by), (right, over) = self.term(given.left), self.term(given.right)
                return RELATIONS[given.op](left * over, right * by)
            case Gate(op="not"):
                return self.module.Not(self.condition(given.args[0]))
            case Gate(op="xor"):
                return reduce(self.module.Xor, map(self.condition, given.args))
            case Gate():
                join = self.module.And if given.op == "and" else self.module.Or
                return join(*map(self.condition, given.args))
        raise AssertionError(f"no such condition: {type(given)}")

    def term(self, given: Term) -> tuple[Any, int]:
        """Return the solver's integer and the divisor of a term."""
        match given:
            case Number():
                return self.module.IntVal(given.value.numerator), given.value.denominator
            case Letter():
                return self.constants[given.name], 1
            case Cases():
                return self._cases(given)
            case Apply(op="/", args=(above, below)):
                return self._divided(above, _constant(below))
            case Apply(op="Mod", args=(above, below)):
                by = _constant(below)
                quotient, _ = self._floor(self._divided(above, by))
                value, divisor = self.term(above)
                return value * by.denominator - quotient * divisor * by.numerator, (
                    divisor * by.denominator
                )
            case Apply(op="**", args=(base, Number(value=power))) if (
                power.denominator == 1 and 0 <= power <= 12
            ):
                result: tuple[Any, int] = (self.module.IntVal(1), 1)
                for _ in range(int(power)):
                    result = _times(result, self.term(base))
                return result
            case Apply():
                return self._applied(given.op, [self.term(part) for part in given.args])
        raise PressError(f"the term {given} has no form for the solver")

    def _divided(self, above: Term, by: Fraction) -> tuple[Any, int]:
        value, divisor = self.term(above)
        sign = 1 if by > 0 else -1
        return value * by.denominator * sign, divisor * abs(by.numerator)

    def _floor(self, value: tuple[Any, int]) -> tuple[Any, int]:
        # The solver's division rounds down for a positive divisor.
        term, divisor = value
        return (term if divisor == 1 else term / divisor), 1

    def _applied(self, op: str, values: list[tuple[Any, int]]) -> tuple[Any, int]:
        first = values[0]
        match op:
            case "+" | "-":
                (left, by), (right, over) = values
                divisor = lcm(by, over)
                left, right = left * (divisor // by), right * (divisor // over)
                return (left + right if op == "+" else left - right), divisor
            case "*":
                return _times(*values)
            case "neg":
                return -first[0], first[1]
            case "floor":
                return self._floor(first)
            case "ceiling":
                below, _ = self._floor((-first[0], first[1]))
                return -below, 1
            case "Abs":
                return self.module.If(first[0] >= 0, first[0], -first[0]), first[1]
            case "sign":
                sign = self.module.If(first[0] > 0, 1, self.module.If(first[0] < 0, -1, 0))
                return sign, 1
            case "Min" | "Max":
                divisor = lcm(*(by for _, by in values))
                best, *others = (term * (divisor // by) for term, by in values)
                for term in others:
                    wins = term <= best if op == "Min" else term >= best
                    best = self.module.If(wins, term, best)
                return best, divisor
        raise PressError(f"the function {op} has no form for the solver")

    def _cases(self, given: Cases) -> tuple[Any, int]:
        if not (isinstance(given.rows[-1][1], Truth) and given.rows[-1][1].value):
            raise PressError(f"the cases {given} leave some letters out")
        values = [self.term(value) for value, _ in given.rows]
        divisor = lcm(*(by for _, by in values))
        *others, last = (term * (divisor // by) for term, by in values)
        for term, (_, when) in reversed(list(zip(others, given.rows[:-1], strict=True))):
            last = self.module.If(self.condition(when), term, last)
        return last, divisor


def _times(one: tuple[Any, int], other: tuple[Any, int]) -> tuple[Any, int]:
    return one[0] * other[0], one[1] * other[1]


def _constant(term: Term) -> Fraction:
    """Return a divisor's value where it is a number other than zero."""
    form = normal.polynomial(term)
    if set(form) != {()}:
        raise PressError(f"a division by {term} has no form for the solver")
    return form[()]
