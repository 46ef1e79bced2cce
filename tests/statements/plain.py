"""The corpus's own reading of a statement: source text as exact arithmetic on Python's integers.

Nothing of the press and nothing of SymPy is used. A text such as "n*(n + 1)/2" or
"(1 <= i) & (i <= n)" is Python's syntax with the meaning it has on paper: `/` is exact, `&`, `|`
and `~` are and, or and not, a Piecewise has the value of its first case that holds, and what is
undefined (a pole, a root of -1, a factorial of -1) has no value.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from typing import Any

Number = int | Fraction


class NoValue(Exception):
    """Raised where a text has no value as a rational number."""


class Unreadable(Exception):
    """Raised for a text that this reader does not know: a fault of the corpus."""


def value(text: str, **letters: int) -> Any:
    """Return the number or truth value of a text at integer letters; others are ignored.

    Raises NoValue where there is none.

    >>> value("n*(n + 1)/2", n=4), value("floor(n/2) <= -1", n=-1), value("(n - 3)/2", n=4)
    (10, True, Fraction(1, 2))
    >>> value("(n - 37)/(n - 37)", n=37)
    Traceback (most recent call last):
    ...
    statements.plain.NoValue: divided by 0
    """
    names, function = reading(text)
    return function(*(letters[name] for name in names))


def equal(one: str, other: str, **letters: int) -> bool:
    """Return whether two texts have values there, and the same.

    >>> equal("n**2", "n*n", n=3), equal("1/n", "1/n", n=0)
    (True, False)
    """
    try:
        return bool(value(one, **letters) == value(other, **letters))
    except NoValue:
        return False


@cache
def reading(text: str) -> tuple[tuple[str, ...], Callable[..., Any]]:
    """Return the letters of a text, in the order of their names, and its function of them.

    >>> reading("Sum(k*n, (k, 1, t))")[0]
    ('n', 't')
    """
    tree = ast.parse(text.strip(), mode="eval")
    names = tuple(sorted(set(_letters(tree.body, frozenset()))))
    body = _Reader().visit(tree.body)
    arguments = ast.arguments(
        posonlyargs=[], args=[ast.arg(n) for n in names], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    function = ast.Expression(ast.Lambda(arguments, body))
    ast.fix_missing_locations(function)
    return names, eval(compile(function, f"<plain {text[:60]}>", "eval"), dict(_FUNCTIONS))


def _letters(node: ast.AST, bound: frozenset[str]) -> Iterator[str]:
    """Return the names in a text that are neither functions nor bound by a sum or a count."""
    if isinstance(node, ast.Name):
        if node.id not in bound and node.id not in _FUNCTIONS and node.id not in _SPECIAL:
            yield node.id
    elif isinstance(node, ast.Call) and _called(node) in _BINDERS:
        inner = bound
        for limits in node.args[1:]:
            letter, low, high = _limits(limits)
            yield from _letters(low, inner)
            yield from _letters(high, inner)
            inner = inner | {letter}
        yield from _letters(node.args[0], inner)
    elif isinstance(node, ast.Call):
        for argument in node.args:
            yield from _letters(argument, bound)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _letters(child, bound)


def _limits(node: ast.expr) -> tuple[str, ast.expr, ast.expr]:
    if isinstance(node, ast.Tuple) and len(node.elts) == 3 and isinstance(node.elts[0], ast.Name):
        return node.elts[0].id, node.elts[1], node.elts[2]
    raise Unreadable(f"{ast.unparse(node)} is no letter with its limits")


def _called(node: ast.Call) -> str:
    """Return the name of what is called; sp.Mul and Mul are the same."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    if isinstance(node.func, ast.Name):
        return node.func.id
    raise Unreadable(f"{ast.unparse(node)} calls no name")


def _call(name: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


class _Reader(ast.NodeTransformer):
    """Turns a text into Python whose operations are exact."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = self.visit(node.left), self.visit(node.right)
        for sign, name in ((ast.Div, "quotient"), (ast.Pow, "power"), (ast.Mod, "Mod")):
            if isinstance(node.op, sign):
                return _call(name, left, right)
        if isinstance(node.op, ast.BitAnd):
            return ast.BoolOp(ast.And(), [left, right])
        if isinstance(node.op, ast.BitOr):
            return ast.BoolOp(ast.Or(), [left, right])
        if isinstance(node.op, ast.FloorDiv):
            return _call("floor", _call("quotient", left, right))
        return ast.BinOp(left, node.op, right)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        inner = self.visit(node.operand)
        return ast.UnaryOp(ast.Not() if isinstance(node.op, ast.Invert) else node.op, inner)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if isinstance(node.value, float):
            exact = Fraction(node.value)
            return _call("quotient", ast.Constant(exact.numerator), ast.Constant(exact.denominator))
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if node.attr in ("true", "false"):
            return ast.Constant(node.attr == "true")
        if node.attr in ("oo", "nan", "zoo", "I", "pi", "E"):
            return _call("no_value", ast.Constant(node.attr))
        raise Unreadable(f"{ast.unparse(node)} has no meaning here")

    def visit_Call(self, node: ast.Call) -> ast.expr:
        name = _called(node)
        if name == "Piecewise":
            return self._cases(node.args)
        if name in ("Sum", "Product"):
            letter, low, high = _limits(node.args[1])
            arguments = ast.arguments([], [ast.arg(letter)], None, [], [], None, [])
            term = ast.Lambda(arguments, self.visit(node.args[0]))
            return _call(name, term, self.visit(low), self.visit(high))
        if name == "number":
            return self._number(node)
        if name not in _FUNCTIONS:
            raise Unreadable(f"{name} has no meaning here")
        return _call(name, *map(self.visit, node.args))

    def _cases(self, cases: list[ast.expr]) -> ast.expr:
        if not cases:
            return _call("no_value", ast.Constant("no case holds"))
        first, *others = cases
        if not isinstance(first, ast.Tuple):
            raise Unreadable(f"{ast.unparse(first)} is no case")
        then, when = map(self.visit, first.elts)
        return ast.IfExp(when, then, self._cases(others))

    def _number(self, node: ast.Call) -> ast.expr:
        """Return how many points of a box make a condition true: number(condition, (i, 1, n))."""
        loops = []
        for limits in node.args[1:]:
            letter, low, high = _limits(limits)
            steps = _call("steps", self.visit(low), self.visit(high))
            loops.append(ast.comprehension(ast.Name(letter, ast.Store()), steps, [], 0))
        loops[-1].ifs.append(self.visit(node.args[0]))
        return _call("sum", ast.GeneratorExp(ast.Constant(1), loops))


def _no_value(why: str) -> Number:
    raise NoValue(why)


def _quotient(top: Number, bottom: Number) -> Number:
    if bottom == 0:
        raise NoValue("divided by 0")
    exact = Fraction(top) / Fraction(bottom)
    return exact.numerator if exact.denominator == 1 else exact


def _power(base: Number, exponent: Number) -> Number:
    if exponent == math.floor(exponent):
        if base == 0 and exponent < 0:
            raise NoValue("0 to a negative power")
        return Fraction(base) ** int(exponent) if exponent < 0 else base ** int(exponent)
    if base < 0:
        raise NoValue("a root of a negative number")
    if base in (0, 1) and exponent > 0:
        return base
    raise Unreadable(f"{base} to the power {exponent} is not worked out here")


def _modulo(top: Number, bottom: Number) -> Number:
    if bottom == 0:
        raise NoValue("a remainder by 0")
    return top - bottom * math.floor(Fraction(top) / Fraction(bottom))


def _whole(given: Number) -> int:
    if given != math.floor(given):
        raise NoValue(f"{given} is no integer")
    return int(given)


def _steps(low: Number, high: Number) -> range:
    return range(_whole(low), _whole(high) + 1)


def _factorial(given: Number) -> int:
    if _whole(given) < 0:
        raise NoValue(f"the factorial of {given}")
    return math.factorial(_whole(given))


def _gamma(given: Number) -> int:
    if _whole(given) <= 0:
        raise NoValue(f"gamma has a pole at {given}")
    return math.factorial(_whole(given) - 1)


def _binomial(top: Number, bottom: Number) -> Number:
    """Return the binomial coefficient, 0 for a negative lower index."""
    upper, lower = _whole(top), _whole(bottom)
    if lower < 0:
        return 0
    return _quotient(math.prod(upper - k for k in range(lower)), math.factorial(lower))


_SPECIAL = ("sp", "Piecewise", "number")
_BINDERS = ("Sum", "Product", "number")
_FUNCTIONS: dict[str, Any] = {
    "quotient": _quotient,
    "power": _power,
    "Mod": _modulo,
    "floor": math.floor,
    "ceiling": math.ceil,
    "steps": _steps,
    "no_value": _no_value,
    "sum": sum,
    "Abs": abs,
    "Min": min,
    "Max": max,
    "sign": lambda x: (x > 0) - (x < 0),
    "factorial": _factorial,
    "gamma": _gamma,
    "binomial": _binomial,
    "Eq": lambda a, b: a == b,
    "Ne": lambda a, b: a != b,
    "And": lambda *parts: all(parts),
    "Or": lambda *parts: any(parts),
    "Not": lambda part: not part,
    "Sum": lambda term, low, high: sum(map(term, _steps(low, high))),
    "Product": lambda term, low, high: math.prod(map(term, _steps(low, high))),
    "Add": lambda *parts: sum(parts),
    "Mul": lambda *parts: math.prod(parts),
    "Pow": _power,
    "Rational": _quotient,
    "Integer": lambda x: x,
}
