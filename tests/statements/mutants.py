"""Wrong closed forms, made from right ones by small changes to their source text."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from functools import lru_cache

Mutant = tuple[str, str]  # the operator's name, and the changed text


def mutants(form: str, letters: Sequence[str], far: int) -> list[Mutant]:
    """Return changed texts of a form, each once; some may happen to be right all the same.

    `letters` are those that the form may name; at `far`, a value of the first letter, and nowhere
    else, some of the changes show.

    >>> [text for name, text in mutants("n - 1", ["n"], 99) if name == "sign"]
    ['n + 1', '-(n - 1)']
    """
    found: dict[str, str] = {}
    for name, text in (*changed_somewhere(form, letters), *changed_as_a_whole(form, letters, far)):
        if text != form:
            found.setdefault(text, name)
    return [(name, text) for text, name in found.items()]


def changed_somewhere(form: str, letters: Sequence[str]) -> Iterator[Mutant]:
    """Return the form with one node of its syntax tree replaced, in every place and way."""
    tree = _parsed(form)
    for place, node in enumerate(ast.walk(tree)):
        for name, replacement in replacements(node, letters):
            other = copy.deepcopy(tree)
            target = list(ast.walk(other))[place]
            changed = _Exchange(target, _parsed(replacement).body).visit(other)
            yield name, ast.unparse(ast.fix_missing_locations(changed))


@lru_cache(maxsize=4096)
def _parsed(text: str) -> ast.Expression:
    return ast.parse(text, mode="eval")


class _Exchange(ast.NodeTransformer):
    def __init__(self, target: ast.AST, replacement: ast.expr) -> None:
        self.target = target
        self.replacement = copy.deepcopy(replacement)

    def visit(self, node: ast.AST) -> ast.AST:
        return self.replacement if node is self.target else self.generic_visit(node)


_COMPARISONS = {
    ast.LtE: ("<", ">="),
    ast.GtE: (">", "<="),
    ast.Lt: ("<=", ">"),
    ast.Gt: (">=", "<"),
}
_OTHER_CALL = {"floor": "ceiling", "ceiling": "floor", "Max": "Min", "Min": "Max", "Eq": "Ne"}


def replacements(node: ast.AST, letters: Sequence[str]) -> Iterator[Mutant]:
    """Return the texts that may stand in a node's place, each with the name of the change."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield "off by one", str(node.value + 1)
        yield "off by one", f"({node.value - 1})"
    elif isinstance(node, ast.Name) and node.id in letters:
        yield "index shift", f"({node.id} + 1)"
        yield "index shift", f"({node.id} - 1)"
        yield "factor 2", f"(2*{node.id})"
        yield from (("letter", other) for other in letters if other != node.id)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        sign = "-" if isinstance(node.op, ast.Add) else "+"
        yield "sign", f"{_in_brackets(node.left)} {sign} {_in_brackets(node.right)}"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "sign", ast.unparse(node.operand)
    elif isinstance(node, ast.Compare):
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        for sign in _COMPARISONS.get(type(node.ops[0]), ()):
            yield "boundary", f"({left}) {sign} ({right})"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield from _of_call(node.func.id, [ast.unparse(argument) for argument in node.args])


def _in_brackets(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if isinstance(node, ast.Name | ast.Constant | ast.Call) else f"({text})"


def _of_call(name: str, arguments: list[str]) -> Iterator[Mutant]:
    shown = ", ".join(arguments)
    if name in _OTHER_CALL:
        yield f"{name} swapped", f"{_OTHER_CALL[name]}({shown})"
    if name in ("floor", "ceiling", "Abs", "Mod"):
        yield f"{name} removed", f"({arguments[0]})"
    if name == "Mod":
        yield "Mod removed", "0"
    if name == "binomial":
        yield "binomial", f"binomial({arguments[1]}, {arguments[0]})"
    if name == "Piecewise":
        for place in range(len(arguments)):
            rest = arguments[:place] + arguments[place + 1 :]
            if rest:
                yield "case lost", f"Piecewise({', '.join(rest)})"
        yield "cases in another order", f"Piecewise({', '.join(reversed(arguments))})"


def changed_as_a_whole(form: str, letters: Sequence[str], far: int) -> Iterator[Mutant]:
    """Return the form with something done to all of it."""
    n = letters[0]
    yield "sign", f"-({form})"
    for change in ("+ 1", "- 1", f"+ {n}", f"- {n}"):
        yield "off by one", f"({form}) {change}"
    yield "factor 2", f"2*({form})"
    yield "factor 2", f"({form})/2"
    for first, last in ((1, 6), (0, 12), (-1, 14), (1, 20)):
        product = "*".join(f"({n} - ({k}))" for k in range(first, last + 1))
        yield "right on small cases", f"({form}) + {product}"
    for value in (far, 13):
        yield "far point", f"Piecewise(({form} + 1, Eq({n}, {value})), ({form}, True))"
        yield "far point", f"({form}) + Piecewise((1, Eq({n}, {value})), (0, True))"
    yield "far point", f"({form}) + Max(0, {n} - {far - 1}) - Max(0, {n} - {far})"
    yield "far point", f"({form}) + floor({n}/{far}) - floor(({n} - 1)/{far})"
    yield from _poles(form, n, far)
    yield from _without_value(form, n, far)
    yield from _floats(form, n)


def _poles(form: str, n: str, far: int) -> Iterator[Mutant]:
    for p in (37 if far > 40 else far, far):
        yield "pole", f"({form})*({n} - {p})/({n} - {p})"
        yield "pole", f"sp.Mul({form}, {n} - {p}, 1/({n} - {p}), evaluate=False)"
        yield "pole", f"({form}) + 0/({n} - {p})"
        yield "pole", f"({form}) + ({n}**2 - {p}**2)/({n} - {p}) - ({n} + {p})"
        yield "pole", f"Piecewise((({form})*({n} - {p})/({n} - {p}), {n} >= {p}), ({form}, True))"
        yield "pole", f"({form})*Max({n} - {p}, {n} - {p + 1})/({n} - {p})"
        yield "pole", f"({form})*Abs({n} - {p})/Abs({n} - {p})"
        upper = f"Piecewise(({n} - {p}, {n} >= 0), (1, True))"
        lower = f"Piecewise(({n} - {p}, {n} >= -1), (1, True))"
        yield "pole", f"({form})*{upper}/{lower}"


def _without_value(form: str, n: str, far: int) -> Iterator[Mutant]:
    yield "complex", f"({form}) + (-1)**({n}/2) - (1 - 2*Mod({n}/2, 2))"
    yield "complex", f"({form}) + (-1)**(1/({n} + {far})) - (-1)**(1/({n} + {far}))"
    yield "undefined", f"({form}) + gamma({n} - 10)/gamma({n} - 11) - ({n} - 11)"
    yield "undefined", f"({form}) + factorial({n} - {far})/factorial({n} - {far}) - 1"
    yield "undefined", f"({form}) + 0**({n} - {far - 3})"
    yield (
        "undefined",
        f"({form})*0**(({n} - {far})**2) + ({form})*(1 - 0**(({n} - {far})**2)) + 0**({n} - 5)",
    )
    yield "undefined", f"({form}) + Mod({n}, {n} - {far}) - Mod({n}, {n} - {far})"
    yield "undefined", f"({form}) + sp.nan"
    yield "undefined", f"({form}) + sp.oo"
    yield "undefined", f"({form}) + sp.I"
    yield "binomial", f"({form}) + binomial({n}, 14)"
    yield (
        "binomial",
        f"({form}) + binomial({n} - 5, 2) - ({n} - 5)*({n} - 6)/2 + binomial(5 - {n}, {n} - 9)",
    )
    yield "no default", f"Piecewise(({form}, {n} <= {far - 1}))"
    yield "no default", f"Piecewise(({form}, Ne({n}, {far})))"
    yield "no default", f"Piecewise(({form}, {n} < {far}), ({form}, {n} > {far}))"
    yield "case added", f"Piecewise((0, {n} >= {far}), ({form}, True))"


def _floats(form: str, n: str) -> Iterator[Mutant]:
    yield "float", f"({form}) + 0.5"
    yield "float", f"1.5*({form})"
    yield "float", f"({form}) + 0.1*{n} - {n}/10"
    yield "float", f"({form})*0.1*10.000000000000002"
    yield "float", f"({form}) + 1e-30"
