"""The printed lines of a bound: the difference of its sides, and why it is not negative.

Place in the chain: definition -> **derivation** -> proof. The lines show the argument that was
found, with its own letters and numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import sympy as sp

from proofpress.counting.expressions import product_form
from proofpress.counting.latex import formula, polynomial
from proofpress.counting.lines import broken, joined
from proofpress.latex.meant import Equal, Meant
from proofpress.latex.names import letter_latex
from proofpress.ledger.claims import Line
from proofpress.proving.difference import Argument, Part
from proofpress.proving.polynomials import bounds
from proofpress.terms.arithmetic import ONE, Polynomial

Letters = Sequence[sp.Symbol]


def lines(
    found: Argument | None, smaller: sp.Expr, greater: sp.Expr, letters: Letters
) -> tuple[Line, ...]:
    """Return the lines of a bound's derivation; the difference alone where nothing was found.

    >>> n = sp.Symbol("n", integer=True)
    >>> lines(None, n, n**2, (n,))[0].formula
    'n(n - 1)'
    """
    difference = greater - smaller
    plain = difference.is_polynomial(*letters)
    if plain:
        shown = formula(product_form(difference, tuple(letters)), letters)
    else:
        shown = _minus(greater, smaller, letters)
    first = Line("difference", "The right side minus the left side is", shown, difference)
    if found is None:
        return (first,)
    if not found.parts:
        return (first, _of_values(found))
    part = found.parts[0]
    if len(found.parts) > 1 or part.below != ONE or not plain or not _of_letters(part, letters):
        return (first, _of_cases(found, shown, difference))
    if part.way.kind == "signs":
        return (first, _of_signs(part, difference, letters))
    return (first, _of_sum(part, shown, difference, letters))


def _minus(greater: sp.Expr, smaller: sp.Expr, letters: Letters) -> str:
    text = formula(smaller, letters)
    if smaller.is_Add or text.startswith("-"):
        text = f"({text})"
    return f"{formula(greater, letters)} - {text}"


def _of_letters(part: Part, letters: Letters) -> bool:
    known = {("letter", str(letter)) for letter in letters}
    forms = [part.goal, *(factor for _, factors in part.way.parts for factor in factors)]
    return all(atom in known for form in forms for monomial in form for atom, _ in monomial)


def _of_signs(part: Part, difference: sp.Expr, letters: Letters) -> Line:
    """Return the difference in excesses over the letters' bounds."""
    moved, primed = {}, {}
    for letter in letters:
        low, high = bounds(part.facts, ("letter", str(letter)))
        if low is None and high is None:
            continue
        prime = sp.Symbol(primed_name(str(letter), letters), integer=True)
        primed[prime] = letter
        moved[letter] = prime + low if low is not None else high - prime
    told = r",\ ".join(f"{letter_latex(x)} = {polynomial(value)}" for x, value in moved.items())
    body = sp.expand(sp.expand(difference).xreplace(moved))
    if not moved:
        return Line("excess", "That is a number, and not negative:", polynomial(body), body)
    said = sp.And(*(sp.Eq(x, value, evaluate=False) for x, value in moved.items()), evaluate=False)
    return Line(
        "excess",
        f"Write ${told}$, so that the primed letters are not negative. "
        "Then the difference has no negative coefficient:",
        broken(polynomial(body, tuple(primed))),
        body,
        (said,),
    )


def primed_name(name: str, letters: Iterable[object]) -> str:
    """Return a name with as many primes as make it new among the letters.

    >>> primed_name("n", sp.symbols("n t"))
    "n'"
    """
    taken = set(map(str, letters))
    primed = f"{name}'"
    while primed in taken:
        primed += "'"
    return primed


def _of_sum(part: Part, shown: str, difference: sp.Expr, letters: Letters) -> Line:
    """Return the squares or products, with what they add up to."""
    against = part.way.kind == "contradiction"
    multiple = Fraction(1) if against else part.multiple
    terms = [
        _term(factor / multiple, factors, letters)
        for factor, factors in sorted(part.way.parts, key=lambda p: -max(map(len, p[1])))
    ]
    whole = joined(terms) if terms else "0"
    if whole == shown:
        said = sp.Ge(difference, 0, evaluate=False)
        return Line("sum", "which is not negative on the domain:", rf"{shown} \ge 0", said)
    added = sp.Add(
        *(
            _rational(factor / multiple) * sp.Mul(*map(_expression, factors))
            for factor, factors in part.way.parts
        )
    )
    words, mentioned = _words(part)
    if against:
        said = Equal((added, sp.Integer(-1)))
        return Line("sum", words, f"{whole} = -1", said, mentioned)
    return Line("sum", words, f"{shown} = {whole}", Equal((difference, added)), mentioned)


def _words(part: Part) -> tuple[str, tuple[Meant, ...]]:
    """Return the text before a sum, and what the formulas in it are meant to say."""
    times = "" if part.multiple == 1 else f"{part.multiple} times "
    if part.way.kind == "contradiction":
        return f"Were {times}it negative, no term of this sum would be negative, and yet", ()
    if part.way.kind == "products":
        return "On the domain no term of this sum is negative:", ()
    if any(_constant(factors) < 0 for _, factors in part.way.parts):
        it = f"{part.multiple} times it" if times else "it"
        text = f"By completing squares {it} is a whole number above $-1$, so not negative:"
        return text, (sp.Integer(-1),)
    return "Completing squares,", ()


def _constant(factors: Sequence[Polynomial]) -> Fraction:
    return factors[0].get((), Fraction(0)) if set(factors[0]) <= {()} else Fraction(0)


def _term(factor: Fraction, factors: Sequence[Polynomial], letters: Letters) -> str:
    """Return a number times powers of polynomials in parentheses."""
    number = sp.Rational(factor.numerator, factor.denominator)
    powers: dict[sp.Expr, int] = {}
    for form in factors:
        expression = _expression(form)
        if expression.is_Rational:
            number *= expression
        else:
            powers[expression] = powers.get(expression, 0) + 1
    plain, sums = [], ""
    for expression, power in powers.items():
        text, raised = polynomial(expression, tuple(letters)), "" if power == 1 else f"^{{{power}}}"
        if expression.is_Symbol:
            plain.append(text + raised)
        else:
            sums += f"({text}){raised}"
    body = " ".join(sorted(plain)) + sums
    if not body:
        return formula(number)
    if abs(number) == 1:
        return body if number > 0 else f"-{body}"
    return (
        f"{formula(number)} {body}"
        if number.is_Rational and not number.is_Integer
        else f"{number}{body}"
    )


def _expression(form: Polynomial) -> sp.Expr:
    return sp.Add(
        *(
            sp.Rational(c.numerator, c.denominator)
            * sp.Mul(*(sp.Symbol(atom[1], integer=True) ** power for atom, power in monomial))
            for monomial, c in form.items()
        )
    )


def _of_values(found: Argument) -> Line:
    if found.least is None:
        raise ValueError("no value of the domain was looked at")
    least, values = found.least
    where_met = {sp.Symbol(name, integer=True): x for name, x in values.items()}
    at = r",\ ".join(f"{letter_latex(letter)} = {x}" for letter, x in where_met.items())
    met = sp.And(*(sp.Eq(x, v, evaluate=False) for x, v in where_met.items()), evaluate=False)
    where = f", at ${at}$" if at else ""
    return Line(
        "all values",
        f"Of all {found.values} values of the domain the least difference{where}, is",
        formula(_rational(least)),
        _rational(least),
        (met,) if where_met else (),
    )


def _of_cases(found: Argument, shown: str, difference: sp.Expr) -> Line:
    how = []
    if found.floors:
        how.append("with letters for floors and remainders and what defines them")
    if any(part.below != ONE for part in found.parts):
        how.append("times a positive divisor")
    if len(found.parts) > 1:
        how.append(f"in each of {len(found.parts)} cases")
    said = f", {', '.join(how)}," if how else ""
    method = found.method.capitalize()
    text = f"{method} show{said} that this is not negative:"
    return Line("cases", text, rf"{shown} \ge 0", sp.Ge(difference, 0, evaluate=False))


def _rational(number: Fraction) -> sp.Rational:
    return sp.Rational(number.numerator, number.denominator)
