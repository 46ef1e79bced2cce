"""Proof by a solver: obligations handed to an SMT solver that shares nothing with the engine.

Place in the chain: definition -> derivation -> **proof**. An obligation is translated from its
SymPy form, its negation asserted, and only `unsat` within the limit counts. The limit is z3's own
count of its steps, so that a verdict does not depend on what else the machine does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import product
from math import lcm, prod
from operator import add, eq, ge, gt, le, lt, mul, ne
from types import ModuleType
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanFunction

from proofpress.counting.deadline import check_deadline
from proofpress.counting.expressions import as_expression, substituted
from proofpress.faults.errors import PressError
from proofpress.proving.certificate import Obligation
from proofpress.proving.entailment import Entailment
from proofpress.proving.solver import BACKSTOP, EFFORT
from proofpress.terms.in_sympy import as_symbols

Branch = tuple[list[Boolean], sp.Expr]

# More residue classes than this are not gone through one by one.
MOST_CLASSES = 300

_COMPARE = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}

# A symbol has the same constant wherever it stands, so equal predicates have equal forms.
_known: dict[tuple[str, Boolean], Any] = {}

# The symbols that were met under each name, for the whole process, since forms are kept.
_met: dict[str, list[sp.Symbol]] = {}


def constant_name(letter: sp.Symbol) -> str:
    """Return a name that no other symbol has: two symbols of one name are two constants.

    >>> plain, positive = sp.Symbol("number"), sp.Symbol("number", positive=True)
    >>> constant_name(plain), constant_name(positive), constant_name(plain)
    ('number', 'number 1', 'number')
    """
    met = _met.setdefault(str(letter), [])
    if letter not in met:
        met.append(letter)
    place = met.index(letter)
    return f"{letter} {place}" if place else str(letter)


def _periods(duty: Obligation) -> dict[sp.Symbol, int]:
    """Return, for each letter inside a Mod or floor, the least common multiple of the divisors.

    Empty where the classes would be too many to be gone through.
    """
    whole = sp.Tuple(duty.left, duty.right, *duty.assuming)
    periods: dict[sp.Symbol, int] = {}
    for bent in whole.atoms(sp.Mod, sp.floor):
        divisor = bent.args[1] if isinstance(bent, sp.Mod) else bent.args[0].as_numer_denom()[1]
        if not divisor.is_Integer:
            return {}
        for letter in bent.free_symbols:
            periods[letter] = lcm(periods.get(letter, 1), int(divisor))
    return dict(sorted(periods.items(), key=str)) if prod(periods.values()) <= MOST_CLASSES else {}


def settled(expression: sp.Basic) -> Any:
    """Return the expression with every floor and Mod whose letters' factors divide made affine.

    >>> n = sp.Symbol("n", integer=True)
    >>> settled(sp.floor((4 * n + 3) / 2) + sp.Mod(4 * n + 3, 4, evaluate=False))
    2*n + 4
    """
    replaced = {}
    for bent in expression.atoms(sp.Mod, sp.floor):
        if isinstance(bent, sp.Mod):
            value, divisor = bent.args
        else:
            value, divisor = sp.expand(bent.args[0]).as_numer_denom()
        constant, rest = sp.expand(value).as_coeff_Add()
        if divisor.is_Integer and all(
            term.as_coeff_Mul()[0] % divisor == 0 for term in sp.Add.make_args(rest)
        ):
            quotient = rest / divisor + constant // divisor
            replaced[bent] = constant % divisor if isinstance(bent, sp.Mod) else quotient
    return substituted(expression, replaced)


def default_solver() -> ModuleType:
    """Return the solver that is used where none is named.

    >>> default_solver().__name__
    'z3'
    """
    import z3

    return z3


class Translation:
    """Integer constants of a solver for letters, and SymPy expressions written in them."""

    def __init__(
        self, module: ModuleType, letters: Iterable[sp.Symbol], alone: bool = False
    ) -> None:
        self.module = module
        # What z3 finds hard depends on all that it was told before in the same context. Where it
        # found no answer, one alone with the question decides: that does not depend on others.
        own = alone and module.__name__ == "z3"
        context = module.Context() if own else None
        self._context: tuple[Any, ...] = () if context is None else (context,)
        self._known = {} if own else _known
        self.constants: Mapping[sp.Symbol, Any] = {
            x: module.Int(constant_name(x), *self._context) for x in as_symbols(letters)
        }
        self.effort = EFFORT
        # One for all questions, each between a push and a pop: a new one takes as long to start
        # as five questions. z3's plain solver starts several times faster than its portfolio.
        made = {} if context is None else {"ctx": context}
        self.solver = getattr(module, "SimpleSolver", module.Solver)(**made)
        self._limited: int | None = None  # steps, as the solver was told last
        self._fractions: dict[sp.Expr, tuple[Any, int]] = {}

    def answer(self, predicates: Sequence[Boolean]) -> str:
        """Return the solver's word on all predicates together: sat, unsat or unknown."""
        check_deadline()
        with self._assumed(predicates) as solver:
            return self._answer(solver)

    def counterexample(self, step: Entailment) -> dict[sp.Symbol, int] | None:
        """Return None if a plain entailment holds; else letters at which it does not.

        No letters at all are returned where the solver does not know.
        """
        check_deadline()
        with self._assumed([step.hypotheses, sp.Not(step.conclusion)]) as solver:
            answer = self._answer(solver)
            if answer == "unsat":
                return None
            if answer != "sat":
                return {}
            model = solver.model()
            return {
                letter: model.eval(constant, model_completion=True).as_long()
                for letter, constant in self.constants.items()
            }

    def differ(self, formula: Any, predicate: Boolean) -> str:
        """Return the solver's word on whether a formula of its own and a predicate can differ."""
        check_deadline()
        with self._assumed([]) as solver:
            solver.add(formula != self.boolean(predicate))
            return self._answer(solver)

    def open_branch(self, duty: Obligation) -> str | None:
        """Return None if no integers satisfy the assumption and left != right; else why not."""
        terms = [duty.left, sp.Mul(-1, duty.right, evaluate=False)]
        periods = _periods(duty)
        # Where residue classes are the other way, less is spent on this one.
        self.effort = EFFORT // 32 if periods else EFFORT
        with self._assumed(duty.assuming) as solver:
            found = self._search(solver, terms, [])
        if found is None or not periods:
            return found
        self.effort = EFFORT
        return self._by_residues(duty, periods, terms)

    def _by_residues(
        self, duty: Obligation, periods: Mapping[sp.Symbol, int], terms: Sequence[sp.Expr]
    ) -> str | None:
        """Return None if the obligation holds on each residue class of the letters in its Mods.

        In a class x = period * x' + residue, every Mod and floor is affine: what the solver found
        hard is then plain algebra.
        """
        for residues in product(*map(range, periods.values())):
            check_deadline()
            moved = {
                letter: period * letter + residue
                for (letter, period), residue in zip(periods.items(), residues, strict=True)
            }
            assumed = [settled(substituted(a, moved)) for a in duty.assuming]
            with self._assumed(assumed) as solver:
                changed = [settled(substituted(term, moved)) for term in terms]
                found = self._search(solver, changed, [])
            if found is not None:
                return found
        return None

    @contextmanager
    def _assumed(self, predicates: Iterable[Boolean]) -> Iterator[Any]:
        """Return a context in which the solver holds the predicates."""
        self.solver.push()
        try:
            self.solver.add(*map(self.boolean, predicates))
            yield self.solver
        finally:
            self.solver.pop()

    def _limit(self, solver: Any) -> None:
        if self.effort == self._limited:
            return
        if self.module.__name__ == "z3":
            solver.set("rlimit", self.effort)
            # A few questions run on without being counted: less effort is also less time.
            solver.set("timeout", 1000 * BACKSTOP * self.effort // EFFORT)
        else:
            solver.set("tlimit-per", 1000 * BACKSTOP)
        self._limited = self.effort

    def _search(self, solver: Any, rest: list[sp.Expr], chosen: list[sp.Expr]) -> str | None:
        """Return None if every choice of cases of the remaining summands is settled."""
        check_deadline()
        cut = next((k for k, term in enumerate(rest) if term.has(sp.Piecewise)), None)
        if cut is None:
            return self._settle(solver, [], [*chosen, *rest])
        term, others = rest[cut], rest[cut + 1 :]
        chosen = [*chosen, *rest[:cut]]
        outer = next(a for a in sp.preorder_traversal(term) if isinstance(a, sp.Piecewise))
        left: list[Boolean] = []
        for value, when in outer.args:
            found = self._under(
                solver, [*left, when], [substituted(term, {outer: value}), *others], chosen
            )
            if found is not None:
                return found
            left.append(sp.Not(when))
        if outer.args[-1].cond == sp.true:
            return None
        # No case at all: a value that does not exist is no count.
        with self._assumed(left):
            answer = self._answer(solver)
        return None if answer == "unsat" else f"no case covers some letters ({answer})"

    def _under(
        self, solver: Any, conditions: list[Boolean], rest: list[sp.Expr], chosen: list[sp.Expr]
    ) -> str | None:
        # Where no further case is to be told apart, the equation itself is asked for at once.
        if not any(term.has(sp.Piecewise) for term in rest):
            check_deadline()
            return self._settle(solver, conditions, [*chosen, *rest])
        with self._assumed(conditions):
            if self._answer(solver) != "unsat":
                return self._search(solver, rest, chosen)
        return None

    def _settle(
        self, solver: Any, conditions: list[Boolean], summands: list[sp.Expr]
    ) -> str | None:
        """Return None if the summands add up to zero wherever the conditions hold."""
        term, _ = self.fraction(sp.Add(*summands, evaluate=False))
        with self._assumed(conditions):
            solver.add(self._sum_of_monomials(term) != 0)
            answer = self._answer(solver)
        if answer != "unsat" and conditions:
            # An equation that is too hard does not matter in a case that never arises.
            with self._assumed(conditions):
                if self._answer(solver) == "unsat":
                    return None
        return None if answer == "unsat" else answer

    def _sum_of_monomials(self, term: Any) -> Any:
        """Return the term multiplied out, which turns z3's seconds into milliseconds."""
        if self.module.__name__ == "z3" and self.module.is_expr(term):
            return self.module.simplify(term, som=True)
        return term

    def _answer(self, solver: Any) -> str:
        self._limit(solver)
        return str(solver.check())

    def boolean(self, given: object) -> Any:
        """Return the solver's form of a predicate; a form once made is kept."""
        predicate = as_expression(given)
        key = (self.module.__name__, predicate)
        if key not in self._known:
            self._known[key] = self._boolean(predicate)
        return self._known[key]

    def _boolean(self, predicate: Boolean) -> Any:
        if predicate in (sp.true, sp.false):
            return self.module.BoolVal(bool(predicate), *self._context)
        if isinstance(predicate, Relational):
            (left, by), (right, over) = map(self.fraction, predicate.args)
            difference = self._sum_of_monomials(left * over - right * by)
            return _COMPARE[predicate.rel_op](difference, 0)
        if isinstance(predicate, sp.And | sp.Or):
            join = self.module.And if isinstance(predicate, sp.And) else self.module.Or
            return join(*map(self.boolean, predicate.args))
        if isinstance(predicate, sp.Not):
            return self.module.Not(self.boolean(predicate.args[0]))
        if isinstance(predicate, BooleanFunction):
            return self.boolean(sp.to_nnf(predicate, simplify=False))
        raise PressError(f"{predicate} has no form for the solver")

    def fraction(self, expression: sp.Expr) -> tuple[Any, int]:
        """Return an integer term of the solver and a positive divisor; their quotient is meant."""
        if expression not in self._fractions:
            self._fractions[expression] = self._fraction(expression)
        return self._fractions[expression]

    def _fraction(self, expression: sp.Expr) -> tuple[Any, int]:
        if expression.is_Rational:
            return self.module.IntVal(int(expression.p), *self._context), int(expression.q)
        if expression.is_Add:
            parts = [self.fraction(argument) for argument in expression.args]
            divisor = lcm(*(by for _, by in parts))
            # Each operation on the solver's terms takes longer than one of Python's own.
            terms = [term if by == divisor else term * (divisor // by) for term, by in parts]
            return reduce(add, terms), divisor
        if expression.is_Mul:
            factors, divisors = zip(*map(self.fraction, expression.args), strict=True)
            return reduce(mul, factors), prod(divisors)
        if expression.is_Pow and expression.exp.is_Integer and expression.exp > 0:
            return self.fraction(sp.Mul(*[expression.base] * int(expression.exp), evaluate=False))
        return self._atom(expression), 1

    def whole(self, expression: sp.Expr) -> Any:
        """Return the solver's form of an expression without fractions."""
        term, divisor = self.fraction(expression)
        if divisor != 1:
            raise PressError(f"the term {expression} holds a fraction")
        return term

    def _atom(self, expression: sp.Expr) -> Any:
        if expression in self.constants:
            return self.constants[expression]
        if isinstance(expression, sp.Mod):
            value, divisor = expression.args
            if not (divisor.is_Integer and divisor > 0):
                raise PressError(f"the term {expression} divides by what is no positive number")
            return self.whole(value) % int(divisor)
        if isinstance(expression, sp.floor):
            # The solver's division rounds down for a positive divisor.
            term, divisor = self.fraction(expression.args[0])
            return term / divisor
        if isinstance(expression, sp.ceiling):
            return -self._atom(sp.floor(-expression.args[0], evaluate=False))
        for kind in (sp.Abs, sp.Min, sp.Max):
            if isinstance(expression, kind):
                return self._bent(expression)
        raise PressError(f"the term {expression} has no form for the solver")

    def _bent(self, expression: sp.Expr) -> Any:
        values = [self.whole(a) for a in expression.args]
        if isinstance(expression, sp.Abs):
            return self.module.If(values[0] >= 0, values[0], -values[0])
        result = values[0]
        for value in values[1:]:
            smaller = isinstance(expression, sp.Min)
            wins = value <= result if smaller else value >= result
            result = self.module.If(wins, value, result)
        return result
