"""Small changes of a program, each at one place of its syntax tree.

A change is kept as text that replaces text, so that all other lines stay as they are, and with them
the lines of the functions in which a test was seen. Left alone is what cannot change an answer:
texts, annotations, and what is raised.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
CALLED = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "floor": "ceiling",
    "ceiling": "floor",
    "Min": "Max",
    "Max": "Min",
    "Le": "Lt",
    "Lt": "Le",
    "Ge": "Gt",
    "Gt": "Ge",
    "And": "Or",
    "Or": "And",
    "Eq": "Ne",
    "Ne": "Eq",
}
# In calls of these the order of two arguments says nothing, or a swap is no program.
SYMMETRIC = {*CALLED, "gcd", "lcm", "zip", "isinstance", "issubclass", "cast", "PressError", "set"}
GROWING = {"append", "extend", "add", "update", "insert"}


@dataclass(frozen=True)
class Change:
    """A change of one place: text from `start` to `end`, in bytes, gives way to `after`.

    `function` is the line at which the innermost function around the place begins, None outside
    of all functions; `within` is its name.
    """

    operator: str
    line: int
    start: int
    end: int
    before: str
    after: str
    function: int | None
    within: str

    def applied(self, source: str) -> str:
        """Return the changed program."""
        given = source.encode()
        return (given[: self.start] + self.after.encode() + given[self.end :]).decode()

    def told(self) -> str:
        """Return what is changed, on one line; the same wherever the lines lie.

        >>> for change in changes("def f(n):\\n    return n < 3\\n"):
        ...     print(change.told())
        f: return n < 3 => return None
        f: n < 3 => n <= 3
        """
        before, after = (" ".join(text.split()) for text in (self.before, self.after))
        return f"{self.within}: {before} => {after}"


# A node's operator, what is replaced, and by what.
Found = tuple[str, ast.AST, str]
Finder = Callable[[ast.AST], Iterator[Found]]


def changes(source: str) -> list[Change]:
    """Return all changes of a program, in the order of their places.

    >>> [change.after for change in changes("x = [a, b + 1]\\n")]
    ['[b + 1]', '[a]', 'b - 1', '2', '0']
    """
    given = source.encode()
    starts = [0]
    for line in given.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node, function in _nodes(ast.parse(source), None):
        for operator, replaced, after in (made for finder in FINDERS for made in finder(node)):
            start = starts[replaced.lineno - 1] + replaced.col_offset
            end = starts[replaced.end_lineno - 1] + replaced.end_col_offset
            begins = None if function is None else _begins(function)
            within = "module" if function is None else function.name
            before = given[start:end].decode()
            line = replaced.lineno
            found.append(Change(operator, line, start, end, before, after, begins, within))
    return found


def _begins(function: ast.FunctionDef) -> int:
    return min([function.lineno, *(d.lineno for d in function.decorator_list)])


def _nodes(
    node: ast.AST, function: ast.FunctionDef | None
) -> Iterator[tuple[ast.AST, ast.FunctionDef | None]]:
    """Return the nodes in which a change can matter, each with the function around it."""
    inner = node if isinstance(node, ast.FunctionDef) else function
    yield node, inner
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_idle(node, name, child):
                yield from _nodes(child, inner)


def _is_idle(parent: ast.AST, field: str, child: ast.AST) -> bool:
    """Return whether nothing below can change an answer: annotations, texts, what is raised."""
    if field in ("annotation", "returns", "type_comment", "decorator_list", "bases"):
        return True
    if isinstance(parent, ast.Raise) or isinstance(child, ast.JoinedStr | ast.Import):
        return True
    if isinstance(parent, ast.Subscript) and isinstance(parent.value, ast.Name):
        # A type that is given a name: Interval = tuple[int, ...].
        return field == "slice" and parent.value.id in ("tuple", "dict", "list", "set", "Callable")
    return False


def _with(node: ast.AST, **fields: object) -> str:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return ast.unparse(changed)


def comparison(node: ast.AST) -> Iterator[Found]:
    """Swap < and <=, > and >=, == and !=, in and not in, is and is not."""
    if isinstance(node, ast.Compare):
        for k, op in enumerate(node.ops):
            ops = [*node.ops[:k], COMPARED[type(op)](), *node.ops[k + 1 :]]
            yield "comparison", node, _with(node, ops=ops)


def constant(node: ast.AST) -> Iterator[Found]:
    """Take 0, 1 and 2 one larger, and one smaller; larger constants are limits, mostly."""
    if isinstance(node, ast.Constant) and type(node.value) is int and node.value <= 2:
        yield "constant", node, str(node.value + 1)
        yield "constant", node, f"({node.value - 1})" if node.value < 1 else str(node.value - 1)


def sign(node: ast.AST) -> Iterator[Found]:
    """Swap + and -, turn a floor of a quotient into a ceiling, drop a minus sign."""
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Add):
            yield "sign", node, _with(node, op=ast.Sub())
        if isinstance(node.op, ast.Sub):
            yield "sign", node, _with(node, op=ast.Add())
        if isinstance(node.op, ast.FloorDiv):
            left, right = ast.unparse(node.left), ast.unparse(node.right)
            yield "floor", node, f"(-(-({left}) // ({right})))"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "sign", node, f"({ast.unparse(node.operand)})"


def logic(node: ast.AST) -> Iterator[Found]:
    """Swap and and or, drop a not."""
    if isinstance(node, ast.BoolOp):
        op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "logic", node, f"({_with(node, op=op)})"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not", node, f"({ast.unparse(node.operand)})"


def call(node: ast.AST) -> Iterator[Found]:
    """Swap min and max, any and all, Le and Lt and the like, or the order of two arguments."""
    if not isinstance(node, ast.Call):
        return
    name = _name(node.func)
    if other := CALLED.get(name):
        func = copy.copy(node.func)
        setattr(func, "id" if isinstance(func, ast.Name) else "attr", other)
        yield "called", node.func, ast.unparse(func)
    two = len(node.args) == 2 and not any(isinstance(a, ast.Starred) for a in node.args)
    if name and two and name not in SYMMETRIC:
        one, other_one = node.args
        if ast.dump(one) != ast.dump(other_one):
            yield "arguments", node, _with(node, args=[other_one, one])


def _name(function: ast.AST) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def value(node: ast.AST) -> Iterator[Found]:
    """Return None in place of a value; True and False where a truth value is returned."""
    if not isinstance(node, ast.FunctionDef):
        return
    truth = isinstance(node.returns, ast.Name) and node.returns.id == "bool"
    for inner in _own(node):
        if isinstance(inner, ast.Return) and inner.value is not None:
            for other in ("True", "False") if truth else ("None",):
                if ast.unparse(inner.value) != other:
                    yield "returned", inner, f"return {other}"


def _own(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Return the nodes of a function that are in no function inside it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def branch(node: ast.AST) -> Iterator[Found]:
    """Take a branch always, and never."""
    tests = []
    if isinstance(node, ast.If | ast.IfExp):
        tests = [node.test]
    elif isinstance(node, ast.comprehension):
        tests = node.ifs
    for test in tests:
        if ast.unparse(test) not in ("TYPE_CHECKING", "True", "False"):
            yield "branch", test, "True"
            yield "branch", test, "False"


def refusal(node: ast.AST) -> Iterator[Found]:
    """Drop what refuses: a raise, or a return of what is undecided or refuted."""
    if isinstance(node, ast.Raise):
        yield "refusal", node, "pass"
    if isinstance(node, ast.Return) and node.value is not None:
        text = ast.unparse(node.value)
        if "UNDECIDED" in text or "REFUTED" in text:
            yield "refusal", node, "pass"
            for verdict in ("Verdict.UNDECIDED", "Verdict.REFUTED"):
                if verdict in text:
                    yield "verdict", node, f"return {text.replace(verdict, 'Verdict.PROVED')}"


def element(node: ast.AST) -> Iterator[Found]:
    """Leave out an element of a list, what is added to one, or what is yielded."""
    if isinstance(node, ast.List) and isinstance(node.ctx, ast.Load):
        for k in range(len(node.elts)):
            yield "element", node, _with(node, elts=node.elts[:k] + node.elts[k + 1 :])
    if isinstance(node, ast.AugAssign):
        yield "element", node, "pass"
    if isinstance(node, ast.Expr):
        if isinstance(node.value, ast.Yield | ast.YieldFrom):
            yield "element", node, "pass"
        if isinstance(node.value, ast.Call) and _name(node.value.func) in GROWING:
            yield "element", node, "pass"


FINDERS: tuple[Finder, ...] = (
    comparison,
    constant,
    sign,
    logic,
    call,
    value,
    branch,
    refusal,
    element,
)
