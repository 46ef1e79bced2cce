"""An author's expressions as quotients of polynomials, case by case, on a domain.

Place in the chain: definition -> derivation -> **proof**. A floor is a letter of its own with the
two inequalities that define it; Abs, Min, Max, sign, Piecewise and the conditions make cases. A
divisor's sign is shown where it is divided by, so that a value exists. Nothing here is SymPy's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias, TypeVar

from proofpress.counting.deadline import check_deadline
from proofpress.faults.errors import PressError
from proofpress.proving.polynomials import contradictory, times, way, whole
from proofpress.terms.arithmetic import (
    ONE,
    Atom,
    Polynomial,
    added,
    letter,
    minus,
    number,
    scaled,
    variable,
)
from proofpress.terms.tree import (
    OPPOSITE,
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
from proofpress.terms.walk import conjuncts

# Polynomials that are not negative, with whole coefficients.
Facts: TypeAlias = "tuple[Polynomial, ...]"
Case = TypeVar("Case")

MOST_CASES = 64
HIGHEST_POWER = 40
HIGHEST_BINOMIAL = 6


class NotShown(PressError):
    """Raised for a term that cannot be read, or whose value is not shown to exist; it says why."""


@dataclass(frozen=True)
class Value:
    """above / below on the part of the domain where the facts hold; below > 0 is shown there."""

    facts: Facts
    above: Polynomial
    below: Polynomial


class Reading:
    """Reads terms and conditions; floors that are alike have one letter throughout."""

    def __init__(self) -> None:
        self.floors: dict[tuple[object, object], Atom] = {}

    def domain(self, assuming: Condition) -> list[Facts]:
        """Return facts for each case of a domain; together the cases hold all of it.

        What cannot be read, or has no value, is left out, which makes the domain wider.

        >>> from proofpress.terms.tree import Letter
        >>> n = Letter("n")
        >>> len(Reading().domain((n >= 1) & (n != 4))), len(Reading().domain(2**n >= 1))
        (2, 1)
        """
        cases: list[Facts] = [()]
        waiting = list(conjuncts(assuming))
        # What divides by a letter is read after what says of the letter that it is positive.
        for last in (False, True):
            later = []
            for part in waiting:
                try:
                    cases = self._each(cases, part, True)
                except (NotShown, OverflowError):
                    later.append(part)
            waiting = later
            if last or not later:
                break
        return cases

    def _each(self, cases: Sequence[Facts], condition: Condition, truth: bool) -> list[Facts]:
        return _few([found for facts in cases for found in self.holds(condition, truth, facts)])

    def holds(self, condition: Condition, truth: bool, facts: Facts) -> list[Facts]:
        """Return facts for each case in which the condition holds, or fails to. Raises NotShown."""
        check_deadline()
        match condition:
            case Truth():
                return [facts] if condition.value == truth else []
            case Relation():
                return self._relation(condition, truth, facts)
            case Gate(op="not"):
                return self.holds(condition.args[0], not truth, facts)
            case Gate(op="xor"):
                return self._odd(condition.args, truth, facts)
            case Gate():
                return self._joined(condition.args, (condition.op == "and") == truth, truth, facts)
        raise AssertionError(f"no such condition: {type(condition)}")

    def _joined(
        self, parts: Sequence[Condition], all_of_them: bool, truth: bool, facts: Facts
    ) -> list[Facts]:
        """Return the cases in which all parts hold (or fail), or the first of them that does."""
        undecided, found = [facts], []
        onward = truth if all_of_them else not truth
        for part in parts:
            if not all_of_them:
                found += self._each(undecided, part, truth)
            undecided = self._each(undecided, part, onward)
        return _few(undecided if all_of_them else found)

    def _odd(self, parts: Sequence[Condition], truth: bool, facts: Facts) -> list[Facts]:
        if not parts:
            return [] if truth else [facts]
        first, *rest = parts
        return _few(
            [
                found
                for holding in (True, False)
                for known in self.holds(first, holding, facts)
                for found in self._odd(rest, truth != holding, known)
            ]
        )

    def _relation(self, relation: Relation, truth: bool, facts: Facts) -> list[Facts]:
        op = relation.op if truth else OPPOSITE[relation.op]
        found = []
        for first in self.term(relation.left, facts):
            for second in self.term(relation.right, first.facts):
                difference = whole(
                    minus(times(first.above, second.below), times(second.above, first.below))
                )
                found += [_known(second.facts, *new) for new in _told(op, difference)]
        return _few([facts for facts in found if not contradictory(facts)])

    def term(self, term: Term, facts: Facts) -> list[Value]:
        """Return the values of a term, one for each case. Raises NotShown."""
        check_deadline()
        match term:
            case Number():
                return [Value(facts, number(term.value), ONE)]
            case Letter():
                return [Value(facts, letter(term.name), ONE)]
            case Apply():
                found = []
                for values in self._arguments(term.args, facts):
                    try:
                        found += self._operation(term, values)
                    except OverflowError as error:
                        raise NotShown(f"the term {term} is too large") from error
                return _few(found)
            case Cases():
                return self._rows(term, facts)
        raise NotShown(f"the term {term} cannot be read as polynomials and floors")

    def _arguments(self, terms: Sequence[Term], facts: Facts) -> Iterator[list[Value]]:
        if not terms:
            yield []
            return
        for value in self.term(terms[0], facts):
            for others in self._arguments(terms[1:], value.facts):
                yield [value, *others]

    def _rows(self, term: Cases, facts: Facts) -> list[Value]:
        left, found = [facts], []
        for value, when in term.rows:
            for inside in self._each(left, when, True):
                found += self.term(value, inside)
            left = self._each(left, when, False)
        if left:
            raise NotShown(f"no case of {term} is shown to hold")
        return _few(found)

    def _operation(self, term: Apply, values: list[Value]) -> list[Value]:
        facts, one, other = values[-1].facts, values[0], values[-1]
        match term.op:
            case "+":
                return [_sum(facts, one, other)]
            case "-":
                return [_sum(facts, one, _negative(other))]
            case "neg":
                return [_negative(one)]
            case "*":
                return [Value(facts, times(one.above, other.above), times(one.below, other.below))]
            case "/":
                return self._divided(term, facts, one, other)
            case "**":
                return self._power(term, facts, one, other)
            case "floor":
                return [self._floor(facts, one)]
            case "ceiling":
                return [_negative(self._floor(facts, _negative(one)))]
            case "Mod":
                return [
                    _sum(low.facts, one, _negative(_scaled(low, other)))
                    for quotient in self._divided(term, facts, one, other)
                    for low in [self._floor(quotient.facts, quotient)]
                ]
            case "Abs":
                return self._greatest(facts, [one, _negative(one)])
            case "Max":
                return self._greatest(facts, values)
            case "Min":
                return [_negative(v) for v in self._greatest(facts, list(map(_negative, values)))]
            case "sign":
                return [
                    Value(known, number(value), ONE)
                    for op, value in ((">", 1), ("==", 0), ("<", -1))
                    for new in _told(op, whole(one.above))
                    for known in [_known(facts, *new)]
                    if not contradictory(known)
                ]
            case "binomial":
                return self._binomial(term, facts, one, other)
        raise NotShown(f"the term {term} cannot be read as polynomials and floors")

    def _divided(self, term: Term, facts: Facts, one: Value, other: Value) -> list[Value]:
        """Return one / other, in two cases where the divisor has both signs; never by zero."""
        divisor = whole(other.above)
        rest = other.above.get((), Fraction(0))
        top = times(one.above, other.below)
        bottom = times(one.below, other.above)
        if not divisor.keys() - {()}:
            if not rest:
                raise NotShown(f"{term} divides by zero")
            sign = Fraction(1 if rest > 0 else -1)
            return [Value(facts, scaled(top, sign), scaled(bottom, sign))]
        if way(facts, minus(divisor, ONE)) is not None:
            return [Value(facts, top, bottom)]
        negative = scaled(divisor, Fraction(-1))
        turned = scaled(top, Fraction(-1)), scaled(bottom, Fraction(-1))
        if way(facts, minus(negative, ONE)) is not None:
            return [Value(facts, *turned)]
        if way((*facts, divisor, negative), number(-1)) is None:
            raise NotShown(f"the divisor of {term} is not shown to differ from zero")
        return [
            Value(_known(facts, minus(divisor, ONE)), top, bottom),
            Value(_known(facts, minus(negative, ONE)), *turned),
        ]

    def _power(self, term: Term, facts: Facts, base: Value, exponent: Value) -> list[Value]:
        power = _constant(exponent)
        if power is None or power.denominator != 1 or abs(power) > HIGHEST_POWER:
            raise NotShown(
                f"the term {term} has an exponent that is no whole number up to {HIGHEST_POWER}"
            )
        above, below = ONE, ONE
        for _ in range(abs(int(power))):
            above, below = times(above, base.above), times(below, base.below)
        raised = Value(facts, above, below)
        return (
            [raised] if power >= 0 else self._divided(term, facts, Value(facts, ONE, ONE), raised)
        )

    def _floor(self, facts: Facts, value: Value) -> Value:
        """Return the floor as a letter, or as a polynomial where there is nothing to round."""
        constant = _constant(value)
        if constant is not None:
            return Value(facts, number(constant.__floor__()), ONE)
        scale = _common(value)
        above, below = scaled(value.above, scale), scaled(value.below, scale)
        if below == ONE:
            return Value(facts, above, ONE)
        key = _key(above), _key(below)
        atom = self.floors.setdefault(key, ("floor", len(self.floors) + 1))
        quotient = variable(atom)
        low = minus(above, times(below, quotient))
        return Value(_known(facts, low, minus(minus(below, ONE), low)), quotient, ONE)

    def _greatest(self, facts: Facts, values: Sequence[Value]) -> list[Value]:
        """Return each value where no earlier one is as great, and no later one greater."""
        found = []
        for place, value in enumerate(values):
            known = facts
            for k, other in enumerate(values):
                if k != place:
                    difference = whole(
                        minus(times(value.above, other.below), times(other.above, value.below))
                    )
                    known = _known(known, minus(difference, ONE) if k < place else difference)
            if not contradictory(known):
                found.append(Value(known, value.above, value.below))
        return found

    def _binomial(self, term: Term, facts: Facts, above: Value, below: Value) -> list[Value]:
        size = _constant(below)
        if size is None or size.denominator != 1 or size > HIGHEST_BINOMIAL or above.below != ONE:
            raise NotShown(f"the term {term} cannot be read as polynomials and floors")
        if any(c.denominator != 1 for c in above.above.values()):
            raise NotShown(f"{term} is not shown to be of whole numbers")
        if way(facts, above.above) is None:
            raise NotShown(f"{term} is not shown to be of a number that is not negative")
        product, factorial = ONE if size >= 0 else number(0), 1
        for k in range(int(size)):
            product, factorial = times(product, minus(above.above, number(k))), factorial * (k + 1)
        return [Value(facts, scaled(product, Fraction(1, factorial)), ONE)]


def _told(op: str, difference: Polynomial) -> list[tuple[Polynomial, ...]]:
    """Return what is not negative where an integer compares so with zero, case by case."""
    opposite = scaled(difference, Fraction(-1))
    match op:
        case ">=":
            return [(difference,)]
        case ">":
            return [(minus(difference, ONE),)]
        case "<=":
            return [(opposite,)]
        case "<":
            return [(minus(opposite, ONE),)]
        case "==":
            return [(difference, opposite)]
    return [(minus(difference, ONE),), (minus(opposite, ONE),)]


def _known(facts: Facts, *more: Polynomial) -> Facts:
    return (*facts, *(fact for fact in more if fact not in facts))


def _few(cases: list[Case]) -> list[Case]:
    if len(cases) > MOST_CASES:
        raise NotShown(f"there are more than {MOST_CASES} cases to be told apart")
    return cases


def _constant(value: Value) -> Fraction | None:
    if (value.above.keys() | value.below.keys()) - {()}:
        return None
    return value.above.get((), Fraction(0)) / value.below[()]


def _common(value: Value) -> Fraction:
    """Return the positive number that makes all coefficients whole, without a common factor."""

    coefficients = [*value.above.values(), *value.below.values()]
    below = lcm(*(c.denominator for c in coefficients))
    return Fraction(below, gcd(*(int(c * below) for c in coefficients)))


def _key(form: Polynomial) -> object:
    return frozenset(form.items())


def _sum(facts: Facts, one: Value, other: Value) -> Value:
    if _key(one.below) == _key(other.below):
        return Value(facts, added(one.above, other.above), one.below)
    above = added(times(one.above, other.below), times(other.above, one.below))
    return Value(facts, above, times(one.below, other.below))


def _negative(value: Value) -> Value:
    return Value(value.facts, scaled(value.above, Fraction(-1)), value.below)


def _scaled(value: Value, factor: Value) -> Value:
    return Value(value.facts, times(value.above, factor.above), times(value.below, factor.below))
