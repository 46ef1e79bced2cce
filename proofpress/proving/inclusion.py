"""Domains: what is claimed must lie inside what was proved, after every substitution.

Place in the chain: definition -> derivation -> **proof**. A count is proved for the letters that
its set assumes. A claim on other letters, or with expressions put for letters, owes the proof that
these lie inside: that they are integers, and satisfy the set's assumption. A duty that is not
shown leaves the claim undecided, with the letters that fall out where they are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import lcm, prod

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.faults.errors import PressError
from proofpress.proving import products, smt
from proofpress.proving.entailment import Entailment, plain_steps
from proofpress.proving.tries import small_cases
from proofpress.terms import normal
from proofpress.terms.in_sympy import condition_of, symbol, term_of, to_sympy
from proofpress.terms.tree import (
    FALSE,
    Apply,
    Condition,
    Letter,
    Node,
    Number,
    Relation,
    Term,
)
from proofpress.terms.value import NotRational, NoValue, value
from proofpress.terms.walk import conjunction, conjuncts, letters_of, parts, put

# A polynomial with fractions is tried on all residues of its letters up to so many.
MOST_RESIDUES = 5000


@dataclass(frozen=True)
class Inclusion:
    """That `known` (a claim's domain) implies `wanted`, with `values` put for letters.

    `values` holds terms by the name of the letter that they replace. Each must be an integer.
    """

    known: Condition
    wanted: Condition
    values: Mapping[str, Term] = field(default_factory=dict)
    # Further conditions on the letters before the substitution, such as n = m w.
    equations: Sequence[Condition] = ()
    what: str = "the domain"

    @property
    def is_plain(self) -> bool:
        """Return whether nothing is owed: nothing is put, and nothing more is wanted."""
        return not self.values and not self._new_conditions(self.known)

    @property
    def letters(self) -> list[str]:
        """Return the names of the letters that the inclusion is about."""
        asked = letters_of(self.known).union(*map(letters_of, self.values.values()))
        for wanted in (self.wanted, *self.equations):
            asked |= letters_of(wanted) - self.values.keys()
        return sorted(asked)

    def entailments(self) -> list[Entailment]:
        """Return what has to be shown: integers, and the wanted conditions for them.

        A value that divides by a letter gets a letter of its own, an integer times the divisor.
        """
        steps: list[Entailment] = []
        hypotheses = [self.known]
        replaced: dict[str, Term] = {}
        taken = letters_of(self.known).union(*map(letters_of, self.values.values()))
        for name, term in self.values.items():
            replaced[name] = term
            steps += [_step(f"{need}", [self.known], need) for need in dict.fromkeys(needs(term))]
            if is_integral(term):
                continue
            above, below = (term_of(side) for side in sp.fraction(sp.together(to_sympy(term))))
            nonzero = Relation("!=", below, Number(0))
            steps.append(_step(f"{below} is not zero", [self.known], nonzero))
            divides = Relation("==", Apply("Mod", (above, below)), Number(0))
            steps.append(_step(f"{term} is an integer", [self.known], divides))
            whole = Letter(_new(name, taken | letters_of(self.wanted)))
            hypotheses.append(Relation("==", Apply("*", (below, whole)), above))
            replaced[name] = whole
        for wanted in (*conjuncts(self.wanted), *self.equations):
            conclusion = put(wanted, replaced)
            steps.append(_step(f"{put(wanted, self.values)}", hypotheses, conclusion))
        return steps

    def _new_conditions(self, known: Condition) -> list[Condition]:
        """Return the wanted conditions that do not stand among the known ones."""
        there = {normal.condition(part) for part in conjuncts(known)}
        wanted = [put(part, self.values) for part in conjuncts(self.wanted)]
        return [part for part in wanted if normal.condition(part) not in there]

    def outside(self, case: Mapping[str, int]) -> str | None:
        """Return what is wrong at letters inside `known`; None where nothing is."""
        at = ", ".join(f"{name} = {number}" for name, number in case.items())
        inner: dict[str, int] = dict(case)
        for name, term in self.values.items():
            try:
                found = value(term, case)
            except (NoValue, NotRational) as error:
                return f"at {at} the letter {name} has no value: {error}"
            if found != int(found):
                return f"at {at} the letter {name} is {found}, no integer"
            inner[name] = int(found)
        for part in (*conjuncts(self.wanted), *self.equations):
            try:
                holds = value(part, inner)
            except (NoValue, NotRational):
                holds = False
            if not holds:
                return f"at {at} it is not true that {put(part, self.values)}"
        return None


def small_fault(inclusion: Inclusion) -> str | None:
    """Return what is wrong at the first of the small letters inside `known` that fall out."""
    letters = [symbol(Letter(name)) for name in inclusion.letters]
    for case in small_cases(letters, to_sympy(inclusion.known)):
        fault = inclusion.outside({str(letter): number for letter, number in case.items()})
        if fault is not None:
            return fault
    return None


def open_at(step: Entailment) -> Mapping[str, int] | None:
    """Return None if the step is shown; else letters at which it fails, none where unknown."""
    if _stands_there(step):
        return None
    plain = plain_steps([step])
    try:
        if all(products.entailed(one) for one in plain):
            return None
    except (ValueError, PressError, sp.PolynomialError):
        pass  # A term that the polynomials have no form for: the solver may have one.
    translation = smt.Translation(smt.default_solver(), {x for one in plain for x in one.letters})
    for one in plain:
        model = translation.counterexample(one)
        if model is not None:
            return {str(letter): number for letter, number in model.items()}
    return None


def _stands_there(step: Entailment) -> bool:
    known = {normal.condition(part) for part in conjuncts(condition_of(step.hypotheses))}
    return normal.condition(condition_of(step.conclusion)) in known | {("truth", True)}


def _step(name: str, hypotheses: Sequence[Condition], conclusion: Condition) -> Entailment:
    known: Boolean = to_sympy(conjunction([p for h in hypotheses for p in conjuncts(h)]))
    return Entailment(name, known, to_sympy(conclusion))


def _new(name: str, taken: Iterable[str]) -> str:
    known = set(taken)
    while name in known:
        name += "'"
    return name


def is_integral(term: Term) -> bool:
    """Return whether a term is seen to be an integer wherever it has a value.

    Polynomials with fractions are tried on all residues of their letters, which decides it.

    >>> n = Letter("n")
    >>> is_integral(n * (n + 1) / 2), is_integral(n / 2)
    (True, False)
    """
    form = normal.polynomial(term)
    whole = ("letter", "floor", "cases", "max", "binomial", "factorial")
    for monomial in form:
        if not all(atom[0] in whole and power > 0 for atom, power in monomial):
            return False
        if any(atom[0] in ("cases", "max") for atom, _ in monomial):
            return _pieces_are_integral(term)
    denominator = lcm(1, *(c.denominator for c in form.values()))
    if denominator == 1:
        return True
    atoms = sorted({atom for monomial in form for atom, _ in monomial}, key=repr)
    if denominator ** len(atoms) > MOST_RESIDUES:
        return False
    for residues in product(range(denominator), repeat=len(atoms)):
        at = dict(zip(atoms, residues, strict=True))
        total = sum(c * prod(at[atom] ** power for atom, power in m) for m, c in form.items())
        if total != int(total):
            return False
    return True


def _pieces_are_integral(term: Term) -> bool:
    """Return whether all that a choice is made of is integral, for sums of such choices."""
    if isinstance(term, Apply) and term.op in ("+", "-", "*", "neg", "Min", "Max", "Abs"):
        return all(map(is_integral, term.args))
    inner = [part for part in parts(term) if isinstance(part, Term)]
    return not isinstance(term, Apply) and bool(inner) and all(map(is_integral, inner))


def same_form(one: Node, other: Node) -> bool:
    """Return whether two terms, or two conditions, have one normal form.

    >>> n, w = Letter("n"), Letter("w")
    >>> same_form(n / w * (w * (w + 1) / 2), n * (w + 1) / 2)
    True
    """
    if isinstance(one, Term) and isinstance(other, Term):
        return normal.key(one) == normal.key(other)
    if isinstance(one, Condition) and isinstance(other, Condition):
        return normal.condition(one) == normal.condition(other)
    return False


def with_value(
    condition: Condition, known: Condition, what: str, terms: Iterable[Term] = ()
) -> list[Inclusion]:
    """Return that each part of a condition has a value where `known` and what precedes it hold.

    The terms are to have one where the whole condition holds.

    >>> n, w = Letter("n"), Letter("w")
    >>> [duty.wanted for duty in with_value((w >= 1) & (n % w == 0), n >= 1, "it")]
    [Ne(w, 0)]
    """
    found = []
    before: list[Condition] = list(conjuncts(known))
    # An author who asks whether w divides n excludes w = 0 before it or after it.
    for part in sorted(conjuncts(condition), key=lambda part: any(True for _ in needs(part))):
        for need in dict.fromkeys(needs(part)):
            found.append(Inclusion(conjunction(tuple(before)), need, what=what))
        before.append(part)
    inside = conjunction(tuple(before))
    for term in terms:
        found += [Inclusion(inside, need, what=what) for need in dict.fromkeys(needs(term))]
    return found


def needs(node: Node) -> Iterator[Condition]:
    """Return conditions under which a node has a value, whichever of its cases is met.

    A power with letters in its exponent needs a base that is no zero and an exponent that is an
    integer; where that is not seen, what is returned never holds.

    >>> n, w = Letter("n"), Letter("w")
    >>> list(needs(n // w + n % 2)), list(needs(w ** (n / 2)))
    ([Ne(w, 0)], [False])
    """
    for part in parts(node):
        yield from needs(part)
    if not isinstance(node, Apply):
        return
    first, last = node.args[0], node.args[-1]
    if node.op in ("/", "Mod") and not (isinstance(last, Number) and last.value):
        yield Relation("!=", last, Number(0))
    elif node.op in ("factorial", "binomial"):
        yield Relation(">=", first, Number(0))
        if not all(map(is_integral, node.args)):
            yield FALSE
    elif node.op == "**":
        plain = isinstance(last, Number) and last.value.denominator == 1
        if not plain and not is_integral(last):
            yield FALSE
        elif not (plain and isinstance(last, Number) and last.value >= 0):
            yield Relation("!=", first, Number(0))
