"""An author's expressions in the solver's own terms, read from the tree and from nothing else.

Place in the chain: definition -> derivation -> **proof**. A term is a quotient of two of the
solver's integer terms; a floor is a letter with the inequalities that define it. Where an
expression has no value, the solver may choose one: what is shown holds for any choice, and that
there is a value is a question of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import lcm
from typing import Any

from proofpress.faults.errors import PressError
from proofpress.terms.tree import (
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
from proofpress.terms.value import RELATIONS

# The highest power, and the largest choice of a binomial, that are multiplied out.
HIGHEST_POWER = 40
HIGHEST_BINOMIAL = 8

Quotient = tuple[Any, Any]


class Unsupported(PressError):
    """Raised for a term that the method cannot read; it names the term."""


class Reader:
    """Reads an author's expressions into the solver's, with one constant for each letter.

    `facts` hold of the letters that stand for floors, `needs` must hold for what was read to have
    a value.
    """

    def __init__(self, sort: str, context: Any = None) -> None:
        import z3

        self.facts: list[Any] = []
        self.needs: list[Any] = []
        self._context = context or z3.main_ctx()
        self._make = {"Int": z3.Int, "Real": z3.Real, "Bool": z3.Bool}
        self._number = {"Int": z3.IntVal, "Real": z3.RealVal}[sort]
        self._sort = sort
        self._path: list[Any] = []
        self._fresh_count = 0
        self._floors: dict[Any, tuple[Any, Any, Any]] = {}

    def letter(self, name: str) -> Any:
        """Return the constant of a letter. The press's own have names of another kind."""
        return self._make[self._sort](f"letter {name}", self._context)

    def _fresh(self, sort: str | None = None) -> Any:
        self._fresh_count += 1
        return self._make[sort or self._sort](f"value {self._fresh_count}", self._context)

    def _truth(self, value: bool) -> Any:
        import z3

        return z3.BoolVal(value, self._context)

    @contextmanager
    def _onward(self) -> Iterator[None]:
        """Return a context at whose end, however it comes, what was added to the path is gone."""
        before = len(self._path)
        try:
            yield
        finally:
            del self._path[before:]

    def _need(self, condition: Any) -> None:
        import z3

        self.needs.append(z3.Implies(z3.And(*self._path), condition) if self._path else condition)

    def assumed(self, condition: Condition) -> Any:
        """Return a condition that holds at least wherever this one does.

        A comparison without a form here is left to the solver's choice.
        """

        try:
            return self.condition(condition)
        except Unsupported:
            if isinstance(condition, Gate):
                parts = [self.assumed(part) for part in condition.args]
                return self._joined(condition.op, parts)
            return self._fresh("Bool")

    def condition(self, node: Condition) -> Any:
        """Return the solver's form of a condition. Raises Unsupported, naming a term."""
        import z3

        match node:
            case Truth():
                return self._truth(node.value)
            case Relation():
                return self._compared(node.op, self.term(node.left), self.term(node.right))
            case Gate(op="and" | "or"):
                # What stands after the part that decides is not looked at.
                parts: list[Any] = []
                with self._onward():
                    for part in node.args:
                        parts.append(self.condition(part))
                        self._path.append(parts[-1] if node.op == "and" else z3.Not(parts[-1]))
                return self._joined(node.op, parts)
            case Gate():
                return self._joined(node.op, [self.condition(part) for part in node.args])
        raise AssertionError(f"no such condition: {type(node)}")

    def _joined(self, op: str, parts: list[Any]) -> Any:
        import z3

        if op == "not":
            return z3.Not(parts[0])
        if not parts or op in ("and", "or"):
            join = z3.And if op == "and" else z3.Or
            return join(self._truth(op == "and"), *parts)
        whole = self._truth(False)
        for part in parts:
            whole = z3.Xor(whole, part)
        return whole

    def _compared(self, op: str, left: Quotient, right: Quotient) -> Any:
        import z3

        (a, by), (b, over) = left, right
        above, below = a * over - b * by, by * over
        if isinstance(below, int):
            return self._sign(op, above)
        chosen = self._fresh("Bool")
        return z3.If(
            below > 0, self._sign(op, above), z3.If(below < 0, self._sign(op, -above), chosen)
        )

    def _sign(self, op: str, whole: Any) -> Any:
        """Return how an integer compares with 0, without strict signs: these say less of reals."""
        import z3

        if isinstance(whole, int):
            return self._truth(RELATIONS[op](whole, 0))
        match op:
            case "<":
                return whole <= -1
            case "<=":
                return whole <= 0
            case ">":
                return whole >= 1
            case ">=":
                return whole >= 0
            case "==":
                return whole == 0
        return z3.Or(whole <= -1, whole >= 1)

    def term(self, node: Term) -> Quotient:
        """Return two integer terms whose quotient is meant; a whole divisor is positive.

        Raises Unsupported, naming the term.
        """
        match node:
            case Number():
                return node.value.numerator, node.value.denominator
            case Letter():
                return self.letter(node.name), 1
            case Apply():
                return self._operation(node)
            case Cases():
                return self._cases(node)
        raise Unsupported(f"the term {node} has no form for the solver")

    def _operation(self, node: Apply) -> Quotient:
        parts = [self.term(part) for part in node.args]
        (a, by), (b, over) = parts[0], parts[-1]
        match node.op:
            case "+":
                return _added(parts[0], parts[1])
            case "-":
                return _added(parts[0], (-b, over))
            case "neg":
                return -a, by
            case "*":
                return a * b, by * over
            case "/":
                return self._divided(parts[0], parts[1])
            case "**":
                return self._power(node, parts[0], parts[1])
            case "floor":
                return self._floor(parts[0]), 1
            case "ceiling":
                return -self._floor((-a, by)), 1
            case "Mod":
                quotient = self._floor(self._divided(parts[0], parts[1]))
                return _added(parts[0], (-b * quotient, over))
            case "Abs":
                return self._chosen(self._compared(">=", parts[0], (0, 1)), parts[0], (-a, by))
            case "sign":
                above = self._compared(">", parts[0], (0, 1))
                below = self._compared("<", parts[0], (0, 1))
                return self._chosen(above, (1, 1), self._chosen(below, (-1, 1), (0, 1)))
            case "Min" | "Max":
                result = parts[0]
                for part in parts[1:]:
                    wins = self._compared("<=" if node.op == "Min" else ">=", part, result)
                    result = self._chosen(wins, part, result)
                return result
            case "binomial":
                return self._binomial(node, parts[0], parts[1])
        raise Unsupported(f"the term {node} has no form for the solver")

    def _divided(self, above: Quotient, below: Quotient) -> Quotient:
        (a, by), (b, over) = above, below
        top, bottom = a * over, by * b
        if not isinstance(b, int):
            self._need(b != 0)
            return top, bottom
        if b == 0:
            self._need(self._truth(False))
            return self._fresh(), 1
        return (top, bottom) if b > 0 else (-top, -bottom)

    def _power(self, node: Apply, base: Quotient, exponent: Quotient) -> Quotient:
        power, over = exponent
        if not isinstance(power, int) or over != 1 or abs(power) > HIGHEST_POWER:
            raise Unsupported(f"the term {node} has no form for the solver")
        above: Any = 1
        below: Any = 1
        for _ in range(abs(power)):
            above, below = above * base[0], below * base[1]
        return (above, below) if power >= 0 else self._divided((1, 1), (above, below))

    def _floor(self, value: Quotient) -> Any:
        import z3

        above, below = value
        if isinstance(above, int) and isinstance(below, int):
            return above // below
        # Equal expressions have one number, as long as one of them is kept.
        key = _number(above), _number(below)
        if key not in self._floors:
            quotient = self._fresh()
            self._floors[key] = quotient, above, below
            up = z3.And(below * quotient <= above, above <= below * quotient + below - 1)
            down = z3.And(below * quotient >= above, above >= below * quotient + below + 1)
            if isinstance(below, int):
                self.facts.append(up)
            else:
                self.facts += [z3.Implies(below > 0, up), z3.Implies(below < 0, down)]
        return self._floors[key][0]

    def _chosen(self, condition: Any, one: Quotient, other: Quotient) -> Quotient:
        (a, by), (b, over) = one, other
        if isinstance(by, int) and isinstance(over, int):
            whole = lcm(by, over)
            return self._if(condition, a * (whole // by), b * (whole // over)), whole
        return self._if(condition, a, b), self._if(condition, by, over)

    def _if(self, condition: Any, one: Any, other: Any) -> Any:
        import z3

        typed = [
            self._number(side, self._context) if isinstance(side, int) else side
            for side in (one, other)
        ]
        return z3.If(condition, *typed)

    def _cases(self, node: Cases) -> Quotient:
        import z3

        rows: list[tuple[Any, Quotient]] = []
        with self._onward():
            for value, when in node.rows:
                holds = self.condition(when)
                with self._onward():
                    self._path.append(holds)
                    rows.append((holds, self.term(value)))
                self._path.append(z3.Not(holds))
            self._need(self._truth(False))
        result: Quotient = (self._fresh(), 1)
        for holds, value in reversed(rows):
            result = self._chosen(holds, value, result)
        return result

    def _binomial(self, node: Apply, above: Quotient, below: Quotient) -> Quotient:
        (a, by), (size, over) = above, below
        if by != 1 or over != 1 or not isinstance(size, int) or size > HIGHEST_BINOMIAL:
            raise Unsupported(f"the term {node} has no form for the solver")
        if not isinstance(a, int):
            self._need(a >= 0)
        elif a < 0:
            return self._divided((1, 1), (0, 1))
        if size < 0:
            return 0, 1
        product, factorial = 1, 1
        for k in range(size):
            product, factorial = product * (a - k), factorial * (k + 1)
        return product, factorial


def _added(one: Quotient, other: Quotient) -> Quotient:
    (a, by), (b, over) = one, other
    if isinstance(by, int) and isinstance(over, int):
        whole = lcm(by, over)
        return a * (whole // by) + b * (whole // over), whole
    return a * over + b * by, by * over


def _number(term: Any) -> tuple[str, int]:
    return ("whole", term) if isinstance(term, int) else ("expression", term.get_id())
