"""The value of an author's expression at integers: exact, or none at all.

Place in the chain: **definition** -> enumeration, proof by looking. Nothing is simplified and no
formula is used: this is what the author's line says. A division by zero, a root of a negative
number, a Piecewise without a case have no value (`NoValue`); a number that is not rational has a
value that is not worked out here (`NotRational`).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from proofpress.faults.errors import PressError
from proofpress.terms.tree import (
    Apply,
    Cases,
    Gate,
    Letter,
    Node,
    Number,
    Relation,
    Series,
    Truth,
)

Number_ = int | Fraction

# Larger powers, factorials and sums are not worked out: they would fill the memory.
MOST_BITS = 200_000
MOST_TERMS = 1_000_000


class NoValue(ArithmeticError):
    """Raised where an expression has no value."""


class NotRational(ArithmeticError):
    """Raised where an expression has a value that is not rational, or too large to work out."""


RELATIONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def apply(op: str, values: Sequence[Any]) -> Any:
    """Return an operation of exact numbers. Raises NoValue or NotRational.

    >>> apply("Mod", [-1, 3]), apply("/", [1, 2]), apply("**", [4, Fraction(1, 2)])
    (2, Fraction(1, 2), Fraction(2, 1))
    """
    match op:
        case "+":
            return values[0] + values[1]
        case "-":
            return values[0] - values[1]
        case "*":
            return values[0] * values[1]
        case "neg":
            return -values[0]
        case "/":
            if values[1] == 0:
                raise NoValue("a division by zero")
            return Fraction(values[0]) / values[1]
        case "**":
            return _power(*values)
        case "floor":
            return math.floor(values[0])
        case "ceiling":
            return math.ceil(values[0])
        case "Mod":
            if values[1] == 0:
                raise NoValue("a remainder by zero")
            return values[0] - values[1] * math.floor(Fraction(values[0]) / values[1])
        case "Abs":
            return abs(values[0])
        case "sign":
            return (values[0] > 0) - (values[0] < 0)
        case "Min":
            return min(values)
        case "Max":
            return max(values)
        case "binomial":
            above, below = _whole(values[0], "binomial"), _whole(values[1], "binomial")
            if above < 0:
                raise NoValue("a binomial of a negative number")
            _refuse_large(min(below, above - below) * max(above, 1).bit_length())
            return math.comb(above, below) if below >= 0 else 0
        case "factorial":
            whole = _whole(values[0], "factorial")
            if whole < 0:
                raise NoValue("a factorial of a negative number")
            _refuse_large(whole * whole.bit_length())
            return math.factorial(whole)
    raise PressError(f"the operation {op} has no value here")


def _whole(value: Number_, op: str) -> int:
    if value != int(value):
        raise NotRational(f"a {op} of a fraction")
    return int(value)


def _refuse_large(bits: int) -> None:
    if bits > MOST_BITS:
        raise NotRational("a number too large to be worked out")


def _power(base: Number_, exponent: Number_) -> Number_:
    """Return base ** exponent; 0 ** 0 is 1."""
    if exponent != int(exponent):
        return _root(Fraction(base), Fraction(exponent))
    whole = int(exponent)
    if base == 0 and whole < 0:
        raise NoValue("a negative power of zero")
    if base not in (0, 1, -1):
        exact = Fraction(base)
        size = max(exact.numerator.bit_length(), exact.denominator.bit_length())
        _refuse_large(size * abs(whole))
    if whole < 0:
        return Fraction(1) / Fraction(base) ** -whole
    return base**whole


def _root(base: Fraction, exponent: Fraction) -> Number_:
    if base < 0:
        raise NoValue("a root of a negative number")
    if base == 0:
        if exponent < 0:
            raise NoValue("a negative power of zero")
        return 0
    degree = exponent.denominator
    top, bottom = (_exact_root(part, degree) for part in (base.numerator, base.denominator))
    if top is None or bottom is None:
        raise NotRational("a root that is not rational")
    return _power(Fraction(top, bottom), exponent.numerator)


def _exact_root(whole: int, degree: int) -> int | None:
    if whole < 2 or degree >= whole.bit_length():
        # Not even 2 ** degree is as small as that.
        return whole if whole < 2 else None
    low, high = 0, 1 << (whole.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= whole else (low, middle - 1)
    return low if low**degree == whole else None


def value(node: Node, letters: Mapping[str, Number_]) -> Any:
    """Return the value of a term, or whether a condition holds, at integer letters.

    Raises NoValue where it has none, NotRational where it is not worked out, and PressError for a
    letter without a value. In a Piecewise, and in conditions joined by & and |, what stands
    after the part that decides is not looked at.

    >>> n = Letter("n")
    >>> value(n * (n + 1) / 2, {"n": 3}), value((n >= 1) & (n / n == 1), {"n": 0})
    (Fraction(6, 1), False)
    """
    match node:
        case Number():
            return node.value
        case Letter():
            try:
                return letters[node.name]
            except KeyError:
                raise PressError(
                    f"the letter {node.name} has no value", mend=f"give {node.name}=..."
                ) from None
        case Apply():
            return apply(node.op, [value(part, letters) for part in node.args])
        case Truth():
            return node.value
        case Relation():
            return RELATIONS[node.op](value(node.left, letters), value(node.right, letters))
        case Gate():
            return _gate(node, letters)
        case Cases():
            for term, when in node.rows:
                if value(when, letters):
                    return value(term, letters)
            raise NoValue("no case holds")
        case Series():
            return _series(node, letters)
    raise AssertionError(f"no such node: {type(node)}")


def _gate(node: Gate, letters: Mapping[str, Number_]) -> bool:
    match node.op:
        case "and":
            return all(value(part, letters) for part in node.args)
        case "or":
            return any(value(part, letters) for part in node.args)
        case "not":
            return not value(node.args[0], letters)
    return sum(bool(value(part, letters)) for part in node.args) % 2 == 1


def _series(node: Series, letters: Mapping[str, Number_]) -> Number_:
    low, high = value(node.low, letters), value(node.high, letters)
    if low != int(low) or high != int(high):
        raise NoValue("a sum between ends that are no integers")
    if high - low > MOST_TERMS:
        raise NotRational("a sum of too many terms")
    total: Number_ = 0 if node.kind == "Sum" else 1
    for running in range(int(low), int(high) + 1):
        term = value(node.body, {**letters, node.letter.name: running})
        total = total + term if node.kind == "Sum" else total * term
    return total


def compiled(names: Sequence[str], node: Node) -> Callable[..., Any]:
    """Return a Python function of the letters, as positional integers, with the same values.

    It raises as `value` does. Of conditions between sums of letters it is many times as fast.

    >>> n = Letter("n")
    >>> compiled(("n",), n % 3 == 1)(7)
    True
    """
    return _compiled(tuple(names), node)


@lru_cache(maxsize=4096)
def _compiled(names: tuple[str, ...], node: Node) -> Callable[..., Any]:
    writer = _Writer({name: f"v{k}" for k, name in enumerate(names)})
    body = writer.source(node)
    scope = {**_SCOPE, "series": writer.series}
    return eval(f"lambda {', '.join(writer.names.values())}: {body}", scope)


def _none() -> Number_:
    raise NoValue("no case holds")


def _over(above: Number_, below: Number_) -> Number_:
    return apply("/", (above, below))


def _mod(above: Number_, below: Number_) -> Number_:
    if below == 0:
        raise NoValue("a remainder by zero")
    return above % below


_SCOPE: Mapping[str, Any] = {
    "__builtins__": {},
    "Fraction": Fraction,
    "abs": abs,
    "min": min,
    "max": max,
    "floor": math.floor,
    "ceil": math.ceil,
    "none": _none,
    "over": _over,
    "mod": _mod,
    "power": _power,
    "of": lambda op, *values: apply(op, values),
}
_CALLS = {
    "/": "over(",
    "Mod": "mod(",
    "floor": "floor(",
    "ceiling": "ceil(",
    "Abs": "abs(",
    "Min": "min(",
    "Max": "max(",
    "**": "power(",
}


class _Writer:
    """Writes a node as Python source in which letter k is called vk."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.series: list[Callable[..., Number_]] = []

    def source(self, node: Node) -> str:
        match node:
            case Number():
                exact = node.value
                plain = f"({exact.numerator})"
                return plain if exact.denominator == 1 else f"Fraction{exact.as_integer_ratio()}"
            case Letter():
                if node.name not in self.names:
                    raise PressError(
                        f"the letter {node.name} has no value", mend="name it among the letters"
                    )
                return self.names[node.name]
            case Apply():
                return self._operation(node)
            case Cases():
                rows = (f"{self.source(term)} if {self.source(when)}" for term, when in node.rows)
                return f"({' else '.join(rows)} else none())"
            case Series():
                names = list(self.names)
                self.series.append(lambda *at: value(node, dict(zip(names, at, strict=True))))
                return f"series[{len(self.series) - 1}]({', '.join(self.names.values())})"
            case Truth():
                return str(node.value)
            case Relation():
                return f"({self.source(node.left)} {node.op} {self.source(node.right)})"
            case Gate(op="not"):
                return f"(not {self.source(node.args[0])})"
            case Gate():
                sign = "^" if node.op == "xor" else node.op
                return f"({f' {sign} '.join(map(self.source, node.args)) or node.op == 'and'})"
        raise AssertionError(f"no such node: {type(node)}")

    def _operation(self, node: Apply) -> str:
        if node.op in ("+", "-", "*"):
            return f"({f' {node.op} '.join(map(self.source, node.args))})"
        if node.op == "neg":
            return f"(-{self.source(node.args[0])})"
        if node.op in ("floor", "ceiling"):
            match node.args[0]:
                case Apply(op="/", args=(above, Number(value=by))) if by > 0 == by.denominator - 1:
                    inner = self.source(above)
                    return f"({inner} // {by})" if node.op == "floor" else f"(-(-{inner} // {by}))"
        inside = ", ".join(map(self.source, node.args))
        if node.op in ("Min", "Max") and len(node.args) == 1:
            return inside  # min and max of one argument ask for a list
        return f"{_CALLS.get(node.op, f'of({node.op!r}, ')}{inside})"
