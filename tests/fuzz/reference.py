"""What a piece of source text means, worked out by plain Python and nothing else.

The text that an author writes for the press (`Mod(2*i, 3) >= floor(n/2)`) is compiled here into
arithmetic on integers and exact fractions. No line is shared with the press, and none with SymPy.

Evaluation is strict: what has no value (a division by zero, a pole, a root of a negative number, a
binomial of a negative number) raises NoValue instead of giving a number by some convention. The
one convention is the author's own: binomial(n, k) is a number of subsets, and 0 for k < 0 <= n.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

Number = int | Fraction
Values = Mapping[str, int]


class NoValue(ArithmeticError):
    """Raised where a text has no value."""


def evaluated(text: str, values: Values) -> Any:
    """Return the value of a text at integer letters: an int, a Fraction or a truth value.

    Raises NoValue where there is none.

    >>> evaluated("Mod(2*Mod(i, 3), 3)", {"i": 2}), evaluated("(floor(i/2) + 4)//3", {"i": -3})
    (1, 0)
    >>> evaluated("~(i >= 2) | Eq(i, 2)", {"i": 2}), evaluated("-i/4 + 1", {"i": 2})
    (True, Fraction(1, 2))
    >>> evaluated("Piecewise((1/(n - 3), n > 3), (0, True))", {"n": 3})
    0
    """
    return compiled(text, tuple(values))(*values.values())


def compiled(text: str, letters: Sequence[str]) -> Callable[..., Any]:
    """Return a function of the letters, positional, that gives the value of a text.

    It raises NoValue where there is none.

    >>> compiled("n*(n + 1)/2", ["n"])(4)
    10
    """
    return _compiled(text, tuple(letters))


@lru_cache(maxsize=2000)
def _compiled(text: str, letters: tuple[str, ...]) -> Callable[..., Any]:
    body = ast.unparse(_Meaning().visit(ast.parse(text.strip(), mode="eval")))
    named = ", ".join(letters)
    source = f"def value({named}):\n try:\n  return whole({body})\n except ZeroDivisionError:\n"
    source += "  raise NoValue('division by zero') from None\n except NameError as error:\n"
    return _defined(source + "  raise NoValue(str(error)) from None\n", "value")


def points(
    counted: Sequence[str],
    parameters: Sequence[str],
    predicate: str,
    box: Sequence[tuple[str, str]],
) -> Callable[..., list[tuple[int, ...]]]:
    """Return a function of the parameters that lists the points of a predicate in a box.

    `box` gives for each counted letter the least and the largest value to look at, as texts in
    the parameters and the counted letters before it. The points come in lexicographic order.

    >>> causal = points(["i", "j"], ["n"], "(j <= i) & (i <= n)", [("1", "n"), ("1", "n")])
    >>> causal(2)
    [(1, 1), (2, 1), (2, 2)]
    """
    return _points(tuple(counted), tuple(parameters), predicate, tuple(box))


@lru_cache(maxsize=500)
def _points(
    counted: tuple[str, ...],
    parameters: tuple[str, ...],
    predicate: str,
    box: tuple[tuple[str, str], ...],
) -> Callable[..., list[tuple[int, ...]]]:
    lines = [f"def inside({', '.join(parameters)}):", " found = []"]
    for depth, (letter, (low, high)) in enumerate(zip(counted, box, strict=True), start=1):
        first, last = (_python(f"floor({bound})") for bound in (low, high))
        lines.append(f"{' ' * depth}for {letter} in range({first}, {last} + 1):")
    depth = len(counted) + 1
    lines.append(f"{' ' * depth}if {_python(predicate)}:")
    lines.append(f"{' ' * depth} found.append(({', '.join(counted)},))")
    lines.append(" return found")
    return _defined("\n".join(lines), "inside")


def domain(
    letters: Sequence[str], assuming: str, candidates: Iterable[Sequence[int]]
) -> Iterator[dict[str, int]]:
    """Return those candidates, as values of the letters, at which a condition holds.

    Where the condition has no value it does not hold.

    >>> list(domain(["n", "w"], "(w >= 1) & Eq(Mod(n, w), 0)", [(3, 0), (3, 2), (4, 2)]))
    [{'n': 4, 'w': 2}]
    """
    admits = compiled(assuming, letters)
    for candidate in candidates:
        try:
            holds = admits(*candidate)
        except NoValue:
            continue
        if holds:
            yield dict(zip(letters, candidate, strict=True))


def text_of(expression: Any) -> str:
    """Return a text with the value of an expression tree, SymPy's or the press's own.

    Only the tree is read: the names of its nodes and their arguments. A node of an unknown name
    is taken as it prints itself.
    """
    name = type(expression).__name__
    arguments = getattr(expression, "args", ())
    if name == "Piecewise":
        cases = (f"({text_of(value)}, {text_of(condition)})" for value, condition in arguments)
        return f"Piecewise({', '.join(cases)})"
    if name not in _NODES or not arguments:
        return f"({expression})"
    inner = [text_of(argument) for argument in arguments]
    if name == "Pow":
        return f"({inner[0]} ** {inner[1]})"
    if sign := _SIGNS.get(name):
        return f"({inner[0]} {sign} {inner[1]})"
    return f"{_NODES[name]}({', '.join(inner)})"


def whole(value: Any) -> Any:
    """Return an int for a fraction that is whole, anything else as it is.

    >>> whole(Fraction(4, 2)), whole(Fraction(1, 2)), whole(True)
    (2, Fraction(1, 2), True)
    """
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def quotient(top: Number, bottom: Number) -> Number:
    """Return top / bottom, exactly. Raises NoValue for a bottom of 0."""
    if bottom == 0:
        raise NoValue("division by zero")
    if isinstance(top, int) and isinstance(bottom, int) and top % bottom == 0:
        return top // bottom
    return whole(Fraction(top) / Fraction(bottom))


def remainder(value: Number, modulus: Number) -> Number:
    """Return value - modulus * floor(value / modulus). Raises NoValue for a modulus of 0.

    >>> remainder(-1, 3), remainder(5, -3), remainder(Fraction(7, 2), 2)
    (2, -1, Fraction(3, 2))
    """
    if isinstance(value, int) and isinstance(modulus, int) and modulus:
        return value % modulus  # of integers Python's own remainder is that
    return whole(value - modulus * math.floor(quotient(value, modulus)))


def power(base: Number, exponent: Number) -> Number:
    """Return base ** exponent for a whole exponent. Raises NoValue for any other, and 0 ** -1."""
    whole_exponent = whole(exponent)
    if not isinstance(whole_exponent, int):
        raise NoValue(f"{base} ** {exponent}")
    if whole_exponent < 0:
        return quotient(1, power(base, -whole_exponent))
    return whole(base**whole_exponent)


def binomial(upper: Number, lower: Number) -> int:
    """Return how many subsets there are. Raises NoValue unless both are whole and upper >= 0.

    >>> binomial(4, 2), binomial(2, 3), binomial(0, -2)
    (6, 0, 0)
    """
    above, below = whole(upper), whole(lower)
    if not (isinstance(above, int) and isinstance(below, int)) or above < 0:
        raise NoValue(f"binomial({upper}, {lower})")
    return math.comb(above, below) if below >= 0 else 0


def factorial(value: Number) -> int:
    """Return value!. Raises NoValue unless value is whole and >= 0."""
    number = whole(value)
    if not isinstance(number, int) or number < 0:
        raise NoValue(f"factorial({value})")
    return math.factorial(number)


def summed(term: Callable[[int], Number], first: Number, last: Number) -> Number:
    """Return the sum of a term from first to last, 0 where last is first - 1.

    Raises NoValue for other limits: conventions differ there.
    """
    low, high = whole(first), whole(last)
    if not (isinstance(low, int) and isinstance(high, int)) or high < low - 1:
        raise NoValue(f"a sum from {first} to {last}")
    return whole(sum((term(k) for k in range(low, high + 1)), Fraction(0)))


def boxes(sides: Sequence[range]) -> Iterator[tuple[int, ...]]:
    """Return all points of a box, those near zero first.

    >>> list(boxes([range(-1, 2)]))
    [(0,), (-1,), (1,)]
    """
    yield from sorted(product(*sides), key=lambda point: (sum(map(abs, point)), point))


def _no_case() -> Any:
    raise NoValue("no case of a Piecewise holds")


def _both(*parts: bool) -> bool:
    return all(parts)


def _any(*parts: bool) -> bool:
    return any(parts)


def _odd(*parts: bool) -> bool:
    return sum(map(bool, parts)) % 2 == 1


def _product(*factors: Number) -> Number:
    return math.prod(factors)


def _sum(*terms: Number) -> Number:
    return sum(terms)


# By the name that an author writes.
_NAMES: dict[str, Any] = {
    "Mod": remainder,
    "floor": math.floor,
    "ceiling": math.ceil,
    "Abs": abs,
    "Min": min,
    "Max": max,
    "And": _both,
    "Or": _any,
    "Xor": _odd,
    "Not": lambda part: not part,
    "Eq": lambda left, right: left == right,
    "Ne": lambda left, right: left != right,
    "Add": _sum,
    "Mul": _product,
    "Integer": int,
    "Rational": quotient,
    "binomial": binomial,
    "factorial": factorial,
    "gamma": lambda value: factorial(value - 1),
    "true": True,
    "false": False,
    "quotient": quotient,
    "power": power,
    "summed": summed,
    "no_case": _no_case,
    "whole": whole,
    "NoValue": NoValue,
}

# Nodes of an expression tree, by the name that an author writes.
_NODES = {
    **{name: name for name in ("Mod", "floor", "ceiling", "Abs", "Min", "Max", "And", "Or", "Xor")},
    **{name: name for name in ("Not", "Eq", "Ne", "binomial", "factorial", "gamma", "Add", "Mul")},
    **{"Equality": "Eq", "Unequality": "Ne", "Pow": "**"},
    **{"LessThan": "<=", "GreaterThan": ">=", "StrictLessThan": "<", "StrictGreaterThan": ">"},
}
_SIGNS = {name: sign for name, sign in _NODES.items() if sign in ("<=", ">=", "<", ">")}


class _Meaning(ast.NodeTransformer):
    """Turns an author's operators into exact arithmetic and strict truth values."""

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        inner = self.visit(node.operand)
        if isinstance(node.op, ast.Invert):
            return ast.UnaryOp(ast.Not(), inner)
        return ast.UnaryOp(node.op, inner)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = self.visit(node.left), self.visit(node.right)
        calls: dict[type[ast.operator], str] = {
            ast.Div: "quotient",
            ast.Pow: "power",
            ast.Mod: "Mod",
        }
        name = calls.get(type(node.op))
        if name is not None:
            return ast.Call(ast.Name(name), [left, right], [])
        return ast.BinOp(left, node.op, right)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "Piecewise":
            return self._cases(node.args)
        if name == "Sum":
            running, first, last = node.args[1].elts  # type: ignore[attr-defined]
            inner = ast.parse(f"lambda {running.id}: 0", mode="eval").body
            assert isinstance(inner, ast.Lambda)
            inner.body = self.visit(node.args[0])
            limits = [self.visit(first), self.visit(last)]
            return ast.Call(ast.Name("summed"), [inner, *limits], [])
        return ast.Call(node.func, [self.visit(argument) for argument in node.args], [])

    def _cases(self, cases: Sequence[ast.expr]) -> ast.expr:
        """Return nested conditional expressions: only the branch that holds is evaluated."""
        whole_: ast.expr = ast.Call(ast.Name("no_case"), [], [])
        for case in reversed(cases):
            assert isinstance(case, ast.Tuple)
            value, condition = case.elts
            whole_ = ast.IfExp(self.visit(condition), self.visit(value), whole_)
        return whole_


def _python(text: str) -> str:
    """Return the Python expression that a text means."""
    return ast.unparse(_Meaning().visit(ast.parse(text.strip(), mode="eval")))


def _defined(source: str, name: str) -> Callable[..., Any]:
    space = dict(_NAMES)
    exec(source, space)
    return space[name]
