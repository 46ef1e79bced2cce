"""Proof by looking: a closed form compared with plain enumeration on all small cases.

Place in the chain: definition -> derivation -> **proof**. It is exact on the cases it looks at
and says nothing of others: its verdict is *checked*, never *proved*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.deadline import check_deadline
from proofpress.counting.plain import OutsideDomain, exact, function
from proofpress.ledger.claims import Verdict
from proofpress.proving.domains import Cases, domain_is_empty
from proofpress.proving.method import Finding
from proofpress.terms.tree import Condition, Term
from proofpress.terms.value import NotRational, NoValue, compiled

Values = dict[sp.Symbol, int]


def small_cases(
    letters: Sequence[sp.Symbol], assuming: Boolean | Condition, largest: int | None = None
) -> Iterator[Values]:
    """Return the small values of the letters that the assumption admits, as `Cases` finds them.

    They come in the order of their distance from zero, or from where they begin, so that the first
    counterexample is a smallest one.

    >>> n, = sp.symbols("n", integer=True),
    >>> [case[n] for case in small_cases((n,), n >= 10)]
    [10, 11, 12]
    >>> [case[n] for case in small_cases((n,), (n >= 100) & (n <= 104))]
    [100, 101, 102, 103, 104]
    """
    for values in Cases(letters, assuming, largest):
        yield dict(zip(letters, values, strict=True))


def compared(
    letters: Sequence[sp.Symbol],
    assuming: Boolean | Condition,
    closed_form: sp.Expr | Term,
    counted: Callable[[Values], int | Fraction | None],
    largest: int | None = None,
    words: tuple[str, str] = ("stated", "counted"),
) -> Finding:
    """Return *checked* if the closed form equals `counted` on all small cases, else *refuted*.

    The refutation names the smallest counterexample with both values; a case of which `counted`
    says None, that there is no such number, is one. No case at all is undecided, and a domain
    that is shown to be empty is told. An author's own term is worked out as it is written; where
    its value is not rational nothing is compared.
    """
    value = value_of(letters, closed_form)
    tried = 0
    cases = Cases(letters, assuming, largest)
    for values in cases:
        check_deadline()
        case = dict(zip(letters, values, strict=True))
        truth = counted(case)
        try:
            claimed = value(*values)
        except NotRational:
            continue
        tried += 1
        if truth is None or claimed != truth:
            at = ", ".join(f"{letter} = {x}" for letter, x in case.items())
            said = "no value" if claimed is None else claimed
            number = "none" if truth is None else truth
            return Finding(Verdict.REFUTED, at, f"{at}: {words[0]} {said}, {words[1]} {number}")
    if not tried:
        return no_case(letters, assuming)
    return Finding(Verdict.CHECKED, cases.scope, f"{tried} cases")


def value_of(
    letters: Sequence[sp.Symbol], expression: sp.Expr | Term
) -> Callable[..., int | Fraction | None]:
    """Return a function of the letters, as positional integers; its result is None for no value.

    It raises NotRational as `terms.value` does.

    >>> n = sp.Symbol("n", integer=True)
    >>> value_of((n,), 1 / n)(0), value_of((n,), n / 2)(4)
    (None, 2)
    """
    tree = isinstance(expression, Term)
    own = compiled(tuple(map(str, letters)), expression) if tree else function(letters, expression)

    def value(*values: int) -> int | Fraction | None:
        try:
            return exact(own(*values))
        except (OutsideDomain, ZeroDivisionError, NoValue):
            return None

    return value


def no_case(letters: Sequence[sp.Symbol], assuming: Boolean | Condition) -> Finding:
    """Return that there was no case to look at, and whether the domain is known to be empty.

    >>> n = sp.Symbol("n", integer=True)
    >>> no_case((n,), (n >= 3) & (n <= 2)).detail
    'no values of the letters satisfy assuming='
    """
    empty = domain_is_empty(letters, assuming)
    told = "no values of the letters satisfy assuming=" if empty else "no case to look at"
    return Finding(Verdict.UNDECIDED, "none", told)


def small_scope(
    letters: Sequence[sp.Symbol],
    assuming: Boolean | Condition = sp.true,
    largest: int | None = None,
) -> str:
    """Return in words which cases `small_cases` gives.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> small_scope((n, t)), small_scope(()), small_scope((n,), n <= -2)
    ('n, t <= 6', 'the one case', '-14 <= n <= -2')
    """
    return Cases(letters, assuming, largest).scope


def at_case(function: Callable[..., int], case: Values) -> int:
    """Return a function of letters at one case, its letters given as positional integers.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> at_case(lambda a, b: a - b, {n: 5, t: 2})
    3
    """
    return function(*case.values())
