"""A smaller case that is wrong in the same way: conjuncts left out, terms and numbers smaller."""

from __future__ import annotations

import ast
import copy
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from .grammar import SetCase
from .statements import Stated

SECONDS = 8.0
_CONDITIONS = ("Eq", "Ne", "And", "Or", "Xor", "Not")


def shrunk(case: Any, still: Callable[[Any], bool]) -> Any:
    """Return the smallest case found within SECONDS for which `still` holds, as it does of `case`.

    >>> case = SetCase(("i",), ("n",), ("1 <= i", "i <= n"), ("Mod(4*i + n, 3) >= 2",), (), ())
    >>> shrunk(case, lambda smaller: "Mod" in smaller.predicate).others
    ('Mod(0, 0) >= 0',)
    """
    end = time.monotonic() + SECONDS
    best, found = case, True
    while found and time.monotonic() < end:
        found = False
        for candidate in _smaller(best):
            if time.monotonic() > end:
                break
            if still(candidate):
                best, found = candidate, True
                break
    return best


def _smaller(case: Any) -> Iterator[Any]:
    if isinstance(case, Stated):
        yield from (replace(case, form=form) for form in smaller_texts(case.form))
    if not isinstance(case, SetCase):
        return
    for place in range(len(case.others)):
        rest = (*case.others[:place], *case.others[place + 1 :])
        yield replace(case, others=rest)
        for text in smaller_texts(case.others[place]):
            yield replace(case, others=(*case.others[:place], text, *case.others[place + 1 :]))
    for place in range(len(case.assuming)):
        yield replace(case, assuming=(*case.assuming[:place], *case.assuming[place + 1 :]))
    yield from _without_letters(case)


def _without_letters(case: SetCase) -> Iterator[SetCase]:
    """Return the case without a parameter, or without the last counted letter, that is not used."""
    used = {node.id for node in ast.walk(ast.parse(case.predicate)) if isinstance(node, ast.Name)}
    used |= {node.id for node in ast.walk(ast.parse(case.domain)) if isinstance(node, ast.Name)}
    kept = tuple(letter for letter in case.parameters if letter in used)
    if kept != case.parameters:
        yield replace(case, parameters=kept)
    for place in range(len(case.counted) - 1, 0, -1):
        letter = case.counted[place]

        def free(text: str, letter: str = letter) -> bool:
            names = (node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name))
            return letter not in names

        rest = (*case.box[:place], *case.box[place + 1 :])
        if all(map(free, case.others)) and all(free(side) for pair in rest for side in pair):
            counted = (*case.counted[:place], *case.counted[place + 1 :])
            bounds = tuple(filter(free, case.bounds))
            yield replace(case, counted=counted, bounds=bounds, box=rest)


def smaller_texts(text: str) -> Iterator[str]:
    """Return texts with one part replaced by a part of it, or one number by a smaller one.

    >>> list(smaller_texts("~(2*i > 1)"))
    ['2 * i > 1', '~(2 > 1)', '~(i > 1)', '~(2 * i > 0)', '~(1 * i > 1)', '~(0 * i > 1)']
    """
    tree = ast.parse(text, mode="eval")
    parts = list(ast.walk(tree))
    for place, node in enumerate(parts):
        for instead in _instead(node):
            changed = copy.deepcopy(tree)
            target = list(ast.walk(changed))[place]
            yield ast.unparse(ast.fix_missing_locations(_Exchange(target, instead).visit(changed)))


def _instead(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        less = dict.fromkeys((node.value // 2, node.value - 1, 0))
        yield from (ast.Constant(x) for x in less if 0 <= x < node.value)
    elif isinstance(node, ast.expr):
        children: list[ast.expr] = []
        if isinstance(node, ast.BinOp):
            children = [node.left, node.right]
        elif isinstance(node, ast.UnaryOp):
            children = [node.operand]
        elif isinstance(node, ast.Call):
            children = node.args
        yield from (child for child in children if _is_condition(child) == _is_condition(node))


def _is_condition(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Invert)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitAnd | ast.BitOr | ast.BitXor)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _CONDITIONS
    return isinstance(node, ast.Compare)


class _Exchange(ast.NodeTransformer):
    def __init__(self, target: ast.AST, instead: ast.expr) -> None:
        self.target = target
        self.instead = instead

    def visit(self, node: ast.AST) -> Any:
        return self.instead if node is self.target else self.generic_visit(node)
