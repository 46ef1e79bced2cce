"""Questions to a solver, read from an author's own expressions and from nothing of SymPy.

Place in the chain: definition -> derivation -> **proof**. A term is a quotient of two of the
solver's integer terms; a floor is a letter with the inequalities that define it. Where an
expression has no value, the solver may choose one: what is shown holds for any choice, and that
there is a value is a question of its own. Only `unsat` shows something; a model is an answer only
after the author's expressions were evaluated at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import lcm
from typing import Any

from proofpress.counting.deadline import check_deadline
from proofpress.errors import PressError
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

# How many of z3's steps one question may take; a second of z3 is one to three million of them.
# Its count does not depend on what else the machine does, and so no verdict does.
EFFORT = 8_000_000

# The clock only ends what the count of steps does not see. Seconds, far beyond the count.
BACKSTOP = 60

# The highest power that is multiplied out.
HIGHEST_POWER = 40
HIGHEST_BINOMIAL = 8

Quotient = tuple[Any, Any]
Model = tuple[int, ...]


class Unsupported(PressError):
    """Raised for a term that the method cannot read; it names the term."""


@dataclass(frozen=True)
class Answer:
    """The solver's word (sat, unsat or unknown), and a model where there is one."""

    word: str
    model: Model | None = None


def satisfied(conditions: Sequence[Condition], names: Sequence[str]) -> tuple[str, Model | None]:
    """Return whether integers satisfy all conditions, by the solver's word, and such integers.

    A comparison that the solver has no form for may be true or false at its choice.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> satisfied([n >= 3, n <= 2], ("n",))[0], satisfied([n * n == 49, n >= 0], ("n",))
    ('unsat', ('sat', (7,)))
    """
    found = ask(lambda reader: [reader.assumed(one) for one in conditions], names)
    return found.word, found.model


def refuted(assuming: Condition, conclusion: Condition, names: Sequence[str]) -> list[Answer]:
    """Return whether the conclusion may lack a value on the domain, and whether it may be false.

    Both are shown never to happen where all answers are unsat; the first question is left out
    where everything has a value. Raises Unsupported.

    >>> from proofpress.terms.tree import Letter
    >>> n = Letter("n")
    >>> [found.word for found in refuted(n >= 1, 1 / n <= 1, ("n",))]
    ['unsat', 'unsat']
    >>> [found.word for found in refuted(n >= 0, n * n <= 40 * n, ("n",))]
    ['sat']
    """
    import z3

    def without_value(reader: Reader) -> list[Any]:
        known = reader.assumed(assuming)
        reader.needs.clear()
        reader.condition(conclusion)
        return [known, z3.Not(z3.And(*reader.needs))]

    def false(reader: Reader) -> list[Any]:
        return [reader.assumed(assuming), z3.Not(reader.condition(conclusion))]

    reader = Reader(z3.Int)
    reader.condition(conclusion)
    questions = [without_value, false] if reader.needs else [false]
    return [ask(question, names) for question in questions]


def ask(question: Callable[[Reader], list[Any]], names: Sequence[str]) -> Answer:
    """Return the answer to a question: a function from a reader to conditions of the solver.

    It is asked over the integers; where that ends in no answer, over the reals, of which only
    unsat is taken; and over the integers again by way of another procedure.
    """
    import z3

    whole = Reader(z3.Int)
    conditions = [*question(whole), *whole.facts]
    first = _asked(z3.SimpleSolver(), conditions, whole, names)
    if first.word != "unknown":
        return first
    dense = Reader(z3.Real)
    relaxed = [*question(dense), *dense.facts]
    if _asked(z3.SolverFor("QF_NRA"), relaxed, dense, None).word == "unsat":
        return Answer("unsat")
    return _asked(z3.SolverFor("QF_NIA"), conditions, whole, names)


def _asked(
    solver: Any, conditions: Iterable[Any], reader: Reader, names: Sequence[str] | None
) -> Answer:
    check_deadline()
    solver.set("rlimit", EFFORT)
    solver.set("timeout", 1000 * BACKSTOP)
    solver.add(*conditions)
    word = str(solver.check())
    if word != "sat" or names is None:
        return Answer(word)
    model = solver.model()
    values = [model.eval(reader.letter(name), model_completion=True).as_long() for name in names]
    return Answer(word, tuple(values))


class Reader:
    """Reads an author's expressions into the solver's, with one constant for each letter.

    `facts` hold of the letters that stand for floors, `needs` must hold for what was read to have
    a value.
    """

    def __init__(self, make: Any) -> None:
        self.facts: list[Any] = []
        self.needs: list[Any] = []
        self._make = make
        self._path: list[Any] = []
        self._fresh_count = 0
        self._floors: dict[Any, tuple[Any, Any, Any]] = {}

    def letter(self, name: str) -> Any:
        """Return the constant of a letter. The press's own have names of another kind."""
        return self._make(f"letter {name}")

    def _fresh(self, make: Any) -> Any:
        self._fresh_count += 1
        return make(f"value {self._fresh_count}")

    @contextmanager
    def _under(self, condition: Any) -> Iterator[None]:
        self._path.append(condition)
        try:
            yield
        finally:
            self._path.pop()

    def _need(self, condition: Any) -> None:
        import z3

        self.needs.append(z3.Implies(z3.And(*self._path), condition) if self._path else condition)

    def assumed(self, condition: Condition) -> Any:
        """Return a condition that holds at least wherever this one does.

        A comparison without a form here is left to the solver's choice.
        """
        import z3

        try:
            return self.condition(condition)
        except Unsupported:
            if isinstance(condition, Gate):
                parts = [self.assumed(part) for part in condition.args]
                return self._joined(condition.op, parts)
            return self._fresh(z3.Bool)

    def condition(self, node: Condition) -> Any:
        """Return the solver's form of a condition. Raises Unsupported, naming a term."""
        import z3

        match node:
            case Truth():
                return z3.BoolVal(node.value)
            case Relation():
                return self._compared(node.op, self.term(node.left), self.term(node.right))
            case Gate(op="and" | "or"):
                # What stands after the part that decides is not looked at.
                parts: list[Any] = []
                before = len(self._path)
                for part in node.args:
                    parts.append(self.condition(part))
                    self._path.append(parts[-1] if node.op == "and" else z3.Not(parts[-1]))
                del self._path[before:]
                return self._joined(node.op, parts)
            case Gate():
                return self._joined(node.op, [self.condition(part) for part in node.args])
        raise AssertionError(f"no such condition: {type(node)}")

    def _joined(self, op: str, parts: list[Any]) -> Any:
        import z3

        if op == "not":
            return z3.Not(parts[0])
        if op == "and":
            return z3.And(*parts)
        if op == "or":
            return z3.Or(*parts)
        whole = z3.BoolVal(False)
        for part in parts:
            whole = z3.Xor(whole, part)
        return whole

    def _compared(self, op: str, left: Quotient, right: Quotient) -> Any:
        import z3

        (a, by), (b, over) = left, right
        above, below = a * over - b * by, by * over
        if isinstance(below, int):
            return _sign(op, above)
        chosen = self._fresh(z3.Bool)
        return z3.If(below > 0, _sign(op, above), z3.If(below < 0, _sign(op, -above), chosen))

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
            import z3

            self._need(z3.BoolVal(False))
            return self._fresh(self._make), 1
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
            quotient = self._fresh(self._make)
            self._floors[key] = quotient, above, below
            up = z3.And(below * quotient <= above, above <= below * quotient + below - 1)
            down = z3.And(below * quotient >= above, above >= below * quotient + below + 1)
            if isinstance(below, int):
                self.facts.append(up)
            else:
                self.facts += [z3.Implies(below > 0, up), z3.Implies(below < 0, down)]
        return self._floors[key][0]

    def _chosen(self, condition: Any, one: Quotient, other: Quotient) -> Quotient:
        import z3

        (a, by), (b, over) = one, other
        if isinstance(by, int) and isinstance(over, int):
            whole = lcm(by, over)
            return self._if(z3, condition, a * (whole // by), b * (whole // over)), whole
        return self._if(z3, condition, a, b), self._if(z3, condition, by, over)

    def _if(self, module: Any, condition: Any, one: Any, other: Any) -> Any:
        sort = self._make("sort").sort()
        typed = [
            (module.IntVal(v) if sort == module.IntSort() else module.RealVal(v))
            if isinstance(v, int)
            else v
            for v in (one, other)
        ]
        return module.If(condition, *typed)

    def _cases(self, node: Cases) -> Quotient:
        import z3

        before = len(self._path)
        rows: list[tuple[Any, Quotient]] = []
        for value, when in node.rows:
            holds = self.condition(when)
            with self._under(holds):
                rows.append((holds, self.term(value)))
            self._path.append(z3.Not(holds))
        self._need(z3.BoolVal(False))
        del self._path[before:]
        result: Quotient = (self._fresh(self._make), 1)
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


def _sign(op: str, whole: Any) -> Any:
    """Return how an integer compares with 0, without strict signs: these say less of reals."""
    import z3

    if isinstance(whole, int):
        return z3.BoolVal(
            {"<": whole < 0, "<=": whole <= 0, ">": whole > 0, ">=": whole >= 0}.get(
                op, (whole == 0) == (op == "==")
            )
        )
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


def _number(term: Any) -> tuple[str, int]:
    return ("whole", term) if isinstance(term, int) else ("expression", term.get_id())
