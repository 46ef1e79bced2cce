"""LaTeX of closed forms and conditions, with letters in the author's order.

Place in the chain: definition -> derivation -> proof -> **figure, template**. Only amsmath is
needed: the embedded engine has neither mathtools nor amssymb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from proofpress.counting.expressions import as_expression, product_form

_RELATIONS = {"==": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
_MIRROR = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_BENT = (sp.floor, sp.ceiling, sp.Mod)

# About so many characters of mathematics fit into 160 mm at 11 pt, with room for a margin.
WIDEST = 76


def formula(expression: sp.Basic, letters: Sequence[sp.Symbol] = ()) -> str:
    """Return the display LaTeX of an expression, factored, as one fraction, or as cases.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> formula((t + 1) * (2 * n - t) / 2, (n, t))
    '\\\\dfrac{(2n - t)(t + 1)}{2}'
    """
    if isinstance(expression, sp.Piecewise):
        rows = [
            rf"{formula(value, letters)} & \text{{if }} {condition(when, letters)}"
            for value, when in expression.args
        ]
        return r"\begin{cases} " + r", \\[1.5ex] ".join(rows) + r". \end{cases}"
    return _fraction(expression, tuple(letters), "dfrac")


def inline(expression: sp.Basic, letters: Sequence[sp.Symbol] = ()) -> str:
    """Return LaTeX for running text, with small fractions.

    >>> n = sp.Symbol("n", integer=True)
    >>> inline(n**2 / 2 - n / 2, (n,))
    '\\\\tfrac{n(n - 1)}{2}'
    """
    return _fraction(expression, tuple(letters), "tfrac")


def written(expression: sp.Expr, letters: Sequence[sp.Symbol] = ()) -> str:
    """Return LaTeX of an expression as its author wrote it, neither factored nor multiplied out.

    >>> k, w, a = sp.symbols("k w a", integer=True)
    >>> written((k - 1) * w + a, (k, w, a))
    'w(k - 1) + a'
    """
    value = as_expression(expression)
    if value.is_Add:
        terms = sorted(value.args, key=lambda term: _rank(term, letters))
        terms.sort(key=lambda term: term.could_extract_minus_sign())
        return joined([written(term, letters) for term in terms])
    if value.is_Mul or isinstance(value, _BENT):
        return _fraction(value, tuple(letters), "tfrac", factor=False)
    return _fraction(value, tuple(letters), "tfrac")


def _rank(term: sp.Expr, letters: Sequence[sp.Symbol]) -> tuple[int, int, str]:
    """Return a key that sorts higher degrees first, then by the letters' order."""
    degree = sum(1 for part in sp.preorder_traversal(term) if part.is_Symbol)
    first = min((k for k, x in enumerate(letters) if term.has(x)), default=len(letters))
    return -degree, first, str(term)


@lru_cache(maxsize=8192)
def _fraction(
    expression: sp.Expr, letters: tuple[sp.Symbol, ...], style: str, factor: bool = True
) -> str:
    """Return a quotient of products; what is no such thing is left to SymPy."""
    try:
        return _quotient(expression, letters, style, factor)
    except sp.PolynomialError:
        return str(sp.latex(expression))


def _quotient(expression: sp.Expr, letters: tuple[sp.Symbol, ...], style: str, factor: bool) -> str:
    whole = sp.together(expression) if expression.has(sp.Add) else expression
    top, bottom = whole.as_numer_denom()
    over, under = _product(top, letters, style, factor), _product(bottom, letters, style, factor)
    if under == "1":
        return over
    sign = "-" if over.startswith("-") else ""
    return rf"{sign}\{style}{{{over.removeprefix('-')}}}{{{under}}}"


def _product(expression: sp.Expr, letters: tuple[sp.Symbol, ...], style: str, factor: bool) -> str:
    """Return a product as its number, its letters, then its sums in parentheses."""
    if expression.is_Integer:
        return str(expression)
    if expression.is_Add and factor:
        hidden = {atom: sp.Dummy() for atom in expression.atoms(*_BENT)}
        shown = {dummy: atom for atom, dummy in hidden.items()}
        expression = product_form(expression.xreplace(hidden)).xreplace(shown)
        if expression.is_Add:
            return polynomial(expression, letters)
    coefficient, rest = expression.as_coeff_Mul()
    plain: list[tuple[tuple[int, str], str]] = []
    bases: list[tuple[sp.Expr, sp.Expr]] = []
    for argument in sp.Mul.make_args(rest):
        base, power = argument.as_base_exp()
        if base.is_Add:
            bases.append((base, power))
        elif not base.is_Number:
            raised = "" if power == 1 else f"^{{{power}}}"
            plain.append((_place(base, letters), _atom(base, letters, style) + raised))
    turned = [k for k, (base, power) in enumerate(bases) if power.is_odd and _turns(base, letters)]
    if coefficient * (-1) ** len(turned) < 0 and turned:
        # One sum keeps its sign, so that no sign has to stand before the product.
        turned.pop()
    coefficient *= (-1) ** len(turned)
    sums = []
    for k, (base, power) in enumerate(bases):
        shown = -base if k in turned else base
        raised = "" if power == 1 else f"^{{{power}}}"
        sums.append((_rank(shown, letters)[1:], f"({_sum(shown, letters)}){raised}"))
    number = "-" if coefficient == -1 else "" if coefficient == 1 else _number(coefficient)
    letters_part = " ".join(text for _, text in sorted(plain))
    body = letters_part + "".join(text for _, text in sorted(sums))
    if not plain and len(sums) == 1 and not number and not sums[0][1].endswith("}"):
        return sums[0][1][1:-1]
    return number + body or "1"


def _place(atom: sp.Expr, letters: tuple[sp.Symbol, ...]) -> tuple[int, str]:
    return letters.index(atom) if atom in letters else len(letters), str(atom)


def _sum(expression: sp.Expr, letters: Sequence[sp.Symbol]) -> str:
    """Return a sum inside parentheses; products of sums in it stay as they are."""
    nested = any(part.is_Add for term in expression.args for part in sp.Mul.make_args(term))
    return written(expression, letters) if nested else polynomial(expression, letters)


def _turns(expression: sp.Expr, letters: Sequence[sp.Symbol]) -> bool:
    """Return whether a sum reads better with all its signs turned: its first letter is negative."""
    return bool(_terms(expression, letters)[0][1] < 0)


def _terms(
    expression: sp.Expr, letters: Sequence[sp.Symbol]
) -> list[tuple[list[tuple[sp.Expr, int]], sp.Rational]]:
    """Return factors with powers, and coefficient, of each term, higher terms first."""
    hidden = {atom: sp.Dummy() for atom in sorted(expression.atoms(*_BENT), key=str)}
    shown = {dummy: atom for atom, dummy in hidden.items()}
    plain = expression.xreplace(hidden)
    free = plain.free_symbols
    known = [x for x in letters if x in free]
    rest = sorted(free - set(known) - set(shown), key=str)
    generators = [*known, *rest, *(d for d in shown if d in free)]
    if not generators:
        return [([], as_expression(expression))]
    return [
        ([(shown.get(g, g), e) for g, e in zip(generators, powers, strict=True) if e], coefficient)
        for powers, coefficient in sp.Poly(plain, *generators).terms()
    ]


def polynomial(expression: sp.Expr, letters: Sequence[sp.Symbol] = ()) -> str:
    """Return a sum multiplied out, in the letters' order, a positive term first if there is one.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> polynomial(1 - t + 2 * n, (n, t))
    '2n - t + 1'
    """
    terms = _terms(as_expression(expression), letters)
    if terms[0][1] < 0:
        terms.sort(key=lambda term: bool(term[1] < 0))
    texts = []
    for factors, coefficient in terms:
        atoms = [
            _atom(base, tuple(letters), "tfrac") + (f"^{{{power}}}" if power > 1 else "")
            for base, power in factors
        ]
        size = abs(coefficient)
        number = "" if size == 1 and atoms else _number(size)
        texts.append(("-" if coefficient < 0 else "") + number + " ".join(atoms))
    return joined(texts)


def visible(text: str) -> int:
    """Return about how many characters wide a formula is printed.

    >>> visible(r"\\dfrac{n(n + 1)}{2}")
    8
    """
    plain = re.sub(r"\\[a-zA-Z]+|[{}\\&^_ ]", "", text)
    return len(plain) + plain.count("+") + plain.count("-") + plain.count("=")


def in_lines(text: str) -> list[str]:
    """Return a sum cut between its terms into lines that fit the text width.

    >>> in_lines("a + b")
    ['a + b']
    """
    lines, current, depth = [], "", 0
    for piece in re.split(r"( [+-] )", text):
        if piece in (" + ", " - ") and depth == 0 and visible(current) > WIDEST / 2:
            lines.append(current)
            current = piece.strip() + " "
        else:
            current += piece
            depth += piece.count("(") + piece.count("{") - piece.count(")") - piece.count("}")
    if lines and visible(current) < WIDEST / 6:
        return [*lines[:-1], f"{lines[-1]} {current}"]
    return [*lines, current]


def broken(text: str) -> str:
    """Return a long sum as lines of an aligned block, a short one as it is.

    >>> broken("a + b")
    'a + b'
    """
    if visible(text) <= WIDEST:
        return text
    body = r" \\ &\quad ".join(in_lines(text))
    return rf"\begin{{aligned}} &{body} \end{{aligned}}"


def equated(first: str, second: str) -> str:
    """Return first = second, on lines of their own where one line would be too long.

    >>> equated("a + b", "c")
    'a + b = c'
    """
    if visible(first) + visible(second) <= WIDEST:
        return f"{first} = {second}"
    left, right = (r" \\ &\quad ".join(in_lines(side)) for side in (first, second))
    return rf"\begin{{aligned}} &{left} \\ &= {right} \end{{aligned}}"


def joined(texts: Iterable[str]) -> str:
    """Return terms joined by their signs.

    >>> joined(["a", "-b", "c"])
    'a - b + c'
    """
    first, *others = texts
    signed = (f" - {text[1:]}" if text.startswith("-") else f" + {text}" for text in others)
    return first + "".join(signed)


def _number(value: sp.Rational) -> str:
    if value.is_Integer:
        return str(value)
    sign = "-" if value < 0 else ""
    return rf"{sign}\tfrac{{{abs(value.p)}}}{{{value.q}}}"


def _atom(atom: sp.Expr, letters: tuple[sp.Symbol, ...], style: str) -> str:
    if isinstance(atom, sp.Mod):
        value, divisor = atom.args
        inside = polynomial(value, letters)
        return rf"({f'({inside})' if value.is_Add else inside} \bmod {written(divisor, letters)})"
    if isinstance(atom, sp.floor | sp.ceiling):
        side = "floor" if isinstance(atom, sp.floor) else "ceil"
        return rf"\left\l{side} {_fraction(atom.args[0], letters, style)} \right\r{side}"
    return letter_latex(atom)


@lru_cache(maxsize=256)
def letter_latex(symbol: sp.Expr) -> str:
    """Return the LaTeX of a letter; SymPy sets up its printer anew for each.

    >>> letter_latex(sp.Symbol("n_1"))
    'n_{1}'
    """
    return str(sp.latex(symbol))


def condition(
    predicate: Boolean, letters: Sequence[sp.Symbol] = (), counted: Sequence[sp.Symbol] = ()
) -> str:
    """Return the LaTeX of a predicate; bounds of one letter are chained, counted ones first.

    A counted letter is bounded by parameters and by those counted before it.

    >>> i, n = sp.symbols("i n", integer=True)
    >>> condition((1 <= i) & (i <= n), (n,), (i,))
    '1 \\\\le i \\\\le n'
    """
    if predicate == sp.true:
        return r"\text{always}"
    # Not SymPy's make_args: that is a set, whose order is not the same in every process.
    parts = list(predicate.args if isinstance(predicate, sp.And) else [predicate])
    order = (*counted, *(letter for letter in letters if letter not in counted))
    texts = []
    for position, letter in enumerate(order):
        later = set(counted[position + 1 :]) if letter in counted else set()
        low = _bound(parts, letter, later, ">=")
        high = _bound(parts, letter, later, "<=")
        if low is not None and high is not None:
            parts = [p for p in parts if p not in (low[0], high[0])]
            shown = letter_latex(letter)
            if low[1] == high[1]:
                texts.append(f"{shown} = {polynomial(low[1], order)}")
            else:
                ends = polynomial(low[1], order), polynomial(high[1], order)
                texts.append(rf"{ends[0]} \le {shown} \le {ends[1]}")
    parts.sort(key=lambda part: (isinstance(part, sp.Or | sp.Not), _rank(part, order)[1:]))
    return r",\ ".join([*texts, *(_part(p, order) for p in parts)])


def _bound(
    parts: Iterable[Boolean], letter: sp.Symbol, later: set[sp.Symbol], sign: str
) -> tuple[Boolean, sp.Expr] | None:
    for part in parts:
        if isinstance(part, Relational):
            for left, op, right in (
                (part.lhs, part.rel_op, part.rhs),
                (part.rhs, _MIRROR[part.rel_op], part.lhs),
            ):
                plain = right.is_polynomial() and not right.atoms(*_BENT)
                forbidden = right.free_symbols & (later | {letter})
                if left == letter and op == sign and plain and not forbidden:
                    return part, right
    return None


def _part(part: Boolean, letters: Sequence[sp.Symbol]) -> str:
    if isinstance(part, sp.Or):
        return r"\text{ or }".join(f"({condition(a, letters)})" for a in part.args)
    if isinstance(part, sp.And):
        return condition(part, letters)
    if isinstance(part, sp.Not):
        return rf"\text{{not }} ({condition(part.args[0], letters)})"
    if isinstance(part, Relational):
        left, sign, right = part.lhs, part.rel_op, part.rhs
        if isinstance(part, sp.Eq) and isinstance(left, sp.Mod) and right == 0:
            return rf"{written(left.args[1], letters)} \mid {polynomial(left.args[0], letters)}"
        if sign == ">=" and not right.is_number and right.as_coeff_Add()[0] >= 2:
            sign, right = ">", right - 1
        return f"{_side(left, letters)} {_RELATIONS[sign]} {_side(right, letters)}"
    return sp.latex(part)


def _side(expression: sp.Expr, letters: Sequence[sp.Symbol]) -> str:
    if expression.has(sp.Abs, sp.Min, sp.Max):
        return sp.latex(expression)
    if expression.is_polynomial() and not expression.atoms(*_BENT):
        return polynomial(expression, letters)
    return written(expression, letters)
