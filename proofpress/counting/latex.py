"""LaTeX of closed forms and conditions, with letters in the author's order.

Place in the chain: definition -> derivation -> proof -> **figure, template**. Only amsmath is
needed: the embedded engine has neither mathtools nor amssymb. What is printed here is read back,
by `proofpress/formulas`, before any of it is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import sympy as sp
from sympy.logic.boolalg import Boolean

from proofpress.counting.expressions import as_expression, product_form
from proofpress.counting.lines import is_sum, joined
from proofpress.faults.errors import PressError
from proofpress.latex.names import letter_latex
from proofpress.terms.in_sympy import as_symbols

Letters = tuple[sp.Symbol, ...]
# A factor's LaTeX: where it stands among its like, what it is, and the exponent it carries.
_Factor = tuple[sp.Expr, sp.Expr]

_NUMBER_FIRST = -1
_FEW_ROWS = 16  # of cases, for which it is looked at in full which of them exclude which


def formula(expression: object, letters: Iterable[object] = ()) -> str:
    """Return the display LaTeX of an expression, factored, as one fraction, or as cases.

    Raises PressError for what the press cannot print.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> formula((t + 1) * (2 * n - t) / 2, (n, t))
    '\\\\dfrac{(2n - t)(t + 1)}{2}'
    """
    value, order = as_expression(expression), as_symbols(letters)
    if isinstance(value, sp.Piecewise):
        return _cases(value, order, ". ")
    return _fraction(value, order, "dfrac")


def inline(expression: object, letters: Iterable[object] = ()) -> str:
    """Return LaTeX for running text, with small fractions.

    >>> n = sp.Symbol("n", integer=True)
    >>> inline(n**2 / 2 - n / 2, (n,))
    '\\\\tfrac{n(n - 1)}{2}'
    """
    value, order = as_expression(expression), as_symbols(letters)
    if isinstance(value, sp.Piecewise):
        return _cases(value, order, " ")
    return _fraction(value, order, "tfrac")


def written(expression: object, letters: Iterable[object] = ()) -> str:
    """Return LaTeX of an expression as its author wrote it, neither factored nor multiplied out.

    >>> k, w, a = sp.symbols("k w a", integer=True)
    >>> written((k - 1) * w + a, (k, w, a))
    'w(k - 1) + a'
    """
    value, order = as_expression(expression), as_symbols(letters)
    if value.is_Add:
        terms = sorted(value.args, key=lambda term: rank(term, order))
        terms.sort(key=lambda term: term.could_extract_minus_sign())
        return joined([written(term, order) for term in terms])
    as_it_is = value.is_Mul or _is_opaque(value)
    return _fraction(value, order, "tfrac", factor=not as_it_is)


def rank(term: sp.Expr, letters: Sequence[sp.Symbol]) -> tuple[int, int, str]:
    """Return a key that sorts higher degrees first, then by the letters' order."""
    return _rank(term, tuple(letters))


# SymPy takes long to write a term, and many are written often.
@lru_cache(maxsize=8192)
def _rank(term: sp.Expr, letters: Letters) -> tuple[int, int, str]:
    degree = sum(1 for part in sp.preorder_traversal(term) if part.is_Symbol)
    first = min((k for k, x in enumerate(letters) if term.has(x)), default=len(letters))
    return -degree, first, str(term)


@lru_cache(maxsize=8192)
def _fraction(expression: sp.Expr, letters: Letters, style: str, factor: bool = True) -> str:
    """Return a quotient of products."""
    if expression in (sp.oo, -sp.oo):
        return r"\infty" if expression == sp.oo else r"-\infty"
    if isinstance(expression, sp.Sum | sp.Product):
        return _running(expression, letters)
    plain, shown = _hidden(expression)
    whole = sp.together(plain) if plain.has(sp.Add) else plain
    top, bottom = (part.xreplace(shown) for part in whole.as_numer_denom())
    over, under = _product(top, letters, style, factor), _product(bottom, letters, style, factor)
    if under == "1":
        return over
    if over.startswith("-") and (turned := _product(-top, letters, style, factor))[0] != "-":
        # The sign of a sum stands before all of its terms, that of a product before its first.
        return rf"-\{style}{{{turned}}}{{{under}}}"
    return rf"\{style}{{{over}}}{{{under}}}"


def _is_opaque(expression: sp.Basic) -> bool:
    """Return whether an expression is no polynomial of its letters, at its outermost."""
    if expression.is_Pow:
        return not expression.exp.is_Integer or bool(expression.base.is_Number)
    return not (expression.is_Add or expression.is_Mul or expression.is_Symbol) and not (
        expression.is_Rational
    )


def _hidden(expression: sp.Expr) -> tuple[sp.Expr, dict[sp.Expr, sp.Expr]]:
    """Return the expression with a letter for each part that is no polynomial, and what each hides.

    The letters are numbered in the order of the parts' names, the same in every process.
    """
    found: set[sp.Expr] = set()
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if _is_opaque(part):
            found.add(part)
        else:
            waiting += part.args
    if not found:
        return expression, {}
    parts = sorted(found, key=str)
    letters = [sp.Dummy(f"part{k:05}") for k in range(len(parts))]
    hidden = expression.xreplace(dict(zip(parts, letters, strict=True)))
    return hidden, dict(zip(letters, parts, strict=True))


def _factors(expression: sp.Expr) -> tuple[sp.Rational, list[_Factor]]:
    """Return a product's number, and bases with their powers; products within it are opened."""
    number, found = sp.Integer(1), []
    for argument in sp.Mul.make_args(expression):
        if argument.is_Rational:
            number *= argument
        elif argument.is_Mul:
            inner, factors = _factors(argument)
            number *= inner
            found += factors
        elif argument.is_Pow and not _is_opaque(argument):
            found.append((argument.base, argument.exp))
        else:
            found.append((argument, sp.Integer(1)))
    return number, found


def _product(expression: sp.Expr, letters: Letters, style: str, factor: bool) -> str:
    """Return a product as its number, its letters, then its sums in parentheses."""
    if expression.is_Add and factor:
        plain, shown = _hidden(expression)
        expression = product_form(plain).xreplace(shown)
    if expression.is_Add:
        return polynomial(expression, letters)
    coefficient, factors = _factors(expression)
    bases = [(base, power) for base, power in factors if base.is_Add]
    atoms = [(base, power) for base, power in factors if not base.is_Add]
    turned = [k for k, (base, power) in enumerate(bases) if power.is_odd and _turns(base, letters)]
    if coefficient * (-1) ** len(turned) < 0 and turned:
        # One sum keeps its sign, so that no sign has to stand before the product.
        turned.pop()
    coefficient *= (-1) ** len(turned)
    sums = []
    for k, (base, power) in enumerate(bases):
        shown_base = -base if k in turned else base
        sums.append((rank(shown_base, letters)[1:], _sum(shown_base, letters), power))
    sums.sort(key=lambda one: (one[0], one[1], str(one[2])))
    if not atoms and coefficient == 1 and len(sums) == 1 and sums[0][2] == 1:
        return sums[0][1]
    texts = [_raised(base, power, letters, style) for base, power in _ordered(atoms, letters)]
    brackets = [f"({text}){_exponent(power)}" for _, text, power in sums]
    return _side_by_side(coefficient, texts, brackets)


def _ordered(atoms: list[_Factor], letters: Letters) -> list[_Factor]:
    """Return atoms in the order in which they are printed: powers of numbers, letters, others."""

    def place(one: _Factor) -> tuple[int, str, str]:
        base = one[0]
        if base.is_Pow and base.base.is_Number:
            return _NUMBER_FIRST, str(base), str(one[1])
        at = letters.index(base) if base in letters else len(letters)
        return at, str(base), str(one[1])

    return sorted(atoms, key=place)


def _side_by_side(number: sp.Rational, atoms: Sequence[str], sums: Sequence[str] = ()) -> str:
    """Return a number and factors, with a sign between two that would be read as one."""
    made = "-" if number < 0 else ""
    if abs(number) != 1 or not (atoms or sums):
        made += _number(abs(number))
    after_number, after_name = made not in ("", "-"), False
    for k, text in enumerate((*atoms, *sums)):
        is_name = text.startswith(r"\mathrm")
        if (after_name or (is_name and k)) or (text[0].isdigit() and (k or after_number)):
            made += r" \cdot "
        elif 0 < k < len(atoms):
            made += " "
        made += text
        after_name = is_name
    return made


def _exponent(power: sp.Expr) -> str:
    return "" if power == 1 else f"^{{{power}}}"


def _raised(base: sp.Expr, power: sp.Expr, letters: Letters, style: str) -> str:
    """Return an atom with its integer exponent."""
    text = _atom(base, letters, style)
    bare = not (base.is_Pow or isinstance(base, sp.factorial)) or power == 1
    return text + _exponent(power) if bare else f"({text}){_exponent(power)}"


def _sum(expression: sp.Expr, letters: Letters) -> str:
    """Return a sum inside parentheses; products of sums in it stay as they are."""
    nested = any(part.is_Add for term in expression.args for part in sp.Mul.make_args(term))
    return written(expression, letters) if nested else polynomial(expression, letters)


def _turns(expression: sp.Expr, letters: Letters) -> bool:
    """Return whether a sum reads better with all its signs turned: its first letter is negative."""
    try:
        return bool(_terms(expression, letters)[0][1] < 0)
    except sp.PolynomialError:
        return False


def _terms(
    expression: sp.Expr, letters: Sequence[sp.Symbol]
) -> list[tuple[list[_Factor], sp.Rational]]:
    """Return factors with powers, and coefficient, of each term, higher terms first."""
    plain, shown = _hidden(expression)
    free = plain.free_symbols
    known = [x for x in letters if x in free]
    rest = sorted(free - set(known) - set(shown), key=str)
    generators = [*known, *rest, *(d for d in shown if d in free)]
    if not generators:
        return [([], as_expression(plain))]
    return [
        (
            [
                (shown.get(g, g), sp.Integer(e))
                for g, e in zip(generators, powers, strict=True)
                if e
            ],
            coefficient,
        )
        for powers, coefficient in sp.Poly(plain, *generators).terms()
    ]


def polynomial(expression: object, letters: Iterable[object] = ()) -> str:
    """Return a sum multiplied out, in the letters' order, a positive term first if there is one.

    >>> n, t = sp.symbols("n t", integer=True)
    >>> polynomial(1 - t + 2 * n, (n, t))
    '2n - t + 1'
    """
    order = as_symbols(letters)
    try:
        terms = _terms(as_expression(expression), order)
    except sp.PolynomialError:
        return written(expression, order)
    if terms[0][1] < 0:
        terms.sort(key=lambda term: bool(term[1] < 0))
    texts = []
    for factors, coefficient in terms:
        powers = [one for one in factors if one[0].is_Pow and one[0].base.is_Number]
        others = [one for one in factors if one not in powers]
        atoms = [_raised(*one, order, "tfrac") for one in (*powers, *others)]
        texts.append(_side_by_side(coefficient, atoms))
    return joined(texts)


def _number(value: sp.Rational) -> str:
    """Return a number that is not negative."""
    return str(value) if value.is_Integer else rf"\tfrac{{{value.p}}}{{{value.q}}}"


def _atom(atom: sp.Expr, letters: Letters, style: str) -> str:
    """Return what is neither a sum nor a product, so that it can stand beside other factors."""
    match atom:
        case sp.Symbol():
            return letter_latex(atom)
        case sp.Mod(args=(value, divisor)):
            inside = (polynomial if value.is_Add else written)(value, letters)
            by = written(divisor, letters)
            # A sum or product with limits would seem to take the remainder of each term.
            if is_sum(inside) or value.has(sp.Sum, sp.Product):
                inside = f"({inside})"
            if not (divisor.is_Symbol or (divisor.is_Integer and divisor >= 0)):
                by = f"({by})"
            return rf"({inside} \bmod {by})"
        case sp.floor() | sp.ceiling():
            side = "floor" if isinstance(atom, sp.floor) else "ceil"
            return rf"\left\l{side} {_fraction(atom.args[0], letters, style)} \right\r{side}"
        case sp.Abs(args=(value,)):
            return rf"\lvert {_fraction(value, letters, 'tfrac')} \rvert"
        case sp.Min() | sp.Max():
            ordered = sorted(atom.args, key=lambda x: (not x.is_number, rank(x, letters)[1:]))
            texts = r",\ ".join(written(value, letters) for value in ordered)
            return rf"\{type(atom).__name__.lower()}({texts})"
        case sp.binomial(args=(upper, lower)):
            return rf"\binom{{{written(upper, letters)}}}{{{written(lower, letters)}}}"
        case sp.factorial(args=(value,)):
            text = written(value, letters)
            bare = value.is_Symbol or (value.is_Integer and value >= 0)
            return f"{text}!" if bare else f"({text})!"
        case sp.Pow(base=base, exp=exponent) if exponent.is_Integer or exponent.is_integer:
            text = written(base, letters)
            bare = base.is_Symbol or (base.is_Integer and base >= 0)
            return (text if bare else f"({text})") + f"^{{{written(exponent, letters)}}}"
        case sp.Sum() | sp.Product():
            return f"({_running(atom, letters)})"
        case sp.Piecewise():
            return rf"\left( {_cases(atom, letters, ' ')} \right)"
    raise PressError(
        f"the press cannot print {atom}",
        mend="write it with sums, products, integer powers, floor, ceiling, Mod, Abs, Min, Max, "
        "binomial, factorial, Sum or cases",
    )


def _running(expression: sp.Expr, letters: Letters) -> str:
    """Return a sum or product with its limits, the outermost first."""
    term, *limits = expression.args
    text = _fraction(term, letters, "tfrac")
    if is_sum(text):
        text = f"({text})"
    sign = "sum" if isinstance(expression, sp.Sum) else "prod"
    for limit in limits:
        if len(limit) != 3:
            raise PressError(f"the press cannot print {expression}", mend="give the sum two ends")
        letter, low, high = limit
        ends = polynomial(low, letters), polynomial(high, letters)
        text = rf"\{sign}_{{{letter_latex(letter)} = {ends[0]}}}^{{{ends[1]}}} {text}"
    return text


def _cases(expression: sp.Piecewise, letters: Letters, end: str) -> str:
    """Return cases of which no two hold at once: a row that another one excludes says so."""
    # Conditions are printed by means of what stands above.
    from proofpress.counting.conditions import condition, exclude

    rows: list[str] = []
    before: list[Boolean] = []
    few = len(expression.args) <= _FEW_ROWS
    for value, when in expression.args:
        if when == sp.true:
            words = r"\text{otherwise}"
        else:
            apart = all(exclude(when, other, few) for other in before)
            start = r"\text{if }" if apart else r"\text{otherwise, if }"
            words = f"{start} {condition(when, letters)}"
        rows.append(f"{_fraction(value, letters, 'dfrac')} & {words}")
        before.append(when)
    return r"\begin{cases} " + r", \\[1.5ex] ".join(rows) + end + r"\end{cases}"
