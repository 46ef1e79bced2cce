"""An author's expressions in SymPy's form, and SymPy's expressions as such trees.

Place in the chain: **definition** -> derivation. What SymPy makes of a tree is a claim, which
is checked before anything relies on it (`terms.reading`). Conditions are handed over without
evaluation, and a remainder of a remainder as value - divisor * floor(value / divisor).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofpress.faults.errors import PressError
from proofpress.terms.origin import author_line
from proofpress.terms.tree import (
    FALSE,
    TRUE,
    Apply,
    Cases,
    Condition,
    Gate,
    Letter,
    Node,
    Number,
    Relation,
    Series,
    Term,
    Truth,
)
from proofpress.terms.walk import fresh_name, letters_of, one_of_two, put

_RELATIONS = {"<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge, "==": sp.Eq, "!=": sp.Ne}
_GATES = {"and": sp.And, "or": sp.Or, "not": sp.Not, "xor": sp.Xor}
_CALLS = {
    "floor": sp.floor,
    "ceiling": sp.ceiling,
    "Abs": sp.Abs,
    "sign": sp.sign,
    "Min": sp.Min,
    "Max": sp.Max,
    "binomial": sp.binomial,
    "factorial": sp.factorial,
}
_NAMES = {made: name for name, made in _CALLS.items()}


def keep_nested_remainders() -> None:
    """Have SymPy leave a Mod as it is written where a Mod stands inside it.

    SymPy 1.14 makes Mod(2*Mod(i, 3), 3) into 2*Mod(i, 3), which is another number (at i = 2: 1 and
    4), at once when it is written and at every substitution. Known upstream, mended there for a
    release to come. Authors may call SymPy's own Mod, so it is mended for the whole process.

    >>> keep_nested_remainders()
    >>> i = sp.Symbol("i", integer=True)
    >>> sp.Mod(2 * sp.Mod(i, 3), 3), sp.Mod(i + 3, 3)
    (Mod(2*(Mod(i, 3)), 3), Mod(i, 3))
    """
    rules = sp.Mod.__dict__["eval"].__func__
    if getattr(rules, "keeps_nested", False):
        return

    def careful(cls: type, p: sp.Expr, q: sp.Expr) -> sp.Expr | None:
        if p.has(sp.Mod) or q.has(sp.Mod):
            return None
        found: sp.Expr | None = rules(cls, p, q)
        return found

    careful.keeps_nested = True  # type: ignore[attr-defined]
    sp.Mod.eval = classmethod(careful)


def doubt_quotients() -> None:
    """Keep SymPy from taking even numbers for multiples of 6, and for none of 3.

    SymPy only looks at the powers of two in n/6 and n/3: with it, Mod(n, 6) is 0 for an even n, and
    n/3 is never 0. What it says of a divisor with another factor is not known here.

    >>> doubt_quotients()
    >>> even = sp.Symbol("n", even=True)
    >>> (even / 6).is_integer, (even / 3).is_zero, (even / 2).is_integer, sp.Mod(even, 6)
    (None, None, True, Mod(n, 6))
    """
    rules = sp.Mul._eval_is_integer
    if getattr(rules, "doubts_quotients", False):
        return

    def careful(product: sp.Mul) -> bool | None:
        divisor = product.as_coeff_Mul()[0].q if product.args[0].is_Rational else 1
        letters = any(factor.is_Pow and factor.exp.is_negative for factor in product.args)
        if letters or divisor & (divisor - 1):
            return None
        found: bool | None = rules(product)
        return found

    careful.doubts_quotients = True  # type: ignore[attr-defined]
    sp.Mul._eval_is_integer = careful
    sp.Mul._prop_handler["integer"] = careful


def doubt_binomials() -> None:
    """Keep SymPy from taking binomial(n, 3) for negative where it does not know the sign of n.

    SymPy 1.14 says of an odd lower index that the binomial is not nonnegative: with it,
    Abs(binomial(n, 3)) is -binomial(n, 3), and Max(1000, binomial(n, 3)) is 1000.

    >>> doubt_binomials()
    >>> n = sp.Symbol("n", integer=True)
    >>> sp.Abs(sp.binomial(n, 3)), sp.Max(7, sp.binomial(n, 3)), sp.binomial(n, 2).is_nonnegative
    (Abs(binomial(n, 3)), Max(7, binomial(n, 3)), True)
    """

    def careful(number: sp.binomial) -> bool | None:
        above, below = number.args
        if not (above.is_integer and below.is_integer):
            return None
        return True if above.is_nonnegative or below.is_negative or below.is_even else None

    sp.binomial._eval_is_nonnegative = careful
    sp.binomial._prop_handler["nonnegative"] = careful


keep_nested_remainders()
doubt_quotients()
doubt_binomials()


def symbol(letter: Letter) -> sp.Symbol:
    """Return SymPy's symbol for a letter: an integer with no other property.

    >>> symbol(Letter("n")).is_integer, symbol(Letter("n")).is_positive
    (True, None)
    """
    return sp.Symbol(letter.name, integer=True)


def as_symbol(given: object) -> sp.Symbol:
    """Return SymPy's symbol for a letter or symbol that was given.

    Raises PressError for anything else.

    >>> as_symbol(Letter("n"))
    n
    """
    if isinstance(given, Letter):
        return symbol(given)
    if isinstance(given, sp.Symbol):
        return given
    raise PressError(f"{given!r} is no letter", author_line(), 'take one of integers("n t")')


def as_symbols(given: Iterable[object]) -> tuple[sp.Symbol, ...]:
    """Return SymPy's symbols for letters; one letter by itself is a list of one.

    >>> as_symbols([Letter("n"), Letter("t")]), as_symbols(Letter("n"))
    ((n, t), (n,))
    """
    if isinstance(given, Letter | sp.Symbol):
        return (as_symbol(given),)
    return tuple(map(as_symbol, given))


@lru_cache(maxsize=16384)
def to_sympy(node: Node) -> Any:
    """Return SymPy's form of a term or condition.

    >>> i = Letter("i")
    >>> to_sympy((i // 2 >= 2) & (2 * (i % 3) % 3 <= 1))
    (floor(i/2) >= 2) & (2*(Mod(i, 3)) - 3*floor(2*(Mod(i, 3))/3) <= 1)
    """
    match node:
        case Number():
            return sp.Rational(node.value.numerator, node.value.denominator)
        case Letter():
            return symbol(node)
        case Apply():
            return _operation(node.op, [to_sympy(part) for part in node.args])
        case Cases():
            rows = [(to_sympy(term), to_sympy(when)) for term, when in node.rows]
            return sp.Piecewise(*rows, evaluate=False)
        case Series():
            kind = sp.Sum if node.kind == "Sum" else sp.Product
            inside = (symbol(node.letter), to_sympy(node.low), to_sympy(node.high))
            return kind(to_sympy(node.body), inside)
        case Truth():
            return sp.true if node.value else sp.false
        case Relation():
            left, right = to_sympy(node.left), to_sympy(node.right)
            return _RELATIONS[node.op](left, right, evaluate=False)
        case Gate():
            if node.op == "xor":
                # SymPy's Xor rewrites comparisons, or fails on them.
                return to_sympy(one_of_two(node))
            join = {"and": sp.And, "or": sp.Or, "not": sp.Not}[node.op]
            return join(*map(to_sympy, node.args), evaluate=False)
    raise AssertionError(f"no such node: {type(node)}")


def _operation(op: str, args: list[sp.Expr]) -> sp.Expr:
    match op:
        case "+":
            return args[0] + args[1]
        case "-":
            return args[0] - args[1]
        case "*":
            return args[0] * args[1]
        case "/":
            return args[0] / args[1]
        case "neg":
            return -args[0]
        case "**":
            return args[0] ** args[1]
        case "Mod":
            above, below = args
            if below.is_zero:
                what = f"Mod({above}, {below}) has no value: a remainder by zero"
                raise PressError(what, author_line(), "give it another divisor")
            if above.has(sp.Mod) or below.has(sp.Mod):
                return above - below * sp.floor(above / below)
            return sp.Mod(above, below)
    return _CALLS[op](*args)


def term_of(expression: sp.Basic) -> Term:
    """Return a SymPy expression as a term, part by part as SymPy holds it.

    Raises PressError for what has no value at integers, or none that is rational.

    >>> n = sp.Symbol("n", integer=True)
    >>> term_of(sp.floor(n / 2) - 1)
    floor(n/2) - 1
    """
    term = _term(expression)
    if term is None:
        raise PressError(
            f"{expression} is not an expression of integer letters and exact numbers",
            author_line(),
            "use letters from integers(...), fractions, + - * / **, floor, ceiling, Mod, Abs, "
            "sign, Min, Max, binomial, factorial, Piecewise, Sum and Product",
        )
    return term


def condition_of(predicate: sp.Basic) -> Condition:
    """Return a SymPy condition as a condition, part by part as SymPy holds it.

    >>> n = sp.Symbol("n", integer=True)
    >>> condition_of((n >= 1) & (n <= 5))
    (n >= 1) & (n <= 5)
    """
    condition = _condition(predicate)
    if condition is None:
        raise PressError(
            f"{predicate} is not a condition on integer letters",
            author_line(),
            "write comparisons of letters, joined by &, |, ^ and ~",
        )
    return condition


@lru_cache(maxsize=16384)
def _term(expression: sp.Basic) -> Term | None:
    if expression.is_Symbol:
        return _letter(expression)
    if expression.is_Rational:
        return Number(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Add:
        return _sum(expression)
    if expression.is_Mul:
        return _product(expression)
    if expression.is_Pow:
        base, exponent = expression.args
        if exponent.is_Integer and exponent < 0:
            inner = base if exponent == -1 else sp.Pow(base, -exponent, evaluate=False)
            return _applied("/", (sp.Integer(1), inner))
        return _applied("**", (base, exponent))
    if isinstance(expression, sp.Mod):
        return _applied("Mod", expression.args)
    if isinstance(expression, sp.gamma):
        return _applied("factorial", (expression.args[0] - 1,))
    if isinstance(expression, sp.Piecewise):
        rows = [(_term(value), _condition(when)) for value, when in expression.args]
        whole = [(value, when) for value, when in rows if value is not None and when is not None]
        return Cases(tuple(whole)) if len(whole) == len(rows) else None
    if isinstance(expression, sp.Sum | sp.Product):
        return _series(expression)
    for made, name in _NAMES.items():
        if isinstance(expression, made):
            # SymPy keeps the arguments of Min and Max in a set.
            arguments = expression.args
            if name in ("Min", "Max"):
                arguments = tuple(sorted(arguments, key=sp.default_sort_key))
            return _applied(name, arguments)
    return None


def _letter(expression: sp.Symbol) -> Letter | None:
    """Return the letter of a symbol that is an integer, or nothing at all, by assumption."""
    told = {key: fact for key, fact in expression.assumptions0.items() if key != "commutative"}
    plain = sp.Symbol(expression.name, integer=True).assumptions0
    known = not told or all(plain.get(key) == fact for key, fact in told.items())
    return Letter(expression.name) if known and not isinstance(expression, sp.Dummy) else None


def _applied(op: str, args: Any) -> Term | None:
    terms = [_term(argument) for argument in args]
    whole = [term for term in terms if term is not None]
    return Apply(op, tuple(whole)) if len(whole) == len(terms) else None


def _sum(expression: sp.Expr) -> Term | None:
    total: Term | None = None
    # Terms of letters first, the number last, as it is printed.
    arguments = sorted(expression.args, key=lambda a: (a.is_number, sp.default_sort_key(a)))
    for argument in arguments:
        negative = argument.as_coeff_Mul()[0].is_negative
        term = _term(-argument if negative else argument)
        if term is None:
            return None
        if total is None:
            total = Apply("neg", (term,)) if negative else term
        else:
            total = Apply("-" if negative else "+", (total, term))
    return total


def _product(expression: sp.Expr) -> Term | None:
    above: Term | None = None
    below: Term | None = None
    for argument in expression.args:
        number = argument.is_Rational and not argument.is_Integer
        if argument.is_Pow and argument.exp.is_Integer and argument.exp < 0:
            base = sp.Pow(argument.base, -argument.exp, evaluate=False)
            below = _times(below, _term(argument.base if argument.exp == -1 else base))
        elif number:
            above = _times(above, Number(int(argument.p))) if argument.p != 1 else above
            below = _times(below, Number(int(argument.q)))
        else:
            term = _term(argument)
            if term is None:
                return None
            above = _times(above, term)
    if below is None:
        return above
    return Apply("/", (Number(1) if above is None else above, below))


def _times(one: Term | None, other: Term | None) -> Term | None:
    if other is None or one is None:
        return other
    return Apply("*", (one, other))


def _series(expression: sp.Expr) -> Term | None:
    kind = "Sum" if isinstance(expression, sp.Sum) else "Product"
    body = _term(expression.function)
    for limits in expression.limits:
        if len(limits) != 3:
            return None
        letter, low, high = map(_term, limits)
        if body is None or low is None or high is None or not isinstance(letter, Letter):
            return None
        if letter.name in letters_of(low) | letters_of(high):
            fresh = Letter(fresh_name(letter.name, letters_of(low) | letters_of(high)))
            body, letter = put(body, {letter.name: fresh}), fresh
        body = Series(kind, body, letter, low, high)
    return body


@lru_cache(maxsize=16384)
def _condition(predicate: sp.Basic) -> Condition | None:
    if predicate in (sp.true, sp.false):
        return TRUE if predicate == sp.true else FALSE
    if isinstance(predicate, Relational):
        left, right = map(_term, predicate.args)
        if left is None or right is None:
            return None
        return Relation(predicate.rel_op, left, right)
    for name, made in _GATES.items():
        if isinstance(predicate, made):
            return _gate(name, predicate.args)
    if isinstance(predicate, Boolean):
        plain = sp.to_nnf(predicate, simplify=False)
        return None if plain == predicate else _condition(plain)
    return None


def _gate(op: str, args: Any) -> Condition | None:
    parts = [_condition(argument) for argument in args]
    whole = [part for part in parts if part is not None]
    return Gate(op, tuple(whole)) if len(whole) == len(parts) else None
